// Ids that can be read: step_2 rather than Activity_0x3f9k1. An id appears once in the whole version, so those of the
// draft's other diagrams are taken, too.

import BpmnFactory from 'bpmn-js/lib/features/modeling/BpmnFactory';

const STEMS = {
  'bpmn:UserTask': 'step',
  'bpmn:BusinessRuleTask': 'decision',
  'bpmn:CallActivity': 'call',
  'bpmn:SubProcess': 'stage',
  'bpmn:ExclusiveGateway': 'choice',
  'bpmn:InclusiveGateway': 'choice',
  'bpmn:ParallelGateway': 'parallel',
  'bpmn:EventBasedGateway': 'whichever',
  'bpmn:StartEvent': 'start',
  'bpmn:EndEvent': 'end',
  'bpmn:IntermediateCatchEvent': 'wait',
  'bpmn:IntermediateThrowEvent': 'milestone',
  'bpmn:BoundaryEvent': 'boundary',
  'bpmn:TimerEventDefinition': 'timer',
  'bpmn:MessageEventDefinition': 'message',
  'bpmn:SequenceFlow': 'flow',
  'bpmn:Lane': 'lane',
  'bpmn:LaneSet': 'lanes',
  'bpmn:Participant': 'pool',
  'bpmn:Process': 'process',
  'bpmn:Collaboration': 'collaboration',
  'bpmn:TextAnnotation': 'note',
  'bpmn:Association': 'association',
  'bpmn:Group': 'group',
};

export const ID = /^[^\W\d][\w.-]{0,99}$/;

class ReadableFactory extends BpmnFactory {
  constructor(moddle, vocabulary) {
    super(moddle);
    this._taken = new Set(vocabulary.ids);
  }

  _ensureId(element) {
    const stem = STEMS[element.$type];
    if (!element.id && stem) element.id = this.free(`${stem}_1`);
    super._ensureId(element);
  }

  /** Whether nothing in the draft is called *id*. */
  isFree(id) {
    return !this._taken.has(id) && !this._model.ids.assigned(id);
  }

  /** *wanted*, or the next number of it that is free. */
  free(wanted) {
    if (this.isFree(wanted)) return wanted;
    const stem = wanted.replace(/_\d+$/, '');
    let number = 2;
    while (!this.isFree(`${stem}_${number}`)) number += 1;
    return `${stem}_${number}`;
  }
}
ReadableFactory.$inject = ['moddle', 'vocabulary'];

export default { bpmnFactory: ['type', ReadableFactory] };
