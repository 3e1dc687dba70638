// The keys, told in a dialog. bpmn-js itself listens on the canvas; ours are in bench.js and table.js.

import { html } from '@bpmn-io/diagram-js-ui';

import { Dialog } from './controls.js';
import { word } from './words.js';

const KEYS = [
  ['N', 'key_insert'],
  ['Ctrl F', 'key_find'],
  ['Ctrl Z / Ctrl Y', 'key_undo'],
  ['Ctrl C / X / V', 'key_copy'],
  ['Ctrl D', 'key_duplicate'],
  ['Ctrl A', 'key_all'],
  ['Delete', 'key_delete'],
  ['E', 'key_label'],
  ['R', 'key_replace'],
  ['H / L / S / C', 'key_hand'],
  ['← ↑ → ↓', 'key_move'],
  ['Alt → / Alt ←', 'key_walk'],
  ['Ctrl + / - / 0', 'key_zoom'],
  ['T', 'key_view'],
  ['Ctrl S', 'key_save'],
  ['F6', 'key_region'],
  ['← → Esc', 'key_play'],
  ['?', 'key_help'],
];

export function ShortcutsDialog({ onClose }) {
  return html`<${Dialog} title=${word('keys_title')} onClose=${onClose}>
    <table class="pm-keys"><tbody>${KEYS.map(([keys, name]) => html`<tr key=${name}><th scope="row"><kbd>${keys}</kbd></th><td>${word(name)}</td></tr>`)}</tbody></table>
    <p class="pm-hint">${word('tools_edge')}</p>
  </${Dialog}>`;
}
