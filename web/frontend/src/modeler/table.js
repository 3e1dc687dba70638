// The same model as rows, for work without a mouse. What is chosen here is chosen on the canvas; the panel at the right
// changes it; everything goes through the one command stack.

import { html, useLayoutEffect, useRef, useState } from '@bpmn-io/diagram-js-ui';

import { kindName } from './kinds.js';
import { get, getBusinessObject, is, isTimer, lanesIn, laneOf, nodesInOrder } from './model.js';
import { describe, nameOf, parts } from './panel-ways.js';
import { say, word } from './words.js';

export function Table({ bench }) {
  const [asked, setAsked] = useState('');
  const { editor, vocabulary } = bench;
  const rows = nodesInOrder(editor).filter((one) => `${nameOf(one)} ${one.id}`.toLowerCase().includes(asked.toLowerCase()));
  const lanes = lanesIn(editor);
  const [selected] = bench.selected;
  const at = Math.max(0, rows.indexOf(selected));
  const body = useRef();
  const focus = (row) => body.current?.querySelector(`[data-row="${CSS.escape(row.id)}"]`)?.focus();
  // At once, not after the next frame: what is typed next is meant for this row.
  useLayoutEffect(() => { if (rows[at] && bench.focusTable) { bench.focusTable = false; focus(rows[at]); } });

  const onKeyDown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName !== 'TR') return;
    if (rows[at] !== selected) bench.select(rows[at]);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }[event.key];
    const act = { Enter: () => bench.toPanel(), n: () => bench.openInsert('after'), N: () => bench.openInsert('after'), Delete: () => bench.remove([rows[at]], rows[at + 1] ?? rows[at - 1]) }[event.key];
    if (step) {
      const row = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
      bench.select(row);
      focus(row);
    } else if (act) act();
    if (step || act) event.preventDefault();
  };

  return html`<div class="pm-table" data-region="table">
    <div class="bar">
      <label>${word('filter_rows')} <input type="search" value=${asked} onInput=${(event) => setAsked(event.target.value)} /></label>
      <span class="muted">${word('rows', { n: rows.length })}</span><span class="muted">${word('table_hint')}</span>
    </div>
    ${lanes.length > 0 && html`<${Lanes} bench=${bench} lanes=${lanes} />`}
    <table class="list" role="grid" aria-label=${word('table_title')}>
      <thead><tr>${['name', 'kind', 'lane', 'act_or_form', 'clock', 'document', 'next_ones'].map((name) => html`<th scope="col" key=${name}>${word(name)}</th>`)}</tr></thead>
      <tbody ref=${body} onKeyDown=${onKeyDown}>
        ${rows.map((row, index) => html`<tr key=${row.id} data-row=${row.id} role="row" tabindex=${index === at ? 0 : -1} aria-selected=${row === selected}
          onClick=${() => bench.select(row)}>
          <td class="title"><${Depth} row=${row} />${nameOf(row)}<${Signs} bench=${bench} row=${row} /></td>
          <td>${kindName(row)}</td>
          <td class="pm-lane" title=${laneName(editor, row)}>${laneName(editor, row)}</td>
          <td>${doing(vocabulary, row)}</td>
          <td>${clock(vocabulary, row)}</td>
          <td>${vocabulary.title('documents', get(row, 'document'))}</td>
          <td>${row.outgoing.filter((flow) => is(flow, 'bpmn:SequenceFlow')).map((flow) => html`<span class="pm-next" key=${flow.id}>${nameOf(flow.target)}
            ${parts(row) && html`<small>${describe(vocabulary, flow, getBusinessObject(row).default)}</small>`}</span>`)}</td>
        </tr>`)}
      </tbody>
    </table>
  </div>`;
}

function Lanes({ bench, lanes }) {
  return html`<table class="list pm-lanes"><caption>${word('lanes')}</caption>
    <tbody>${lanes.map((lane) => html`<tr key=${lane.id} aria-selected=${bench.selected.includes(lane)}>
      <td><button type="button" class="link" onClick=${() => { bench.select(lane); bench.toPanel(); }}>${nameOf(lane)}</button></td>
      <td>${bench.vocabulary.title('organs', get(lane, 'organ'))}</td><td>${bench.vocabulary.title('roles', get(lane, 'role'))}</td>
      <td class="right"><button type="button" class="small" aria-label=${`${word('lane_up')}: ${nameOf(lane)}`} onClick=${() => bench.moveLane(lane, -1)}>↑</button>
        <button type="button" class="small" aria-label=${`${word('lane_down')}: ${nameOf(lane)}`} onClick=${() => bench.moveLane(lane, 1)}>↓</button></td>
    </tr>`)}</tbody>
  </table>`;
}

// How deep in sub-processes, and what hangs on a step, is shown by a step to the right.
function Depth({ row }) {
  let depth = is(row, 'bpmn:BoundaryEvent') ? 1 : 0;
  for (let around = row.parent; around && is(around, 'bpmn:SubProcess'); around = around.parent) depth += 1;
  return depth ? html`<span class="pm-depth" aria-hidden="true">${'·'.repeat(depth)} </span>` : null;
}

function Signs({ bench, row }) {
  const found = bench.check.here.filter((one) => one.element === row.id);
  if (!found.length) return null;
  const refused = found.some((one) => one.severity === 'refuse');
  return html` <span class=${`pm-sign-${refused ? 'refuse' : 'warn'}`} title=${found.map((one) => say(one.message)).join('\n')}>${refused ? '■' : '▲'} ${word(refused ? 'refuse' : 'warn')}</span>`;
}

function laneName(editor, row) {
  const lane = laneOf(editor, row);
  return lane ? nameOf(lane) : '';
}

function doing(vocabulary, row) {
  const [act, form] = [get(row, 'act'), get(row, 'form')];
  if (act) return vocabulary.title('acts', act);
  if (form) return `${word('piece_free')}:${vocabulary.title('forms', form)}`;
  const called = getBusinessObject(row).calledElement;
  if (called) return vocabulary.title('processes', called);
  return vocabulary.title('tables', get(row, 'table'));
}

function clock(vocabulary, row) {
  if (!isTimer(row)) return '';
  const limit = get(row, 'limit');
  return limit ? vocabulary.limitWords(limit) : get(row, 'clock') ? vocabulary.limitLine(get(row, 'clock')) : word('unset');
}
