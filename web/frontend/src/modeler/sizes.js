// Steps are drawn as wide as those of the shipped diagrams: a Chinese name with its article needs the room.

import ElementFactory from 'bpmn-js/lib/features/modeling/ElementFactory';
import { getBusinessObject } from 'bpmn-js/lib/util/ModelUtil';

const STEPS = ['bpmn:Task', 'bpmn:CallActivity'];

class RoomyFactory extends ElementFactory {
  getDefaultSize(element, di) {
    const object = getBusinessObject(element);
    return STEPS.some((type) => object.$instanceOf(type)) ? { width: 140, height: 80 } : super.getDefaultSize(element, di);
  }
}
RoomyFactory.$inject = ElementFactory.$inject;

export default { elementFactory: ['type', RoomyFactory] };
