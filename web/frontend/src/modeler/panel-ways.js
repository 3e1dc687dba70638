// The ways into and out of a node, their conditions, and the builder for one condition.

import { html, useState } from '@bpmn-io/diagram-js-ui';

import { Combo, Field, Radios, Select, TextInput } from './controls.js';
import { parseCondition, writeCondition } from './conditions.js';
import { conditionOf, getBusinessObject, is, isChoice, isNode } from './model.js';
import { kindName } from './kinds.js';
import { inEnglish, say, word } from './words.js';

export const nameOf = (element) => getBusinessObject(element).name || `${kindName(element)} ${element.id}`;
const flows = (list) => list.filter((one) => is(one, 'bpmn:SequenceFlow'));

export function WaysFields({ bench, element }) {
  if (is(element, 'bpmn:EndEvent')) return null;
  const { write } = bench;
  const choice = parts(element);
  const standard = getBusinessObject(element).default;
  const targets = bench.targetsFor(element).map((one) => ({ value: one.id, label: nameOf(one), detail: one.id }));
  return html`<fieldset class="pm-ways"><legend>${word('ways_out')}</legend>
    <ul>${flows(element.outgoing).map((flow) => html`<li key=${flow.id}>
      <span class="pm-way"><button type="button" class="link" onClick=${() => bench.select(flow)}>${word('to')} ${nameOf(flow.target)}</button>
        ${choice && html`<small>${describe(bench.vocabulary, flow, standard)}</small>`}</span>
      <button type="button" class="small" aria-label=${`${word('remove_way')}: ${nameOf(flow.target)}`} onClick=${() => bench.remove([flow])}>×</button>
    </li>`)}</ul>
    ${choice && html`<${Field} label=${word('default_way')}>${(id) => html`<${Select} id=${id} value=${standard?.id ?? ''}
      empty=${word('none')} options=${flows(element.outgoing).map((flow) => ({ value: flow.id, label: nameOf(flow.target) }))} data-field="default"
      onChange=${(flow) => bench.setDefault(element, flow)} />`}</${Field}>`}
    ${targets.length > 0 && html`<${Field} label=${word('add_way')}>${(id) => html`<${Combo} id=${id} value="" placeholder=${word('choose_target')} options=${targets}
      onChange=${(target) => bench.connect(element, target)} />`}</${Field}>`}
  </fieldset>`;
}

/** Whether ways part at *element*, so that each needs a condition. */
export const parts = (element) => isChoice(element) && flows(element.outgoing).length > 1;

/** In words, when a way is taken. */
export function describe(vocabulary, flow, standard) {
  if (getBusinessObject(flow) === standard) return word('default_way');
  const text = conditionOf(flow);
  const parsed = parseCondition(text);
  if (!parsed) return text || word('no_condition');
  const between = inEnglish ? { and: ' and ', or: ' or ' } : { and: ',并且', or: ',或者' };
  return parsed.tests.map((test) => testInWords(vocabulary, test)).join(between[parsed.join]);
}

function testInWords(vocabulary, { fact, operator, values }) {
  const known = vocabulary.find('facts', fact);
  const title = known ? say(known.title) : fact;
  if (known?.kind === 'boolean') return `${title}:${word(values[0] === 'false' ? 'no' : 'yes')}`;
  const named = values.map((value) => say(known?.values.find((one) => one.id === value)?.title) || value).join(inEnglish ? ', ' : '、');
  return `${title}${operator.startsWith('is not') || operator === 'not in' ? '≠' : ':'}${named}`;
}

export function FlowFields({ bench, element }) {
  const source = element.source;
  const object = getBusinessObject(element);
  const targets = [element.target, ...bench.targetsFor(source)].map((one) => ({ value: one.id, label: nameOf(one), detail: one.id }));
  return html`
    <${Field} label=${word('to')}>${(id) => html`<${Combo} id=${id} value=${element.target.id} options=${targets} onChange=${(target) => bench.reconnect(element, target)} />`}</${Field}>
    ${isChoice(source) && html`<label class="pm-check"><input type="checkbox" checked=${getBusinessObject(source).default === object}
      onChange=${(event) => bench.setDefault(source, event.target.checked ? element.id : '')} />${word('default_way')}</label>`}
    ${isChoice(source) && getBusinessObject(source).default !== object && html`<${Condition} bench=${bench} flow=${element} />`}`;
}

function Condition({ bench, flow }) {
  const text = conditionOf(flow);
  const parsed = text ? parseCondition(text) : { join: 'and', tests: [] };
  const [raw, setRaw] = useState(false);
  const isBoolean = (fact) => bench.vocabulary.find('facts', fact)?.kind === 'boolean';
  const commit = (condition) => bench.write.condition(flow, condition.tests.length ? writeCondition(condition, isBoolean) : '');
  return html`<fieldset class="pm-condition"><legend>${word('condition')}</legend>
    ${parsed && !raw ? html`<${Builder} bench=${bench} condition=${parsed} onChange=${commit} />` : html`
      ${!parsed && html`<p class="pm-hint">${word('needs_raw')}</p>`}
      <${Field} label=${word('raw')}>${(id) => html`<${TextInput} id=${id} lines=${3} value=${text} spellcheck=${false} class="pm-code" data-field="condition"
        onCommit=${(written) => bench.write.condition(flow, written.trim())} />`}</${Field}>`}
    ${parsed && html`<button type="button" class="link" onClick=${() => setRaw(!raw)}>${word(raw ? 'build' : 'raw')}</button>`}
    ${text && parsed && !raw && html`<code class="pm-code">${text}</code>`}
  </fieldset>`;
}

function Builder({ bench, condition, onChange }) {
  const facts = bench.vocabulary.facts.map((one) => ({ value: one.id, label: say(one.title), detail: one.id }));
  const change = (at, test) => onChange({ ...condition, tests: condition.tests.map((one, index) => (index === at ? test : one)) });
  const first = (fact) => {
    const known = bench.vocabulary.find('facts', fact);
    return { fact, operator: 'is', values: [known.kind === 'boolean' ? 'true' : known.values[0].id] };
  };
  return html`
    ${condition.tests.length > 1 && html`<${Radios} legend=${''} value=${condition.join} onChange=${(join) => onChange({ ...condition, join })}
      options=${[{ value: 'and', label: word('all_hold') }, { value: 'or', label: word('one_holds') }]} />`}
    ${condition.tests.map((test, at) => html`<div class="pm-test" key=${at}>
      <${Field} label=${word('fact')}>${(id) => html`<${Combo} id=${id} value=${test.fact} options=${facts} onChange=${(fact) => change(at, first(fact))} />`}</${Field}>
      <${Value} test=${test} fact=${bench.vocabulary.find('facts', test.fact)} onChange=${(changed) => change(at, changed)} />
      <button type="button" class="small" aria-label=${word('remove_test')} onClick=${() => onChange({ ...condition, tests: condition.tests.filter((one) => one !== test) })}>×</button>
    </div>`)}
    <${Field} label=${word('add_test')}>${(id) => html`<${Combo} id=${id} value="" options=${facts}
      onChange=${(fact) => onChange({ ...condition, tests: [...condition.tests, first(fact)] })} />`}</${Field}>`;
}

const OPERATORS = { is: 'is', 'is not': 'is_not', in: 'is_one_of', 'not in': 'is_none_of' };

function Value({ test, fact, onChange }) {
  if (fact?.kind === 'boolean') {
    return html`<${Field} label=${word('value')}>${(id) => html`<${Select} id=${id} value=${test.values[0]}
      options=${[{ value: 'true', label: word('yes') }, { value: 'false', label: word('no') }]} onChange=${(value) => onChange({ ...test, values: [value] })} />`}</${Field}>`;
  }
  const domain = (fact?.values ?? []).map((one) => ({ value: one.id, label: say(one.title) }));
  const many = test.operator === 'in' || test.operator === 'not in';
  const setOperator = (operator) => onChange({ ...test, operator, values: operator.endsWith('in') ? test.values : test.values.slice(0, 1) });
  const toggle = (value) => onChange({ ...test, values: domain.map((one) => one.value).filter((one) => (one === value) !== test.values.includes(one)) });
  return html`
    <${Field} label=${word('operator')}>${(id) => html`<${Select} id=${id} value=${test.operator} onChange=${setOperator}
      options=${Object.entries(OPERATORS).map(([value, name]) => ({ value, label: word(name) }))} />`}</${Field}>
    ${many ? html`<fieldset class="pm-radios"><legend>${word('value')}</legend>${domain.map((one) => html`<label key=${one.value}><input type="checkbox"
      checked=${test.values.includes(one.value)} disabled=${test.values.length === 1 && test.values.includes(one.value)} onChange=${() => toggle(one.value)} />${one.label}</label>`)}</fieldset>`
    : html`<${Field} label=${word('value')}>${(id) => html`<${Select} id=${id} value=${test.values[0]} options=${domain} onChange=${(value) => onChange({ ...test, values: [value] })} />`}</${Field}>`}`;
}
