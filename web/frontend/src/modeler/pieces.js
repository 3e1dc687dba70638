// Ready pieces: what they are made of, and how one is put into a drawing so that nothing lies under it.

import { getMid } from 'diagram-js/lib/layout/LayoutUtil';

import { is } from './model.js';
import { titled } from './panel-step.js';
import { say, word } from './words.js';

const GAP = 50;
const BESIDE = 55;
const TIMER = { eventDefinitionType: 'bpmn:TimerEventDefinition' };
const MESSAGE = { eventDefinitionType: 'bpmn:MessageEventDefinition' };

// shapes: in a row from left to right unless `below` says how many rows down; `way: false` ones lie beside the way.
// `on`: attached to a step; what follows hangs below it.
const READY = [
  { id: 'free', shapes: (use, here) => [{ stem: 'step', type: 'bpmn:UserTask', name: word('step_new'), words: { form: use.forms[0]?.id, ...here } }] },
  { id: 'choice', shapes: () => [{ stem: 'choice', type: 'bpmn:ExclusiveGateway', name: word('which_way') }] },
  {
    id: 'parallel',
    shapes: () => [
      { stem: 'split', type: 'bpmn:ParallelGateway' },
      { stem: 'step', type: 'bpmn:UserTask', name: word('step_new') },
      { stem: 'step', type: 'bpmn:UserTask', name: word('step_new'), below: 1 },
      { stem: 'join', type: 'bpmn:ParallelGateway' },
    ],
    flows: [[0, 1], [0, 2], [1, 3], [2, 3]],
  },
  { id: 'service', shapes: () => [{ stem: 'call_service', type: 'bpmn:CallActivity', name: word('piece_service'), called: 'service', words: { stage: 'service' } }] },
  {
    id: 'review',
    shapes: () => [
      { stem: 'call_review', type: 'bpmn:CallActivity', name: word('piece_review'), called: 'review', words: { stage: 'review' } },
      { stem: 'review_outcome', type: 'bpmn:ExclusiveGateway', name: word('review_result') },
    ],
  },
  { id: 're_review', shapes: () => [{ stem: 'call_re_review', type: 'bpmn:CallActivity', name: word('piece_re_review'), called: 're_review', words: { stage: 're_review' } }] },
  {
    id: 'clock', on: true,
    shapes: (use) => [
      { stem: 'overdue', type: 'bpmn:BoundaryEvent', name: word('passed'), beside: true, ...TIMER, words: { clock: use.limits[0].id } },
      { stem: 'end_overdue', type: 'bpmn:EndEvent', name: word('overdue') },
    ],
  },
  {
    id: 'limit', on: true,
    shapes: () => [
      { stem: 'internal_limit', type: 'bpmn:BoundaryEvent', name: word('passed'), beside: true, ...TIMER, words: { limit: '5 days' } },
      { stem: 'end_limit', type: 'bpmn:EndEvent' },
    ],
  },
  { id: 'wait', shapes: () => [{ stem: 'wait', type: 'bpmn:IntermediateCatchEvent', ...MESSAGE }] },
  { id: 'stage', shapes: () => [{ stem: 'stage', type: 'bpmn:SubProcess', isExpanded: true, name: word('piece_stage') }] },
  { id: 'end', last: true, shapes: () => [{ stem: 'end', type: 'bpmn:EndEvent' }] },
];

/** All pieces as a list to search. */
export function pieceOptions(vocabulary) {
  const ready = READY.map(({ id }) => ({ value: `piece:${id}`, label: word(`piece_${id}`), detail: word(`piece_${id}_hint`), group: word('pieces_ready') }));
  const forms = vocabulary.forms.map((form) => ({
    value: `form:${form.id}`, label: `${word('piece_free')}:${say(form.title)}`, detail: form.id, group: word('pieces_ready'),
  }));
  const tables = vocabulary.tables.map(({ id }) => ({ value: `table:${id}`, label: `${word('piece_decision')}:${id}`, detail: id, group: word('pieces_ready') }));
  const acts = vocabulary.actsOf('step', 'standing').filter((act) => act.by.length).map((act) => ({
    value: `act:${act.id}`, label: say(act.title), detail: [say(act.article), vocabulary.whoMay(act)].filter(Boolean).join(' · '), group: word('pieces_acts'),
  }));
  return [...ready, ...forms, ...tables, ...acts];
}

function pieceFor(chosen, vocabulary, here) {
  const [kind, id] = chosen.split(':');
  if (kind === 'piece') return READY.find((one) => one.id === id);
  if (kind === 'form') {
    const form = vocabulary.find('forms', id);
    return { id, shapes: () => [{ stem: id.replaceAll('-', '_'), type: 'bpmn:UserTask', name: say(form.title), words: { form: id, ...here } }] };
  }
  if (kind === 'table') {
    return { id, shapes: () => [{ stem: `decide_${id.replaceAll('-', '_')}`, type: 'bpmn:BusinessRuleTask', name: word('piece_decision'), words: { table: id } }] };
  }
  const act = vocabulary.find('acts', id);
  const fits = act.by.some(({ organ, role }) => organ === here.organ && role === here.role);
  const document = act.documents.length === 1 ? act.documents[0] : undefined;
  return { id, shapes: () => [{ stem: id, type: 'bpmn:UserTask', name: titled(act), words: { act: id, document, ...(fits ? here : act.by[0]) } }] };
}

/** Whether the piece *chosen* can go to *where* ('after', 'before', 'on', 'loose'). */
export function fits(chosen, where) {
  const ready = READY.find(({ id }) => `piece:${id}` === chosen);
  return Boolean(ready?.on) === (where === 'on') && !(ready?.last && where === 'before');
}

/** Puts pieces into one drawing. */
export class Inserter {
  constructor(editor, vocabulary) {
    this._get = (name) => editor.get(name);
    this._vocabulary = vocabulary;
  }

  /**
   * Put the piece *chosen* at *where* beside *element*. *here* is who works there, *lane* who works in its lane: what
   * the lane says need not be said again. Returns the first shape.
   */
  insert(chosen, where, element, here, lane) {
    const piece = pieceFor(chosen, this._vocabulary, here);
    const drawn = piece.shapes(this._vocabulary, here);
    drawn.filter((one) => one.words).forEach(({ words }) => {
      if (words.organ === lane.organ && words.role === lane.role) Object.assign(words, { organ: '', role: '' });
    });
    let first;
    this._get('commandStack').execute('together', {
      run: () => { first = where === 'on' ? this.#attach(drawn, element) : this.#inLine(drawn, piece, where, element); },
    });
    return first;
  }

  #make({ stem, type, name, words = {}, called, isExpanded, eventDefinitionType, beside }) {
    const factory = this._get('bpmnFactory');
    const named = Object.fromEntries(Object.entries(words).filter(([, value]) => value).map(([key, value]) => [`petition:${key}`, value]));
    const businessObject = factory.create(type, {
      id: factory.free(stem), ...(name && { name }), ...(called && { calledElement: called }), ...(beside && { cancelActivity: false }), ...named,
    });
    return this._get('elementFactory').createShape({ type, businessObject, isExpanded, eventDefinitionType });
  }

  #attach(drawn, host) {
    const modeling = this._get('modeling');
    const taken = host.attachers.filter((one) => one.width && Math.abs(getMid(one).y - host.y - host.height) < 5);
    const left = Math.max(host.x + 30, ...taken.map((one) => getMid(one).x + BESIDE));
    const at = { x: Math.min(left, host.x + host.width), y: host.y + host.height };
    const event = modeling.createShape(this.#make(drawn[0]), at, host, { attach: true });
    drawn.slice(1).reduce((before, one, index) => {
      const shape = modeling.createShape(this.#make(one), { x: at.x, y: at.y + 72 + (taken.length + index) * BESIDE }, host.parent);
      modeling.connect(before, shape);
      return shape;
    }, event);
    return event;
  }

  #inLine(drawn, piece, where, element) {
    const modeling = this._get('modeling');
    const made = drawn.map((one) => this.#make(one));
    const columns = made.map((_, at) => at - drawn.slice(0, at + 1).filter((one) => one.below).length);
    const widths = made.reduce((all, shape, at) => { all[columns[at]] = Math.max(all[columns[at]] ?? 0, shape.width); return all; }, []);
    const width = widths.reduce((sum, one) => sum + one, 0) + GAP * (widths.length - 1);
    const spot = this.#spot(where, element, width, piece);
    made.forEach((shape, at) => {
      const left = widths.slice(0, columns[at]).reduce((sum, one) => sum + one + GAP, 0) + widths[columns[at]] / 2;
      modeling.createShape(shape, { x: spot.x + left, y: spot.y + (drawn[at].below ?? 0) * 110 }, spot.parent);
    });
    const pairs = piece.flows ?? made.slice(1).map((_, at) => [at, at + 1]);
    pairs.forEach(([from, to]) => modeling.connect(made[from], made[to]));
    const [entry, exit] = [made[0], made.at(-1)];
    spot.cut.forEach((flow) => modeling.reconnectEnd(flow, entry, getMid(entry)));
    if (spot.before) modeling.connect(spot.before, entry);
    if (spot.after && !piece.last) modeling.connect(exit, spot.after);
    return entry;
  }

  // Where a piece goes: its left end and height, what is around it, which flows lead into it from now on.
  #spot(where, element, width, piece) {
    const canvas = this._get('canvas');
    if (where === 'loose') {
      const { x, y, width: across, height: down } = canvas.viewbox();
      const parent = this._get('elementRegistry').find((one) => is(one, 'bpmn:Participant')) ?? canvas.getRootElement();
      return { x: x + across / 2 - width / 2, y: y + down / 2, parent, cut: [] };
    }
    const flowsOf = (list) => list.filter((one) => is(one, 'bpmn:SequenceFlow'));
    if (is(element, 'bpmn:SequenceFlow')) return this.#onFlow([element], element.target, width);
    if (where === 'before') {
      const cut = flowsOf(element.incoming);
      return cut.length ? this.#onFlow(cut, element, width) : { ...this.#placeOf(element, width), parent: element.parent, cut: [], after: element };
    }
    const [flow, ...others] = flowsOf(element.outgoing);
    if (flow && !others.length && !piece.last) {
      if (is(element, 'bpmn:BoundaryEvent')) return this.#onFlow([flow], flow.target, width);
      const right = element.x + element.width;
      this.#room(right, width);
      return { x: right + GAP, y: getMid(element).y, parent: element.parent, cut: [flow], after: flow.target };
    }
    const beside = flow ? { y: element.y + element.height + 110 } : { y: getMid(element).y };
    return { x: element.x + element.width + GAP, ...beside, parent: element.parent, cut: [], before: element };
  }

  #onFlow(cut, target, width) {
    const [flow] = cut;
    const backwards = flow.source.x >= target.x + target.width;
    if (!backwards) return { ...this.#placeOf(target, width), parent: target.parent, cut, after: target };
    const points = flow.waypoints;
    const longest = points.slice(1).map((point, at) => [points[at], point])
      .sort(([a, b], [c, d]) => Math.hypot(d.x - c.x, d.y - c.y) - Math.hypot(b.x - a.x, b.y - a.y))[0];
    return { x: (longest[0].x + longest[1].x) / 2 - width / 2, y: (longest[0].y + longest[1].y) / 2, parent: target.parent, cut, after: target };
  }

  // The place of *target*, which moves on to the right.
  #placeOf(target, width) {
    const place = { x: target.x, y: getMid(target).y };
    this.#room(target.x - 10, width);
    return place;
  }

  // Everything right of *left* moves on to the right.
  #room(left, width) {
    const canvas = this._get('canvas');
    const root = canvas.getRootElement();
    const all = this._get('elementRegistry').filter((one) => one !== root && canvas.findRoot(one) === root);
    const delta = width + GAP;
    const { movingShapes, resizingShapes } = this._get('spaceTool').calculateAdjustments(all, 'x', delta, left);
    this._get('modeling').createSpace(movingShapes, resizingShapes, { x: delta, y: 0 }, 'e', left);
  }
}
