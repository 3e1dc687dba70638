// The dialog that puts a ready piece into the drawing: what, and where.

import { html, useState } from '@bpmn-io/diagram-js-ui';

import { Combo, Dialog, Field, Select } from './controls.js';
import { is, isNode } from './model.js';
import { nameOf } from './panel-ways.js';
import { fits, pieceOptions } from './pieces.js';
import { word } from './words.js';

function placesFor(element) {
  if (!element) return ['loose'];
  if (is(element, 'bpmn:SequenceFlow')) return ['after'];
  if (!isNode(element)) return ['loose'];
  const places = [];
  if (!is(element, 'bpmn:EndEvent')) places.push('after');
  if (!is(element, 'bpmn:StartEvent') && !is(element, 'bpmn:BoundaryEvent')) places.push('before');
  if (['bpmn:UserTask', 'bpmn:SubProcess', 'bpmn:CallActivity'].some((type) => is(element, type))) places.push('on');
  return places;
}

export function InsertDialog({ bench }) {
  const [element] = bench.selected;
  const places = placesFor(element);
  const [where, setWhere] = useState(places.includes(bench.inserting) ? bench.inserting : places[0]);
  const [fault, setFault] = useState('');
  const options = pieceOptions(bench.vocabulary).filter((one) => places.some((place) => fits(one.value, place)));
  const pick = (chosen) => {
    const place = fits(chosen, where) ? where : places.find((one) => fits(chosen, one));
    try {
      bench.insert(chosen, place, element);
    } catch (error) {
      setFault(error.message);
    }
  };
  return html`<${Dialog} title=${word('insert_title')} onClose=${() => bench.openInsert(null)}>
    ${places.length > 1 && html`<${Field} label=${word('where')}>${(id) => html`<${Select} id=${id} value=${where} onChange=${setWhere}
      options=${places.map((place) => ({ value: place, label: word(`insert_${place}`, { name: element ? nameOf(element) : '' }) }))} />`}</${Field}>`}
    ${places.length === 1 && html`<p>${word(`insert_${places[0]}`, { name: element ? nameOf(element) : '' })}</p>`}
    <${Field} label=${word('piece')} fault=${fault}>${(id) => html`<${Combo} id=${id} value="" options=${options} autofocus onChange=${pick} />`}</${Field}>
  </${Dialog}>`;
}
