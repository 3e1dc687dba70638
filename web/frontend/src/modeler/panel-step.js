// A user task: an act of the statute or a free step with a form, who does it, and what is issued.

import { html } from '@bpmn-io/diagram-js-ui';

import { Combo, Field, Radios, Select } from './controls.js';
import { get, laneOf } from './model.js';
import { say, word } from './words.js';

export const options = (list) => list.map((one) => ({ value: one.id, label: say(one.title) }));

/** The acts of these kinds as a list to search: title, article, who may do them. */
export function actOptions(vocabulary, ...kinds) {
  return vocabulary.actsOf(...kinds).map((act) => ({
    value: act.id, label: say(act.title), detail: [say(act.article), vocabulary.whoMay(act)].filter(Boolean).join(' · '),
  }));
}

export function StepFields({ bench, element }) {
  const { vocabulary, write } = bench;
  const act = get(element, 'act');
  const form = get(element, 'form');
  const kind = form || (!act && bench.choosing === element.id) ? 'form' : 'act';
  const turn = (to) => {
    bench.choosing = to === 'form' ? element.id : null;
    if (to === 'form') write.words(element, { act: undefined, form: vocabulary.forms[0]?.id });
    else write.words(element, { form: undefined });
    bench.touch();
  };
  return html`
    <${Radios} legend=${word('what_step')} value=${kind} onChange=${turn}
      options=${[{ value: 'act', label: word('an_act') }, { value: 'form', label: word('a_form') }]} />
    ${kind === 'act' ? html`<${ActField} bench=${bench} element=${element} act=${act} />` : html`<${FormField} bench=${bench} element=${element} form=${form} />`}
    <${WhoFields} bench=${bench} element=${element} act=${vocabulary.find('acts', act)} />
    <${Field} label=${word('document')}>${(id) => html`<${Combo} id=${id} value=${get(element, 'document')} empty=${word('none')}
      options=${documentsFor(vocabulary, vocabulary.find('acts', act))} onChange=${(document) => write.words(element, { document })} />`}</${Field}>`;
}

function ActField({ bench, element, act }) {
  const { vocabulary } = bench;
  const known = vocabulary.find('acts', act);
  const hint = known && `${say(known.article)} · ${word('by')} ${vocabulary.whoMay(known)}`;
  return html`<${Field} label=${word('act')} hint=${hint}>${(id) => html`<${Combo} id=${id} value=${act}
    options=${actOptions(vocabulary, 'step', 'standing')} onChange=${(chosen) => chooseAct(bench, element, chosen)} />`}</${Field}>`;
}

// An act brings who may do it along where the present pair may not, and its name where the step has none.
function chooseAct(bench, element, act) {
  const { vocabulary, write } = bench;
  const known = vocabulary.find('acts', act);
  const here = pair(bench, element);
  const allowed = !known.by.length || known.by.some(({ organ, role }) => organ === here.organ && role === here.role);
  const document = known.documents.length === 1 ? known.documents[0] : undefined;
  bench.together(() => {
    write.words(element, { act, form: undefined, document, ...(allowed ? {} : known.by[0]) });
    if (!element.businessObject.name) write.name(element, titled(known));
  });
}

/** The name of a step of *act*: its title with the article. */
export const titled = (act) => `${say(act.title)}${act.article.zh ? ` (${say(act.article)})` : ''}`;

function FormField({ bench, element, form }) {
  const { vocabulary, write } = bench;
  const known = vocabulary.find('forms', form);
  const hint = vocabulary.forms.length ? known && known.fields.map(say).join('、') : word('no_forms');
  return html`<${Field} label=${word('form')} hint=${hint}>${(id) => html`<${Combo} id=${id} value=${form}
    options=${options(vocabulary.forms)} onChange=${(chosen) => write.words(element, { form: chosen, act: undefined })} />`}</${Field}>`;
}

/** Organ and role that the lane of a step gives. */
export function lanePair(bench, element) {
  const lane = laneOf(bench.editor, element);
  return { organ: lane ? get(lane, 'organ') : '', role: lane ? get(lane, 'role') : '' };
}

/** Organ and role of a step, its own or its lane's. */
export function pair(bench, element) {
  const lane = lanePair(bench, element);
  return { organ: get(element, 'organ') || lane.organ, role: get(element, 'role') || lane.role };
}

// Only pairs that the act allows; those of the lane are the first choice.
function WhoFields({ bench, element, act }) {
  const { vocabulary, write } = bench;
  const lane = laneOf(bench.editor, element);
  const here = pair(bench, element);
  const by = act?.by.length ? act.by : null;
  const organs = vocabulary.organs.filter(({ id }) => !by || by.some((one) => one.organ === id));
  const roles = vocabulary.roles.filter(({ id }) => !by || by.some((one) => one.role === id && one.organ === here.organ));
  const ofLane = (list, name) => (lane && get(lane, name) ? word('from_lane', { name: vocabulary.title(list, get(lane, name)) }) : undefined);
  const setOrgan = (organ) => {
    const then = organ || (lane && get(lane, 'organ'));
    const first = by?.find((one) => one.organ === then);
    const fits = !by || by.some((one) => one.organ === then && one.role === here.role);
    write.words(element, fits ? { organ } : { organ, role: first?.role });
  };
  return html`
    <${Field} label=${word('organ')}>${(id) => html`<${Select} id=${id} value=${get(element, 'organ')} empty=${ofLane('organs', 'organ')}
      options=${options(organs)} onChange=${setOrgan} data-field="organ" />`}</${Field}>
    <${Field} label=${word('role')}>${(id) => html`<${Select} id=${id} value=${get(element, 'role')} empty=${ofLane('roles', 'role')}
      options=${options(roles)} onChange=${(role) => write.words(element, { role })} data-field="role" />`}</${Field}>`;
}

// What the act issues stands first.
function documentsFor(vocabulary, act) {
  const first = act?.documents ?? [];
  const rank = (one) => (first.includes(one.id) ? 0 : 1);
  return options([...vocabulary.documents].sort((a, b) => rank(a) - rank(b)));
}
