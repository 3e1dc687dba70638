// Two states of a diagram beside each other: what differs is marked on the one that is open and told in a list.

import { diff } from 'bpmn-js-differ';
import { BpmnModdle } from 'bpmn-moddle';

import petition from './petition.json';

const MARKS = { added: 'is-added', changed: 'is-changed', moved: 'is-moved' };

/** What differs between the open diagram and *xml*: [{id, name, how: added|removed|changed|moved}]. */
export async function compare(editor, xml) {
  const moddle = new BpmnModdle({ petition });
  const mine = await moddle.fromXML((await editor.saveXML()).xml);
  const theirs = await moddle.fromXML(xml);
  const found = diff(theirs.rootElement, mine.rootElement);
  const line = (how) => ([id, one]) => ({ id, how, name: (one.model ?? one).name ?? '', type: (one.model ?? one).$type });
  return [
    ...Object.entries(found._added).map(line('added')),
    ...Object.entries(found._removed).map(line('removed')),
    ...Object.entries(found._changed).map(line('changed')),
    ...Object.entries(found._layoutChanged).filter(([id]) => !found._added[id] && !found._changed[id]).map(line('moved')),
  ];
}

/** Mark *differences* on the open diagram; an empty list takes the marks away. */
export function markDifferences(editor, differences) {
  const canvas = editor.get('canvas');
  const registry = editor.get('elementRegistry');
  registry.forEach((one) => Object.values(MARKS).forEach((name) => canvas.removeMarker(one, name)));
  differences.filter((one) => MARKS[one.how] && registry.get(one.id)).forEach((one) => canvas.addMarker(one.id, MARKS[one.how]));
}
