// Opens the modeler in the element that names its places:
//
//   <div class="modeler" data-draft="…" data-path="routing.bpmn" data-title="…" data-token="…" data-files="/designers/drafts/…/files/"
//        data-copies="…" data-check="…" data-vocabulary="…" data-handbook="…" data-plain="…"></div>
//
// The element gets the class `is-ready` (or `is-failed`), and as properties `bench` and `editor`, by which the console
// and the tests reach what is open.

import { html, render } from '@bpmn-io/diagram-js-ui';

import { FindingsPanel, Panel, Sides, Table, Tools } from './app.js';
import { Bench } from './bench.js';
import { createEditor } from './editor.js';
import { listenForKeys } from './keys.js';
import { Server } from './server.js';
import { Vocabulary } from './vocabulary.js';
import { word } from './words.js';

import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-codes.css';
import 'diagram-js-minimap/assets/diagram-js-minimap.css';
import './modeler.css';

function part(root, name, label) {
  const element = document.createElement('div');
  element.className = `pm-${name}-place`;
  if (label) element.setAttribute('aria-label', label);
  root.append(element);
  return element;
}

async function open(root) {
  const { draft, path, title, token, files, copies, check, vocabulary: words, handbook, plain } = root.dataset;
  const server = new Server({ files, copies, check, vocabulary: words }, token);
  const [file, vocabulary] = await Promise.all([server.open(path), server.vocabulary()]);

  root.replaceChildren();
  const tools = part(root, 'tools');
  const canvas = part(root, 'canvas', word('canvas'));
  const table = part(root, 'table');
  const panel = part(root, 'panel');
  const findings = part(root, 'findings');
  const sides = part(root, 'sides');
  canvas.dataset.region = 'canvas';
  canvas.setAttribute('role', 'application');

  const bench = new Bench({
    editor: createEditor(canvas, new Vocabulary(vocabulary)),
    vocabulary: new Vocabulary(vocabulary),
    server,
    draft,
    path,
    render() {
      // Behind the table, never out of the page: names are measured where they are drawn.
      canvas.inert = bench.view !== 'diagram';
      // Dialogs first: one that closes gives the focus back, and the table may then want it for another row.
      render(html`<${Sides} bench=${bench} />`, sides);
      render(html`<${Tools} bench=${bench} />`, tools);
      render(bench.view === 'table' ? html`<${Table} bench=${bench} />` : null, table);
      render(html`<${Panel} bench=${bench} />`, panel);
      render(html`<${FindingsPanel} bench=${bench} />`, findings);
    },
  });
  Object.assign(bench, { title, places: { handbook, plain } });
  Object.assign(root, { bench, editor: bench.editor });
  await bench.open(file);
  new ResizeObserver(() => bench.editor.get('canvas').resized()).observe(canvas);
  listenForKeys(root, bench);
  root.classList.add('is-ready');
}

for (const root of document.querySelectorAll('.modeler')) {
  open(root).catch((fault) => {
    root.classList.add('is-failed');
    const said = document.createElement('p');
    said.className = 'summary';
    said.setAttribute('role', 'alert');
    said.textContent = `${word('cannot_open', { why: fault.message })} ${word('as_text')}`;
    root.replaceChildren(said);
  });
}
