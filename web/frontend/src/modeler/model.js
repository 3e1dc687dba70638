// An element as the panel and the table see it: which of our words it may carry, and how one reads and writes them.

import { getBusinessObject, is } from 'bpmn-js/lib/util/ModelUtil';
import { isLabel } from 'bpmn-js/lib/util/LabelUtil';

export { getBusinessObject, is, isLabel };

const CHOOSING = ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway'];

/** The definition of an event's trigger: 'timer', 'message', 'terminate', or nothing. */
export function trigger(element) {
  const type = getBusinessObject(element).get('eventDefinitions')?.[0]?.$type ?? '';
  return { 'bpmn:TimerEventDefinition': 'timer', 'bpmn:MessageEventDefinition': 'message', 'bpmn:TerminateEventDefinition': 'terminate' }[type] ?? '';
}

export const isNode = (element) => !isLabel(element) && is(element, 'bpmn:FlowNode');
export const isChoice = (element) => CHOOSING.some((type) => is(element, type));
export const isTimer = (element) => is(element, 'bpmn:Event') && trigger(element) === 'timer';
export const isMessage = (element) => is(element, 'bpmn:Event') && trigger(element) === 'message';

/** The process that *element* stands for: a pool's, or the element's own. */
export function processOf(element) {
  const object = getBusinessObject(element);
  return is(object, 'bpmn:Participant') ? object.processRef : is(object, 'bpmn:Process') ? object : undefined;
}

/** Our word *name* on *element*, or an empty string. */
export function get(element, name) {
  const holder = processOf(element) ?? getBusinessObject(element);
  return holder.get(`petition:${name}`) ?? '';
}

/** The documentation of *element* as one text. */
export function noteOf(element) {
  return getBusinessObject(element).get('documentation')?.map((one) => one.text ?? '').join('\n') ?? '';
}

/** The lanes of the diagram from the top down. */
export function lanesIn(editor) {
  return editor.get('elementRegistry')
    .filter((one) => is(one, 'bpmn:Lane') && !isLabel(one))
    .sort((a, b) => a.y - b.y);
}

/** The lane whose steps *node* is among; that of the outermost element around it. */
export function laneOf(editor, node) {
  let outermost = node;
  while (outermost.parent && is(outermost.parent, 'bpmn:SubProcess')) outermost = outermost.parent;
  const wanted = getBusinessObject(outermost);
  return lanesIn(editor).findLast((lane) => getBusinessObject(lane).get('flowNodeRef').includes(wanted));
}

/** The nodes in the order in which a reader meets them: along the flow from each start, then what is left. */
export function nodesInOrder(editor) {
  const nodes = editor.get('elementRegistry').filter(isNode);
  const place = (one) => one.x + one.y / 10_000;
  const starts = nodes.filter((one) => !one.incoming.length && !is(one, 'bpmn:BoundaryEvent')).sort((a, b) => place(a) - place(b));
  const order = new Set();
  const walk = (node) => {
    const waiting = [node];
    while (waiting.length) {
      const here = waiting.shift();
      if (!isNode(here) || order.has(here)) continue;
      order.add(here);
      nodes.filter((one) => one.parent === here && !one.incoming.length && !is(one, 'bpmn:BoundaryEvent')).forEach(walk);
      (here.attachers ?? []).filter((one) => !isLabel(one)).forEach(walk);
      waiting.unshift(...here.outgoing.filter((flow) => is(flow, 'bpmn:SequenceFlow')).map((flow) => flow.target));
    }
  };
  const outside = (one) => !is(one.parent, 'bpmn:SubProcess');
  starts.filter(outside).forEach(walk);
  starts.forEach(walk);
  nodes.forEach(walk);
  return [...order];
}

/** Writes through the command stack, so that everything can be undone. */
export class Writer {
  constructor(editor) {
    this.modeling = editor.get('modeling');
    this.factory = editor.get('bpmnFactory');
  }

  /** Set our words on *element* ({act: 'accept', form: undefined}); an empty one is taken away. */
  words(element, values) {
    const named = Object.fromEntries(Object.entries(values).map(([name, value]) => [`petition:${name}`, value || undefined]));
    const process = is(element, 'bpmn:Participant') ? processOf(element) : undefined;
    if (process) this.modeling.updateModdleProperties(element, process, named);
    else this.modeling.updateProperties(element, named);
  }

  /** Set plain BPMN attributes of *element*. */
  set(element, values) {
    this.modeling.updateProperties(element, values);
  }

  name(element, name) {
    if (is(element, 'bpmn:TextAnnotation') || is(element, 'bpmn:Group')) this.modeling.updateLabel(element, name);
    else this.modeling.updateProperties(element, { name: name || undefined });
  }

  note(element, text) {
    const documentation = text ? [this.factory.create('bpmn:Documentation', { text })] : [];
    documentation.forEach((one) => { one.$parent = getBusinessObject(element); });
    this.modeling.updateProperties(element, { documentation });
  }

  /** Set the condition of *flow*; an empty text takes it away. */
  condition(flow, text) {
    let conditionExpression;
    if (text) {
      conditionExpression = this.factory.create('bpmn:Expression', { body: text });
      conditionExpression.$parent = getBusinessObject(flow);
    }
    this.modeling.updateProperties(flow, { conditionExpression });
  }
}

export const conditionOf = (flow) => getBusinessObject(flow).conditionExpression?.body ?? '';
