// The properties of what is selected. Each kind of element is offered the words that the vocabulary allows for it.

import { html } from '@bpmn-io/diagram-js-ui';

import { Field, TextInput } from './controls.js';
import { ID } from './ids.js';
import { kindName } from './kinds.js';
import { getBusinessObject, is, isMessage, isNode, isTimer, noteOf, trigger } from './model.js';
import { CallFields, EventActFields, LaneFields, RuleFields, StageFields, StartFields } from './panel-parts.js';
import { StepFields } from './panel-step.js';
import { TimerFields } from './panel-timer.js';
import { FlowFields, WaysFields } from './panel-ways.js';
import { word } from './words.js';

// Which parts an element has; the first that fits a line decides nothing for the others.
const PARTS = [
  [(one) => is(one, 'bpmn:UserTask'), StepFields],
  [(one) => is(one, 'bpmn:BusinessRuleTask'), RuleFields],
  [(one) => is(one, 'bpmn:CallActivity'), CallFields],
  [(one) => ['bpmn:SubProcess', 'bpmn:CallActivity', 'bpmn:Process', 'bpmn:Participant'].some((type) => is(one, type)), StageFields],
  [(one) => is(one, 'bpmn:Lane'), LaneFields],
  [isTimer, TimerFields],
  [isMessage, EventActFields],
  [(one) => is(one, 'bpmn:StartEvent') && !trigger(one) && is(one.parent, 'bpmn:Process', 'bpmn:Participant'), StartFields],
  [(one) => is(one, 'bpmn:SequenceFlow'), FlowFields],
  [(one) => isNode(one), WaysFields],
];

export function Panel({ bench }) {
  const { selected } = bench;
  const [element] = selected;
  return html`<section class="pm-panel" aria-label=${word('properties')} tabindex="-1" data-region="panel">
    ${selected.length > 1 && html`<p class="pm-empty">${word('many_selected', { n: selected.length })}</p>`}
    ${!element && html`<p class="pm-empty">${word('nothing_selected')}</p>`}
    ${selected.length === 1 && html`<${One} bench=${bench} element=${element} key=${element.id} />`}
    ${!element && bench.root && html`<${One} bench=${bench} element=${bench.root} key=${bench.root.id} />`}
  </section>`;
}

function One({ bench, element }) {
  const object = getBusinessObject(element);
  return html`
    <header class="pm-panel-head"><h2>${kindName(element)}</h2><span class="digest">${object.id}</span></header>
    <${NameField} bench=${bench} element=${element} />
    <${KindField} bench=${bench} element=${element} />
    ${PARTS.filter(([fits]) => fits(element)).map(([, Part]) => html`<${Part} bench=${bench} element=${element} />`)}
    <${Field} label=${word('note')}>${(id) => html`<${TextInput} id=${id} lines=${2} value=${noteOf(element)}
      onCommit=${(text) => bench.write.note(element, text)} />`}</${Field}>
    <${IdField} bench=${bench} element=${element} />`;
}

function NameField({ bench, element }) {
  const object = getBusinessObject(element);
  const value = (is(element, 'bpmn:TextAnnotation') ? object.text : object.name) ?? '';
  return html`<${Field} label=${word('name')}>${(id) => html`<${TextInput} id=${id} lines=${2} value=${value} data-field="name"
    onCommit=${(name) => bench.write.name(element, name.trim())} />`}</${Field}>`;
}

function IdField({ bench, element }) {
  const object = getBusinessObject(element);
  const commit = (id) => {
    const fault = !ID.test(id) ? word('id_form') : bench.editor.get('bpmnFactory').isFree(id) ? null : word('id_taken');
    if (fault) bench.tell(fault); else bench.write.set(element, { id });
  };
  return html`<${Field} label=${word('id')} hint=${word('id_hint')}>${(id) => html`<${TextInput} id=${id} value=${object.id} spellcheck=${false}
    onCommit=${(wanted) => commit(wanted.trim())} />`}</${Field}>`;
}

// What it can be turned into, as the menu on the canvas has it.
function KindField({ bench, element }) {
  const entries = isNode(element) ? Object.entries(bench.kindsFor(element)) : [];
  if (!entries.length) return null;
  return html`<${Field} label=${word('kind')}>${(id) => html`<select id=${id} value="" data-field="kind"
      onChange=${(event) => bench.turnInto(element, event.target.value)}>
    <option value="">${kindName(element)}</option>
    ${entries.map(([name, entry]) => html`<option key=${name} value=${name}>${entry.label}</option>`)}
  </select>`}</${Field}>`;
}
