// The smaller parts of the panel: stages, lanes, calls, decision tables, and acts that events hear.

import { html } from '@bpmn-io/diagram-js-ui';

import { Combo, Field, Select } from './controls.js';
import { getBusinessObject, get } from './model.js';
import { actOptions, options } from './panel-step.js';
import { say, word } from './words.js';

const chooser = (list, name, label, more) => ({ bench, element }) => html`<${Field} label=${word(label)}>${(id) => html`<${Select} id=${id}
  value=${get(element, name)} options=${options(bench.vocabulary[list])} onChange=${(value) => bench.write.words(element, { [name]: value })}
  data-field=${name} ...${more} />`}</${Field}>`;

export const StageFields = chooser('stages', 'stage', 'stage', { empty: word('inherited') });
const LaneOrgan = chooser('organs', 'organ', 'organ', { empty: word('unset') });
const LaneRole = chooser('roles', 'role', 'role', { empty: word('unset') });
const Table = chooser('tables', 'table', 'decision_table');

export function LaneFields(props) {
  return html`<${LaneOrgan} ...${props} /><${LaneRole} ...${props} />
    <div class="pm-row">
      <button type="button" class="small" onClick=${() => props.bench.moveLane(props.element, -1)}>${word('lane_up')}</button>
      <button type="button" class="small" onClick=${() => props.bench.moveLane(props.element, 1)}>${word('lane_down')}</button>
    </div>`;
}

export function RuleFields(props) {
  const none = !props.bench.vocabulary.tables.length && !get(props.element, 'table');
  return none ? html`<p class="pm-hint">${word('no_tables')}</p>` : html`<${Table} ...${props} />`;
}

export function CallFields({ bench, element }) {
  const called = getBusinessObject(element).calledElement ?? '';
  const others = bench.vocabulary.processes.filter((one) => one.id !== bench.process);
  return html`<${Field} label=${word('called')}>${(id) => html`<${Select} id=${id} value=${called}
    options=${others.map((one) => ({ value: one.id, label: `${say(one.title)} (${one.id})` }))} data-field="called"
    onChange=${(calledElement) => bench.write.set(element, { calledElement })} />`}</${Field}>`;
}

const actField = (label, ...kinds) => ({ bench, element }) => {
  const known = bench.vocabulary.find('acts', get(element, 'act'));
  return html`<${Field} label=${word(label)} hint=${known && say(known.article)}>${(id) => html`<${Combo} id=${id} value=${get(element, 'act')}
    options=${actOptions(bench.vocabulary, ...kinds)} onChange=${(act) => bench.write.words(element, { act })} />`}</${Field}>`;
};

export const EventActFields = actField('message_act', 'standing');
export const StartFields = actField('act', 'start');
