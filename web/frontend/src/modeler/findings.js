// What the check finds while one draws: asked a moment after each change, marked on the elements, told in a list; and
// the run that shows a finding, played on the diagram step by step.

import { html, useLayoutEffect, useRef } from '@bpmn-io/diagram-js-ui';

import { getBusinessObject } from './model.js';
import { kindName } from './kinds.js';
import { article, say, word } from './words.js';

const ASK_AFTER = 700;
const SHAPES = { refuse: '■', warn: '▲' };

/** Asks the check and keeps what it said: one question at a time, and again where the drawing has moved on. */
export class Check {
  constructor({ server, path, read, onChange }) {
    Object.assign(this, { server, path, read, onChange, findings: [], state: 'checking' });
  }

  later() {
    this.state = 'checking';
    clearTimeout(this._waiting);
    this._waiting = setTimeout(() => this.ask(), ASK_AFTER);
  }

  async ask() {
    clearTimeout(this._waiting);
    this.state = 'checking';
    this._again = this._asking;
    if (this._asking) return;
    this._asking = true;
    this.onChange();
    try {
      const { conforms, findings } = await this.server.check(this.path, await this.read());
      Object.assign(this, { findings, state: conforms ? 'conforms' : 'refuses', why: '' });
    } catch (fault) {
      Object.assign(this, { state: 'unknown', why: fault.message });
    }
    this._asking = false;
    if (this._again) this.ask();
    else this.onChange();
  }

  /** The findings of this diagram, and those of other files of the draft. */
  get here() { return this.findings.filter((one) => one.file === this.path); }

  get elsewhere() { return this.findings.filter((one) => one.file !== this.path); }
}

/** Marks the elements of *findings* by colour and by shape. */
export function mark(editor, findings) {
  const canvas = editor.get('canvas');
  const overlays = editor.get('overlays');
  const registry = editor.get('elementRegistry');
  overlays.remove({ type: 'finding' });
  registry.forEach((one) => ['is-refused', 'is-warned'].forEach((name) => canvas.removeMarker(one, name)));
  const worst = new Map();
  findings.filter((one) => registry.get(one.element)).forEach((one) => {
    if (worst.get(one.element) !== 'refuse') worst.set(one.element, one.severity);
  });
  worst.forEach((severity, id) => {
    canvas.addMarker(id, severity === 'refuse' ? 'is-refused' : 'is-warned');
    const sign = document.createElement('span');
    sign.className = `pm-sign pm-sign-${severity}`;
    sign.textContent = SHAPES[severity];
    sign.title = findings.filter((one) => one.element === id).map((one) => say(one.message)).join('\n');
    overlays.add(id, 'finding', { position: { top: -10, right: 10 }, html: sign });
  });
}

/** The elements of a run that can be shown, each with its words. */
export function stepsOf(editor, run) {
  const registry = editor.get('elementRegistry');
  return (run ?? []).map((one) => (typeof one === 'string' ? { element: one } : one)).map((one) => {
    const shape = registry.get(one.element);
    const name = say(one.words ?? one.text ?? '') || (shape ? getBusinessObject(shape).name || kindName(shape) : one.element ?? '');
    return { shape, name };
  });
}

export function FindingsPanel({ bench }) {
  const { check, playing } = bench;
  const count = (severity) => check.findings.filter((one) => one.severity === severity).length;
  const [refusals, warnings] = [count('refuse'), count('warn')];
  return html`<section class=${`pm-findings ${bench.findingsOpen ? '' : 'is-folded'}`} aria-label=${word('findings')} tabindex="-1" data-region="findings">
    <header>
      <button type="button" class="link" aria-expanded=${bench.findingsOpen} onClick=${() => bench.foldFindings()}>${word('findings')}</button>
      <span role="status" class="pm-verdict" data-state=${check.state}>
        ${check.state === 'checking' ? word('checking') : check.state === 'unknown' ? word('cannot_check', { why: check.why }) : html`
          ${refusals ? html`<span class="lamp lamp-overdue"><span aria-hidden="true">■</span> ${word('refusals', { n: refusals })}</span>` : html`<span class="lamp lamp-ok"><span aria-hidden="true" class="shape">●</span> ${word('conforms')}</span>`}
          ${warnings > 0 && html`<span class="lamp lamp-soon"><span aria-hidden="true">▲</span> ${word('warnings', { n: warnings })}</span>`}`}
      </span>
      ${playing && html`<${Player} bench=${bench} />`}
    </header>
    ${bench.findingsOpen && html`<ol>
      ${!check.findings.length && check.state === 'conforms' && html`<li class="pm-hint">${word('no_findings')}</li>`}
      ${check.here.map((one, at) => html`<${Line} key=${at} bench=${bench} finding=${one} />`)}
      ${check.elsewhere.length > 0 && html`<li><details><summary>${word('elsewhere')} ${check.elsewhere.length}</summary>
        <ol>${check.elsewhere.map((one, at) => html`<${Line} key=${at} bench=${bench} finding=${one} />`)}</ol></details></li>`}
    </ol>`}
  </section>`;
}

function Line({ bench, finding }) {
  const shape = bench.editor.get('elementRegistry').get(finding.element);
  const name = finding.file !== bench.path ? finding.file : shape ? getBusinessObject(shape).name || finding.element : finding.element ?? finding.file;
  const text = html`<span class=${`pm-sign-${finding.severity}`}><span aria-hidden="true">${SHAPES[finding.severity]}</span> ${word(finding.severity)}</span>
    ${finding.clause && html` <strong>${article(finding.clause)}</strong>`} ${say(finding.message)} <small>${name}</small>`;
  return html`<li>
    ${shape ? html`<button type="button" class="pm-finding" onClick=${() => bench.show(shape)}>${text}</button>` : html`<span class="pm-finding">${text}</span>`}
    ${finding.run?.length > 0 && finding.file === bench.path && html`<button type="button" class="small" title=${word('play_title')}
      onClick=${() => bench.play(finding.run)}>▶ ${word('play')}</button>`}
  </li>`;
}

function Player({ bench }) {
  const { steps, at } = bench.playing;
  const bar = useRef();
  useLayoutEffect(() => { bar.current.focus(); }, []);
  const onKeyDown = (event) => {
    const act = { ArrowRight: () => bench.playTo(at + 1), ArrowLeft: () => bench.playTo(at - 1), Home: () => bench.playTo(0), End: () => bench.playTo(steps.length - 1), Escape: () => bench.endPlay() }[event.key];
    if (act) { event.preventDefault(); act(); }
  };
  return html`<div class="pm-player" role="group" aria-label=${word('play')} tabindex="0" ref=${bar} onKeyDown=${onKeyDown}>
    <button type="button" class="small" disabled=${at === 0} onClick=${() => bench.playTo(at - 1)}>‹ ${word('previous')}</button>
    <output>${word('step_of', { n: at + 1, all: steps.length, name: steps[at].name })}</output>
    <button type="button" class="small" disabled=${at === steps.length - 1} onClick=${() => bench.playTo(at + 1)}>${word('next')} ›</button>
    <button type="button" class="small" onClick=${() => bench.endPlay()}>${word('end_play')}</button>
  </div>`;
}
