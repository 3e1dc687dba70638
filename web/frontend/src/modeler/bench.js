// The workbench: one open diagram, what is selected, what the check said, and everything one can do to it. The views
// (app.js) are drawn anew whenever it is touched.

import { Check, mark, stepsOf } from './findings.js';
import { getBusinessObject, is, isLabel, isNode, Writer } from './model.js';
import { lanePair, pair } from './panel-step.js';
import { Overtaking } from './overtaken.js';
import { Inserter } from './pieces.js';
import { Saver } from './saving.js';
import { word } from './words.js';

const PALETTE_WIDTH = 70;
const EDGE = 12;
const LEGIBLE = 0.5;
const RUN_MARKS = ['is-run', 'is-run-here'];

export class Bench {
  constructor({ editor, vocabulary, server, draft, path, render }) {
    Object.assign(this, { editor, vocabulary, server, draft, path });
    this.process = path.replace(/\.bpmn$/, '');
    this.write = new Writer(editor);
    this.inserter = new Inserter(editor, vocabulary);
    this.check = new Check({ server, path, read: () => this.xml(), onChange: () => this.#checked() });
    this.view = 'diagram';
    this.selected = [];
    this.notices = [];
    this.findingsOpen = true;
    this._render = render;
  }

  /** Open *content* as of *revision*, restoring what a former visit left behind. */
  async open({ content, revision }) {
    this.saver = new Saver({
      server: this.server, key: this.draft, path: this.path, revision,
      read: () => this.xml(),
      onState: () => this.touch(),
      onOvertaken: (save, present) => { this.overtaken = new Overtaking(this, save, present); },
      onOthers: (since) => since.forEach((save) => this.tell(word('others_saved', { ...save, at: time(save.at) }))),
    });
    const kept = this.saver.kept();
    this.#unread(await this.editor.importXML(kept?.content ?? content));
    if (kept) {
      this.saver.revision = kept.revision;
      this.tell(word('restored', { at: time(kept.at) }), { name: word('drop_restored'), act: () => this.take({ content, revision }) });
      this.saver.changed();
    }
    this.opened = true;
    this.#listen();
    this._render();
    this.editor.get('canvas').resized();
    this.#look();
    this.check.ask();
  }

  #unread({ warnings }) {
    if (warnings.length) this.tell(word('unread', { n: warnings.length, why: warnings[0].message.split('\n')[0] }));
  }

  async xml() {
    return (await this.editor.saveXML({ format: true })).xml;
  }

  /** Draw the views anew, once however often it is asked. */
  touch() {
    if (this._touched || !this.opened) return;
    this._touched = true;
    queueMicrotask(() => {
      this._touched = false;
      this._render();
    });
  }

  tell(text, action) {
    this.notices = [...this.notices, { text, action }];
    this.touch();
  }

  dismiss(notice) {
    this.notices = this.notices.filter((one) => one !== notice);
    this.touch();
  }

  #listen() {
    const events = this.editor.get('eventBus');
    events.on('commandStack.changed', ({ trigger }) => {
      if (trigger === 'clear') return; // another diagram was laid over the canvas
      this.saver.changed();
      this.check.later();
      this.touch();
    });
    events.on('selection.changed', ({ newSelection }) => {
      this.selected = newSelection.map((one) => (isLabel(one) ? one.labelTarget : one));
      this.touch();
    });
  }

  #checked() {
    if (!this.editor.getDefinitions()) return;
    mark(this.editor, this.check.here);
    this.touch();
  }

  // ------------------------------------------------------------------------- looking

  get root() {
    const root = this.editor.get('canvas').getRootElement();
    return is(root, 'bpmn:Collaboration') ? this.editor.get('elementRegistry').find((one) => is(one, 'bpmn:Participant')) ?? root : root;
  }

  select(element) {
    this.editor.get('selection').select(element);
    if (this.view === 'diagram') this.editor.get('canvas').scrollToElement(element, { top: 80, right: 170, bottom: 120, left: 120 });
  }

  show(element) {
    this.select(element);
    if (this.view === 'table') this.focusTable = true;
    this.touch();
  }

  setView(view) {
    this.view = view;
    this.focusTable = view === 'table';
    this._render();
    if (view === 'diagram') this.#cameBack();
  }

  // What happened while the canvas was hidden is shown where it belongs.
  #cameBack() {
    this.editor.get('canvas').resized();
    const [element] = this.selected;
    if (!element) return;
    this.select(element);
    this.editor.get('contextPad').open(element, true);
  }

  /** The whole drawing, right of the palette. */
  fit() {
    const canvas = this.editor.get('canvas');
    const { inner, outer } = canvas.viewbox();
    const free = { width: outer.width - PALETTE_WIDTH - EDGE, height: outer.height - 2 * EDGE };
    const scale = Math.min(1, free.width / inner.width, free.height / inner.height);
    const left = (PALETTE_WIDTH + (free.width - inner.width * scale) / 2) / scale;
    canvas.viewbox({
      x: inner.x - left, y: inner.y + inner.height / 2 - outer.height / scale / 2, width: outer.width / scale, height: outer.height / scale,
    });
  }

  // A large drawing is opened at its beginning, in a size that can be read.
  #look() {
    this.fit();
    const canvas = this.editor.get('canvas');
    if (canvas.zoom() >= LEGIBLE) return;
    const { inner, outer } = canvas.viewbox();
    const start = this.editor.get('elementRegistry').find((one) => is(one, 'bpmn:StartEvent') && !is(one.parent, 'bpmn:SubProcess')) ?? inner;
    const [width, height] = [outer.width / LEGIBLE, outer.height / LEGIBLE];
    canvas.viewbox({ x: inner.x - PALETTE_WIDTH / LEGIBLE, y: start.y - height / 2, width, height });
  }

  /** Along the flow, to the next (1) or the previous (-1) element. */
  walk(by) {
    const [here] = this.selected;
    if (!here) return;
    const next = here.waypoints ? (by > 0 ? here.target : here.source)
      : (by > 0 ? here.outgoing?.[0]?.target : here.incoming?.[0]?.source ?? here.host);
    if (next) this.select(next);
  }

  toPanel() {
    document.querySelector('[data-region="panel"] :is(input, select, textarea)')?.focus();
  }

  openHelp(on) {
    this.helping = on;
    this.touch();
  }

  foldFindings() {
    this.findingsOpen = !this.findingsOpen;
    this.touch();
  }

  play(run) {
    const steps = stepsOf(this.editor, run);
    if (!steps.length) return;
    this.playing = { steps, at: 0 };
    this.playTo(0);
  }

  playTo(at) {
    const { steps } = this.playing;
    if (at < 0 || at >= steps.length) return;
    this.playing = { steps, at };
    this.#clearRun();
    const canvas = this.editor.get('canvas');
    steps.slice(0, at + 1).forEach(({ shape }, index) => shape && canvas.addMarker(shape, index === at ? 'is-run-here' : 'is-run'));
    if (steps[at].shape) this.select(steps[at].shape);
    this.touch();
  }

  endPlay() {
    this.playing = null;
    this.#clearRun();
    this.touch();
  }

  #clearRun() {
    const canvas = this.editor.get('canvas');
    this.editor.get('elementRegistry').forEach((one) => RUN_MARKS.forEach((name) => canvas.removeMarker(one, name)));
  }

  // ------------------------------------------------------------------------- changing

  together(run) {
    this.editor.get('commandStack').execute('together', { run });
  }

  kindsFor(element) {
    return this.editor.get('replaceMenuProvider').getPopupMenuEntries(element);
  }

  turnInto(element, name) {
    const turned = this.kindsFor(element)[name]?.action();
    if (turned) this.select(turned);
  }

  targetsFor(node) {
    const rules = this.editor.get('rules');
    const reached = new Set(node.outgoing.map((flow) => flow.target));
    return this.editor.get('elementRegistry').filter((one) => isNode(one) && one !== node && !reached.has(one)
      && rules.allowed('connection.create', { source: node, target: one })?.type === 'bpmn:SequenceFlow');
  }

  connect(node, target) {
    this.editor.get('modeling').connect(node, this.#element(target));
  }

  reconnect(flow, target) {
    const element = this.#element(target);
    const docking = { x: element.x + element.width / 2, y: element.y + element.height / 2 };
    this.editor.get('modeling').reconnectEnd(flow, element, docking);
  }

  setDefault(choice, flow) {
    const standard = flow ? this.#element(flow) : undefined;
    this.together(() => {
      if (standard) this.write.condition(standard, '');
      this.write.set(choice, { default: standard && getBusinessObject(standard) });
    });
  }

  remove(elements, then) {
    this.editor.get('modeling').removeElements(elements);
    if (then) this.show(then);
  }

  moveLane(lane, by) {
    this.editor.get('laneOrder').move(lane, by);
  }

  openInsert(where) {
    this.inserting = where;
    this.touch();
  }

  insert(chosen, where, element) {
    const node = element && (element.waypoints ? element.source : element);
    const [here, lane] = node && isNode(node) ? [pair(this, node), lanePair(this, node)] : [{}, {}];
    const first = this.inserter.insert(chosen, where, element, here, lane);
    this.openInsert(null);
    this.show(first);
  }

  #element(id) {
    return this.editor.get('elementRegistry').get(id);
  }

  // ------------------------------------------------------------------------- starting again

  /** Lay *content* over the canvas as the office has it at *revision*. */
  async take({ content, revision }) {
    this.selected = [];
    this.#unread(await this.editor.importXML(content));
    this.fit();
    this.settle(revision, { mine: false });
  }

  /** Go on from *revision*, with what is drawn here (*mine*) or with what the office has. */
  settle(revision, choice) {
    this.overtaken = null;
    this.saver.settle(revision, choice);
    this.check.ask();
    this.touch();
  }
}

const time = (at) => new Date(at).toLocaleString();
