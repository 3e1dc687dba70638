// The page: tools above, canvas or table, properties at the right, what the check found below.

import { html } from '@bpmn-io/diagram-js-ui';

import { bitmap, download, picture, print } from './exporting.js';
import { FindingsPanel } from './findings.js';
import { InsertDialog } from './insert.js';
import { OvertakenDialog } from './overtaken.js';
import { Panel } from './panel.js';
import { ShortcutsDialog } from './shortcuts.js';
import { Table } from './table.js';
import { word } from './words.js';

const ALIGN = ['left', 'center', 'right', 'top', 'middle', 'bottom'];

export function Tools({ bench }) {
  const stack = bench.editor.get('commandStack');
  const trigger = (action, options) => bench.editor.get('editorActions').trigger(action, options);
  return html`<div class="pm-tools" role="toolbar" aria-label=${bench.path} data-region="tools" tabindex="-1">
    <div class="pm-group-of" role="group" aria-label=${`${word('diagram')} / ${word('table')}`}>
      ${['diagram', 'table'].map((view) => html`<button type="button" key=${view} class="quiet" aria-pressed=${bench.view === view} onClick=${() => bench.setView(view)}>${word(view)}</button>`)}
    </div>
    <button type="button" onClick=${() => bench.openInsert('after')} aria-keyshortcuts="N">＋ ${word('insert')}</button>
    <div class="pm-group-of" role="group">
      <button type="button" class="quiet" disabled=${!stack.canUndo()} onClick=${() => stack.undo()} aria-keyshortcuts="Control+Z">↶ ${word('undo')}</button>
      <button type="button" class="quiet" disabled=${!stack.canRedo()} onClick=${() => stack.redo()} aria-keyshortcuts="Control+Y">↷ ${word('redo')}</button>
    </div>
    ${bench.view === 'diagram' && html`
      <button type="button" class="quiet" onClick=${() => bench.editor.get('searchPad').toggle()} aria-keyshortcuts="Control+F">${word('find')}</button>
      <div class="pm-group-of" role="group">
        <button type="button" class="quiet" aria-label=${word('zoom_out')} onClick=${() => trigger('stepZoom', { value: -1 })}>−</button>
        <button type="button" class="quiet" onClick=${() => bench.fit()}>${word('zoom_fit')}</button>
        <button type="button" class="quiet" aria-label=${word('zoom_in')} onClick=${() => trigger('stepZoom', { value: 1 })}>＋</button>
      </div>
      <${Menu} name=${word('align')} items=${alignItems(bench)} />`}
    <${Menu} name=${word('export')} items=${exportItems(bench)} />
    <button type="button" class="quiet" onClick=${() => bench.openHelp(true)} aria-keyshortcuts="?">${word('help')}</button>
    <span class="grow"></span>
    <${SaveState} bench=${bench} />
  </div>`;
}

function alignItems(bench) {
  const few = () => bench.selected.length < 2 && (bench.tell(word('align_first')), true);
  const trigger = (action, type) => () => few() || bench.editor.get('editorActions').trigger(action, type);
  return [
    ...ALIGN.map((type) => ({ label: word(`align_${type}`), act: trigger('alignElements', { type }) })),
    { label: word('distribute_across'), act: trigger('distributeElements', { type: 'horizontal' }) },
    { label: word('distribute_down'), act: trigger('distributeElements', { type: 'vertical' }) },
  ];
}

function exportItems(bench) {
  const { editor, process } = bench;
  return [
    { label: word('export_bpmn'), act: async () => download(bench.path, 'application/xml', await bench.xml()) },
    ...(bench.places.plain ? [{ label: word('export_plain'), href: bench.places.plain }] : []),
    { label: word('export_svg'), act: async () => download(`${process}.svg`, 'image/svg+xml', (await picture(editor)).svg) },
    { label: word('export_png'), act: async () => download(`${process}.png`, 'image/png', await bitmap(editor)) },
    { label: word('print'), act: () => print(editor, bench.title) },
    ...(bench.places.handbook ? [{ label: word('handbook'), href: bench.places.handbook }] : []),
  ];
}

function Menu({ name, items }) {
  const close = (event) => { event.currentTarget.closest('details').open = false; };
  const onKeyDown = (event) => {
    if (event.key !== 'Escape' || !event.currentTarget.open) return;
    event.currentTarget.open = false;
    event.currentTarget.querySelector('summary').focus();
  };
  return html`<details class="pm-menu" onKeyDown=${onKeyDown} onFocusOut=${(event) => { if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false; }}>
    <summary class="button quiet">${name} ▾</summary>
    <div>${items.map((one) => (one.href ? html`<a key=${one.label} href=${one.href}>${one.label}</a>`
      : html`<button type="button" key=${one.label} onClick=${(event) => { close(event); one.act(); }}>${one.label}</button>`))}</div>
  </details>`;
}

function SaveState({ bench }) {
  const { state, why, at } = bench.saver.state;
  const text = state === 'saved' ? word('saved_at', { at: at.toLocaleTimeString() })
    : state === 'overtaken' ? word('overtaken') : word(state, { why });
  return html`<span class="pm-saved" data-state=${state}>
    <span role="status">${state === 'saved' ? '✓ ' : ''}${text}</span>
    ${state === 'overtaken' ? html`<button type="button" class="small" onClick=${() => bench.overtaken.show(true)}>${word('decide')}</button>`
    : state !== 'saved' && html`<button type="button" class="small" disabled=${state === 'saving'} onClick=${() => bench.saver.save()}>${word('save_now')}</button>`}
  </span>`;
}

function Notices({ bench }) {
  return html`<div class="pm-notices" aria-live="polite">${bench.notices.map((notice) => html`<p class="flash" key=${notice.text}>${notice.text}
    ${notice.action && html` <button type="button" class="link" onClick=${() => { bench.dismiss(notice); notice.action.act(); }}>${notice.action.name}</button>`}
    <button type="button" class="small" onClick=${() => bench.dismiss(notice)}>${word('close')}</button></p>`)}</div>`;
}

/** What is drawn over and beside the canvas. */
export function Sides({ bench }) {
  return html`
    <${Notices} bench=${bench} />
    ${bench.inserting && html`<${InsertDialog} bench=${bench} />`}
    ${bench.helping && html`<${ShortcutsDialog} onClose=${() => bench.openHelp(false)} />`}
    ${bench.overtaken?.open && html`<${OvertakenDialog} overtaking=${bench.overtaken} />`}`;
}

export { FindingsPanel, Panel, Table };
