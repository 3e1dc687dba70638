// Somebody else saved the same diagram: who and when, and what to do about it. Nothing is decided before the reader does.

import { html, useState } from '@bpmn-io/diagram-js-ui';

import { compare, markDifferences } from './compare.js';
import { Dialog } from './controls.js';
import { word } from './words.js';

const HOW = { added: 'only_mine', removed: 'only_theirs', changed: 'changed', moved: 'moved' };

/** What others saved while *bench* was drawn on, and the ways out. */
export class Overtaking {
  constructor(bench, save, revision) {
    Object.assign(this, { bench, save, revision });
    this.show(true);
  }

  show(open) {
    this.open = open;
    this.bench.touch();
  }

  /** Mark on the canvas what differs from theirs, and give it as a list. */
  async compare() {
    const { editor, server, path } = this.bench;
    const differences = await compare(editor, (await server.open(path)).content);
    markDifferences(editor, differences);
    return differences;
  }

  async takeTheirs() {
    await this.bench.take(await this.bench.server.open(this.bench.path));
  }

  /** Mine goes into a draft of its own; here theirs is shown. */
  async keepCopy() {
    const { bench } = this;
    const address = await bench.server.copy(bench.path, await bench.xml());
    await this.takeTheirs();
    bench.tell(word('copy_saved'), { name: word('open_copy'), act: () => window.open(address) });
  }

  overwrite() {
    markDifferences(this.bench.editor, []);
    this.bench.settle(this.revision, { mine: true });
  }
}

export function OvertakenDialog({ overtaking }) {
  const { save } = overtaking;
  const [differences, setDifferences] = useState(null);
  const [fault, setFault] = useState('');
  const doing = (act) => () => act().catch((error) => setFault(error.message));
  const actions = html`
    <button type="button" onClick=${doing(async () => setDifferences(await overtaking.compare()))}>${word('compare')}</button>
    <button type="button" class="quiet" onClick=${doing(() => overtaking.takeTheirs())}>${word('take_theirs')}</button>
    <button type="button" class="quiet" onClick=${doing(() => overtaking.keepCopy())}>${word('keep_copy')}</button>
    <button type="button" class="quiet" onClick=${() => overtaking.overwrite()}>${word('overwrite')}</button>`;
  return html`<${Dialog} title=${word('overtaken')} onClose=${() => overtaking.show(false)} actions=${actions}>
    <p>${word('overtaken_by', { by: save.by, at: new Date(save.at).toLocaleString() })}</p>
    ${fault && html`<p class="pm-fault" role="alert">${word('refused', { why: fault })}</p>`}
    ${differences && html`<h3>${word('differences')}</h3>
      ${!differences.length && html`<p>${word('no_differences')}</p>`}
      <ul class="pm-differences">${differences.map((one) => html`<li key=${`${one.how}${one.id}`}><span class=${`pm-how pm-how-${one.how}`}>${word(HOW[one.how])}</span>
        ${one.name || one.id} <span class="digest">${one.id}</span></li>`)}</ul>`}
  </${Dialog}>`;
}
