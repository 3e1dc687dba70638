// Opens a decision table as a grid in the element that names its places:
//
//   <div class="decision-canvas" data-draft="…" data-path="tables/measure.dmn" data-token="…" data-files="…" data-check="…"></div>
//
// dmn-js draws; saving and checking are the modeler's. The element gets the class `is-ready` (or `is-failed`), and the
// property `editor`, by which the tests reach what is open.

import EditingManager from 'dmn-js-shared/lib/base/EditingManager';
import DecisionTableEditor from 'dmn-js-decision-table/lib/Editor';
import { HIT_POLICIES } from 'dmn-js-decision-table/lib/features/hit-policy/HitPolicies';
import { is } from 'dmn-js-shared/lib/util/ModelUtil';

import { Check } from '../modeler/findings.js';
import { Saver } from '../modeler/saving.js';
import { Server } from '../modeler/server.js';
import { article, say, word } from '../modeler/words.js';
import translations from './translations.js';

import 'dmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn-codes.css';
import './decision.css';

/** dmn-js with its tables alone: no diagrams of requirements, no expressions. */
class TableEditor extends EditingManager {
  _getViewProviders() {
    return [{
      id: 'decisionTable',
      constructor: DecisionTableEditor,
      opens: (element) => is(element, 'dmn:Decision') && is(element.decisionLogic, 'dmn:DecisionTable'),
    }];
  }
}

const RUN_RIGHT = new Set(['UNIQUE', 'FIRST', 'ANY', 'PRIORITY']);

/** Offers the hit policies that run right here; another one stays in sight in a table that has it, and the check refuses it. */
function offerPolicies(content) {
  const present = /hitPolicy="([^"]*)"/.exec(content)?.[1];
  const offered = HIT_POLICIES.filter(({ value }) => RUN_RIGHT.has(value.hitPolicy) || value.hitPolicy === present);
  HIT_POLICIES.splice(0, HIT_POLICIES.length, ...offered);
}

function part(root, name, tag = 'div') {
  const element = document.createElement(tag);
  element.className = name;
  root.append(element);
  return element;
}

function button(text, act) {
  const made = Object.assign(document.createElement('button'), { type: 'button', className: 'small', textContent: text });
  made.addEventListener('click', act);
  return made;
}

function show(state, place) {
  place.dataset.state = state.state;
  place.textContent = word(state.state === 'saved' ? 'saved_at' : state.state, { why: state.why ?? '', at: state.at.toLocaleTimeString() });
}

function showFindings(check, verdict, list) {
  verdict.dataset.state = check.state;
  const refusals = check.findings.filter((one) => one.severity === 'refuse').length;
  verdict.textContent = check.state === 'checking' ? word('checking')
    : check.state === 'unknown' ? word('cannot_check', { why: check.why })
      : refusals ? `■ ${word('refusals', { n: refusals })}` : `● ${word('conforms')}`;
  list.replaceChildren(...check.findings.map((one) => {
    const line = document.createElement('li');
    line.textContent = `${one.severity === 'refuse' ? '■' : '▲'} ${one.clause ? `${article(one.clause)} ` : ''}${say(one.message)} · ${one.file}`;
    return line;
  }));
}

async function open(root) {
  const { draft, path, token, files, check: checks } = root.dataset;
  const server = new Server({ files, check: checks }, token);
  const file = await server.open(path);

  root.replaceChildren();
  const bar = part(root, 'decision-bar');
  const saved = part(bar, 'pm-saved', 'span');
  const verdict = part(bar, 'pm-verdict', 'span');
  saved.setAttribute('role', 'status');
  verdict.setAttribute('role', 'status');
  const told = part(root, 'decision-told');
  told.setAttribute('role', 'alert');
  const place = part(root, 'decision-place');
  const list = part(root, 'decision-findings', 'ul');

  const editor = new TableEditor({ container: place, decisionTable: { additionalModules: [translations] } });
  const read = async () => (await editor.saveXML({ format: true })).xml;
  const check = new Check({ server, path, read, onChange: () => showFindings(check, verdict, list) });
  const take = async ({ content }) => {
    offerPolicies(content);
    await editor.importXML(content);
    editor.getActiveViewer().on('commandStack.changed', () => {
      saver.changed();
      check.later();
    });
  };
  const saver = new Saver({
    server, key: draft, path, revision: file.revision, read,
    onState: (state) => show(state, saved),
    onOthers: () => {},
    onOvertaken: (save, revision) => told.replaceChildren(
      word('overtaken_by', { by: save.by, at: new Date(save.at).toLocaleString() }), ' ',
      button(word('overwrite'), () => { told.replaceChildren(); saver.settle(revision, { mine: true }); }), ' ',
      button(word('take_theirs'), async () => {
        const theirs = await server.open(path);
        await take(theirs);
        told.replaceChildren();
        saver.settle(theirs.revision, { mine: false });
        check.later();
      }),
    ),
  });
  await take(file);
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return;
    event.preventDefault();
    saver.save();
  });
  Object.assign(root, { editor, saver });
  await check.ask();
  root.classList.add('is-ready');
}

for (const root of document.querySelectorAll('.decision-canvas')) {
  open(root).catch((fault) => {
    root.classList.add('is-failed');
    const said = document.createElement('p');
    said.className = 'summary';
    said.setAttribute('role', 'alert');
    said.textContent = word('cannot_open', { why: fault.message });
    root.replaceChildren(said);
  });
}
