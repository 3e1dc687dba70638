// A timer: a limit of the law that the drawing listens to, or an internal limit of the office's own.

import { html } from '@bpmn-io/diagram-js-ui';

import { Combo, Field, Radios, Select, TextInput } from './controls.js';
import { getBusinessObject, get, is } from './model.js';
import { internalLimit } from './vocabulary.js';
import { say, word } from './words.js';

export function limitOptions(vocabulary) {
  return vocabulary.limits.map((limit) => ({
    value: limit.id, label: `${limit.id} ${say(limit.title)}`, detail: `${say(limit.length)} · ${say(limit.article)} · ${say(limit.kind)}`,
  }));
}

export function TimerFields({ bench, element }) {
  const { vocabulary, write } = bench;
  const limit = get(element, 'limit');
  const internal = Boolean(limit) || get(element, 'within') !== '';
  const turn = (to) => write.words(element, to === 'internal' ? { clock: undefined, limit: '5 days' } : { limit: undefined, within: undefined });
  return html`
    <${Radios} legend=${word('which_clock')} value=${internal ? 'internal' : 'law'} onChange=${turn}
      options=${[{ value: 'law', label: word('of_the_law') }, { value: 'internal', label: word('of_the_office') }]} />
    ${internal ? html`<${InternalFields} bench=${bench} element=${element} limit=${limit} />` : html`<${ClockField} bench=${bench} element=${element} />`}
    <${Interrupting} bench=${bench} element=${element} vocabulary=${vocabulary} />`;
}

function ClockField({ bench, element }) {
  const { vocabulary, write } = bench;
  const clock = get(element, 'clock');
  const known = vocabulary.find('limits', clock);
  return html`<${Field} label=${word('clock')}>${(id) => html`<${Combo} id=${id} value=${known?.id ?? clock} options=${limitOptions(vocabulary)}
      onChange=${(chosen) => write.words(element, { clock: chosen, limit: undefined, within: undefined })} />`}</${Field}>
    ${known && html`<blockquote class="pm-law"><strong>${say(known.article)}</strong> · ${say(known.length)} · ${say(known.kind)}
      ${known.quote && html`<br />“${known.quote}”`}</blockquote>`}`;
}

function InternalFields({ bench, element, limit }) {
  const { vocabulary, write } = bench;
  const parts = internalLimit(limit) ?? { number: '', unit: 'days' };
  const commit = (number, unit) => {
    if (/^[1-9]\d{0,2}$/.test(String(number))) write.words(element, { limit: `${number} ${unit}` });
  };
  return html`
    <div class="pm-pair">
      <${Field} label=${word('number')}>${(id) => html`<${TextInput} id=${id} type="number" min="1" max="999" value=${String(parts.number)}
        onCommit=${(number) => commit(number, parts.unit)} />`}</${Field}>
      <${Field} label=${word('unit')}>${(id) => html`<${Select} id=${id} value=${parts.unit}
        options=${['days', 'working_days'].map((unit) => ({ value: unit, label: word(unit) }))} onChange=${(unit) => commit(parts.number, unit)} />`}</${Field}>
    </div>
    <${Field} label=${word('within')}>${(id) => html`<${Combo} id=${id} value=${vocabulary.find('limits', get(element, 'within'))?.id ?? get(element, 'within')}
      empty=${word('any_deadline')} placeholder=${word('any_deadline')} options=${limitOptions(vocabulary)} onChange=${(within) => write.words(element, { within })} />`}</${Field}>`;
}

/** Whether a boundary event ends the step. A message always does: another would be heard once only. */
export function Interrupting({ bench, element }) {
  if (!is(element, 'bpmn:BoundaryEvent')) return null;
  const on = getBusinessObject(element).cancelActivity !== false;
  return html`<label class="pm-check"><input type="checkbox" checked=${on}
    onChange=${(event) => bench.write.set(element, { cancelActivity: event.target.checked })} />${word('interrupting')}</label>`;
}
