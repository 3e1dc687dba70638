// Two neighbouring lanes change places, with everything that is drawn in them.

import { getBusinessObject, getDi, is } from 'bpmn-js/lib/util/ModelUtil';
import { selfAndAllChildren } from 'diagram-js/lib/util/Elements';

const within = (lane, outer) => lane === outer || (lane.y >= outer.y && lane.y + lane.height <= outer.y + outer.height && lane.x > outer.x);
const middle = (shape) => shape.y + shape.height / 2;

class SwapLanes {
  /** *upper* and *lower* are neighbouring lanes of one lane set. */
  execute({ upper, lower }) {
    return this.#swap(upper, lower);
  }

  revert({ upper, lower }) {
    return this.#swap(lower, upper);
  }

  // What lies in the one band goes down by the height of the other, and the other way round. Waypoints follow their
  // own height, so what was level stays level and what was upright stays upright.
  #swap(upper, lower) {
    const top = upper.y;
    const border = lower.y;
    const bottom = lower.y + lower.height;
    const [down, up] = [lower.height, upper.height];
    const shifted = (y) => (y < top || y >= bottom ? y : y < border ? y + down : y - up);

    const all = selfAndAllChildren(upper.parent).filter((one) => one !== upper.parent);
    const flows = [...new Set(all.flatMap((one) => [...(one.incoming ?? []), ...(one.outgoing ?? [])]))];
    // Names may lie beside the pool that what they name lies in.
    const named = [...all, ...flows].flatMap((one) => one.labels ?? []);
    const shapes = [...new Set([...all, ...named])].filter((one) => !one.waypoints && (one.labelTarget || !is(one, 'bpmn:Lane') || within(one, upper) || within(one, lower)));
    const moves = shapes.map((one) => [one, one.y + shift(one)]);
    // A lane moves as a whole, a label with what it names.
    function shift(one) {
      if (is(one, 'bpmn:Lane') && !one.labelTarget) return within(one, upper) ? down : -up;
      const target = one.labelTarget;
      return target && !target.waypoints ? shift(target) : shifted(middle(one)) - middle(one);
    }
    moves.forEach(([one, y]) => this.#put(one, y));
    flows.forEach((flow) => {
      flow.waypoints.forEach((point, at) => {
        point.y = shifted(point.y);
        if (point.original) point.original.y = shifted(point.original.y);
        getDi(flow).waypoint[at].y = point.y;
      });
    });
    this.#swapInModel(upper, lower);
    return [...shapes, ...flows];
  }

  #put(shape, y) {
    shape.y = y;
    const di = getDi(shape);
    const bounds = shape.labelTarget ? di.label?.bounds : di.bounds;
    if (bounds) bounds.y = y;
  }

  #swapInModel(upper, lower) {
    const { lanes } = getBusinessObject(upper).$parent;
    const [a, b] = [lanes.indexOf(getBusinessObject(upper)), lanes.indexOf(getBusinessObject(lower))];
    [lanes[a], lanes[b]] = [lanes[b], lanes[a]];
  }
}

class Lanes {
  constructor(commandStack, elementRegistry) {
    this._commandStack = commandStack;
    this._registry = elementRegistry;
    commandStack.registerHandler('lane.swap', SwapLanes);
  }

  /** Move *lane* up (-1) or down (1) among its sisters; whether it could be. */
  move(lane, by) {
    const sisters = this._registry.filter((one) => is(one, 'bpmn:Lane')
      && getBusinessObject(one).$parent === getBusinessObject(lane).$parent).sort((a, b) => a.y - b.y);
    const other = sisters[sisters.indexOf(lane) + by];
    if (!other) return false;
    const [upper, lower] = by < 0 ? [other, lane] : [lane, other];
    this._commandStack.execute('lane.swap', { upper, lower });
    return true;
  }
}
Lanes.$inject = ['commandStack', 'elementRegistry'];

export default { __init__: ['laneOrder'], laneOrder: ['type', Lanes] };
