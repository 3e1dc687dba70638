// The few controls that the panel, the table and the dialogs are made of. All can be used by keyboard alone.

import { html, useEffect, useLayoutEffect, useRef, useState } from '@bpmn-io/diagram-js-ui';

import { word } from './words.js';

let ids = 0;

// Preact's own ids are unique in one root only, and a page of ours has several.
function useId() {
  return useState(() => `pm-${(ids += 1)}`)[0];
}

/** A labelled control; *children* is a function that takes the id for the label. */
export function Field({ label, hint, fault, children }) {
  const id = useId();
  return html`<div class=${`pm-field ${fault ? 'has-fault' : ''}`}>
    <label for=${id}>${label}</label>
    ${children(id)}
    ${hint && html`<p class="pm-hint" id=${`${id}-hint`}>${hint}</p>`}
    ${fault && html`<p class="pm-fault" role="alert">${fault}</p>`}
  </div>`;
}

/** A line or several lines of text, told when the reader leaves it or presses Enter. */
export function TextInput({ id, value, lines = 1, type = 'text', onCommit, ...more }) {
  const [draft, setDraft] = useState(value);
  const typed = useRef(false);
  useEffect(() => { setDraft(value); typed.current = false; }, [value]);
  const commit = () => {
    if (typed.current && draft !== value) onCommit(draft);
    typed.current = false;
  };
  const controls = {
    id,
    value: draft,
    onInput: (event) => { typed.current = true; setDraft(event.target.value); },
    onBlur: commit,
    onKeyDown: (event) => {
      if (event.key === 'Enter' && (lines === 1 || event.ctrlKey)) { event.preventDefault(); commit(); }
      if (event.key === 'Escape' && typed.current) { event.stopPropagation(); typed.current = false; setDraft(value); }
    },
    ...more,
  };
  return lines > 1 ? html`<textarea rows=${lines} ...${controls}></textarea>` : html`<input type=${type} ...${controls} />`;
}

/** A short list to choose from: *options* are {value, label}; *empty* is the label for nothing, if that may be chosen. */
export function Select({ id, value, options, empty, onChange, ...more }) {
  const known = options.some((one) => one.value === value) || (!value && empty !== undefined);
  return html`<select id=${id} value=${value} onChange=${(event) => onChange(event.target.value)} ...${more}>
    ${!known && html`<option value=${value}>${value ? word('unknown_value', { value }) : word('unset')}</option>`}
    ${empty !== undefined && html`<option value="">${empty}</option>`}
    ${options.map((one) => html`<option key=${one.value} value=${one.value}>${one.label}</option>`)}
  </select>`;
}

/** One of a few, all in sight. */
export function Radios({ legend, value, options, onChange }) {
  const name = useId();
  return html`<fieldset class="pm-radios"><legend>${legend}</legend>
    ${options.map((one) => html`<label key=${one.value}><input type="radio" name=${name} value=${one.value} checked=${one.value === value}
      onChange=${() => onChange(one.value)} />${one.label}</label>`)}
  </fieldset>`;
}

const matches = (option, asked) => asked.toLowerCase().split(/\s+/).every((part) =>
  `${option.label} ${option.value} ${option.detail ?? ''}`.toLowerCase().includes(part));

/** A long list that is searched by typing: *options* are {value, label, detail, group}. */
export function Combo({ id, value, options, empty, placeholder, onChange, onPick, autofocus }) {
  const [asked, setAsked] = useState(null);
  const [at, setAt] = useState(0);
  const list = useRef();
  const chosen = options.find((one) => one.value === value);
  const shown = asked === null ? [] : [
    ...(empty !== undefined && !asked ? [{ value: '', label: empty }] : []), ...options.filter((one) => matches(one, asked)),
  ];
  useLayoutEffect(() => { if (autofocus) open(); }, []);
  useEffect(() => { list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }); }, [at, asked]);

  const open = (text = '') => {
    setAsked(text);
    setAt(text ? 0 : Math.max(0, options.findIndex((one) => one.value === value) + (empty !== undefined ? 1 : 0)));
  };
  const choose = (option) => {
    setAsked(null);
    if (option && option.value !== value) onChange(option.value);
    if (option) onPick?.(option.value);
  };
  const onKeyDown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step) {
      event.preventDefault();
      if (asked === null) open(); else setAt(Math.max(0, Math.min(shown.length - 1, at + step)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (asked === null) open(); else choose(shown[at]);
    } else if (event.key === 'Escape' && asked !== null) {
      event.stopPropagation();
      event.preventDefault();
      setAsked(null);
    }
  };
  let group = null;
  return html`<div class="pm-combo">
    <input id=${id} role="combobox" autocomplete="off" autofocus=${autofocus} aria-expanded=${asked !== null} aria-controls=${`${id}-list`}
      aria-activedescendant=${asked !== null && shown[at] ? `${id}-${at}` : undefined}
      value=${asked ?? chosen?.label ?? (value ? word('unknown_value', { value }) : '')} placeholder=${placeholder ?? word('search_list')}
      onInput=${(event) => open(event.target.value)} onClick=${() => asked === null && open()} onBlur=${() => setAsked(null)} onKeyDown=${onKeyDown} />
    ${asked !== null && html`<ul id=${`${id}-list`} role="listbox" ref=${list} class="pm-options">
      ${!shown.length && html`<li class="pm-hint">${word('no_match')}</li>`}
      ${shown.map((one, index) => {
        const heading = one.group && one.group !== group && html`<li role="presentation" class="pm-group">${one.group}</li>`;
        group = one.group ?? group;
        return html`${heading}<li key=${one.value} id=${`${id}-${index}`} role="option" aria-selected=${index === at}
          onMouseDown=${(event) => { event.preventDefault(); choose(one); }}>
          <span>${one.label}</span>${one.detail && html`<small>${one.detail}</small>`}</li>`;
      })}
    </ul>`}
  </div>`;
}

/** A dialog over the page; Escape closes it and focus goes back where it was. */
export function Dialog({ title, onClose, children, actions }) {
  const dialog = useRef();
  const id = useId();
  useLayoutEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown.showModal();
    return () => {
      shown.close();
      before?.focus?.();
    };
  }, []);
  return html`<dialog class="pm-dialog" ref=${dialog} aria-labelledby=${id} onCancel=${(event) => { event.preventDefault(); onClose(); }}>
    <header><h2 id=${id}>${title}</h2><button type="button" class="small" onClick=${onClose}>${word('close')}</button></header>
    <div class="pm-dialog-body">${children}</div>
    ${actions && html`<footer>${actions}</footer>`}
  </dialog>`;
}
