// Shows a BPMN drawing read-only in every element that names one:
//
//   <div class="diagram" data-diagram-url="/petitions/…/diagram/petition.bpmn"
//        data-open="accept" data-done="register sort"></div>
//
// A `[data-diagram-tools]` just before it holds the buttons that move it (templates/parts/diagram_tools.html).
// `data-never`, `data-once` and `data-often` name elements and flows by how often they were come through.
// With `data-figures` figures stand beside the elements (figures.js).
//
// Elements named in `data-open` wait to be done, those in `data-done` were walked through; they get the classes
// `is-open` and `is-done`. Whoever changes these attributes (or the address) afterwards and dispatches `diagram-move` on the
// element has the drawing follow, without reading it again. The element tells the page how it went: it gets the class `is-ready`, or `is-failed` and
// stays empty, and dispatches the event `diagram-ready` or `diagram-failed`.

import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';

import { annotate } from './figures.js';

import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './position.css';

const READABLE = 1; // the size at which the drawing's words are as large as it says
const STILL_READABLE = 0.8;
const LEAST_ZOOM = 0.1;
const MOST_ZOOM = 4;
const STEP = 1.25;
const PUSH = 80;
const REACHES = ['never', 'once', 'often'];

function words(text) {
  return (text ?? '').split(' ').filter(Boolean);
}

const marked = new WeakMap();

function mark(viewer, id, name) {
  viewer.get('canvas').addMarker(id, name);
  marked.get(viewer).push([id, name]);
}

// Flows between two elements that were walked through count as walked, too.
function markPosition(viewer, element) {
  clearPosition(viewer);
  const registry = viewer.get('elementRegistry');
  const open = words(element.dataset.open).filter((id) => registry.get(id));
  const done = words(element.dataset.done).filter((id) => registry.get(id));
  const walked = new Set([...open, ...done]);
  const encloses = (id) => registry.get(id).children?.some((one) => one.width && one.type !== 'label');
  done.forEach((id) => mark(viewer, id, encloses(id) ? 'is-around' : 'is-done'));
  open.forEach((id) => mark(viewer, id, encloses(id) ? 'is-around' : 'is-open'));
  registry.filter((one) => one.type === 'bpmn:SequenceFlow' && walked.has(one.source.id) && walked.has(one.target.id))
    .forEach((flow) => mark(viewer, flow.id, 'is-done'));
  REACHES.forEach((reach) => words(element.dataset[reach]).filter((id) => registry.get(id) && !encloses(id))
    .forEach((id) => mark(viewer, id, `is-${reach}`)));
  return open.filter((id) => !encloses(id));
}

function clearPosition(viewer) {
  const canvas = viewer.get('canvas');
  const registry = viewer.get('elementRegistry');
  (marked.get(viewer) ?? []).filter(([id]) => registry.get(id)).forEach(([id, name]) => canvas.removeMarker(id, name));
  marked.set(viewer, []);
}

// A step that cannot be seen is brought to the middle; what can be seen stays where it is.
function follow(viewer, open) {
  if (!open.length) return;
  const canvas = viewer.get('canvas');
  const box = canvas.viewbox();
  const { x, y, width, height } = viewer.get('elementRegistry').get(open[0]);
  const inside = x >= box.x && y >= box.y && x + width <= box.x + box.width && y + height <= box.y + box.height;
  if (!inside) {
    canvas.viewbox({ ...box, x: x + width / 2 - box.width / 2, y: y + height / 2 - box.height / 2 });
  }
}

// Where the petition stands: the first open step, else the last of what was walked through.
function place(viewer, element, open) {
  const registry = viewer.get('elementRegistry');
  const walked = words(element.dataset.done).map((id) => registry.get(id)).filter((one) => one?.width);
  return registry.get(open[0]) ?? walked.sort((one, other) => one.x - other.x).at(-1);
}

// *shape* in the middle, large enough to be read.
function lookAt(viewer, shape) {
  const canvas = viewer.get('canvas');
  const { outer } = canvas.viewbox();
  const seen = { width: outer.width / READABLE, height: outer.height / READABLE };
  canvas.viewbox({
    x: shape.x + shape.width / 2 - seen.width / 2, y: shape.y + shape.height / 2 - seen.height / 2, ...seen,
  });
}

// The whole drawing where it stays legible, else the place where the petition stands.
function look(viewer, shape) {
  const canvas = viewer.get('canvas');
  const fitted = canvas.zoom('fit-viewport', 'auto');
  if (fitted > READABLE) {
    canvas.zoom(READABLE, 'auto');
  } else if (fitted < STILL_READABLE && shape) {
    lookAt(viewer, shape);
  }
}

const KEYS = { '+': 'in', '=': 'in', '-': 'out', '0': 'fit', Home: 'here' };
const PUSHES = { ArrowLeft: [PUSH, 0], ArrowRight: [-PUSH, 0], ArrowUp: [0, PUSH], ArrowDown: [0, -PUSH] };

// The buttons above the drawing and the keys upon it. *here* tells where the petition stands just now.
function movable(viewer, element, here) {
  const canvas = viewer.get('canvas');
  const tools = element.previousElementSibling?.matches('[data-diagram-tools]') ? element.previousElementSibling : null;
  const zoom = (by) => canvas.zoom(Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, canvas.zoom() * by)), 'auto');
  const looks = {
    in: () => zoom(STEP),
    out: () => zoom(1 / STEP),
    fit: () => canvas.zoom('fit-viewport', 'auto'),
    here: () => here() && lookAt(viewer, here()),
  };
  element.tabIndex = 0;
  element.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (PUSHES[event.key]) {
      const [dx, dy] = PUSHES[event.key];
      canvas.scroll({ dx, dy });
    } else if (KEYS[event.key]) {
      looks[KEYS[event.key]]();
    } else {
      return;
    }
    event.preventDefault();
  });
  if (!tools) return;
  const scale = tools.querySelector('[data-scale]');
  const tell = () => { scale.textContent = `${Math.round(canvas.zoom() * 100)}%`; };
  viewer.on('canvas.viewbox.changed', tell);
  tools.addEventListener('click', ({ target }) => looks[target.dataset.look]?.());
  tools.querySelector('[data-look="here"]').hidden = !here();
  tools.hidden = false;
  tell();
}

const read = new Map();

// The drawing at an address is read once, however often it is shown.
function drawing(address) {
  if (!read.has(address)) {
    read.set(address, fetch(address, { credentials: 'same-origin' }).then((response) => {
      if (!response.ok) {
        throw new Error(`the drawing could not be read: HTTP ${response.status}`);
      }
      return response.text();
    }));
  }
  return read.get(address);
}

async function show(element) {
  const viewer = new NavigatedViewer({ container: element });
  let shown = null;
  let open = [];

  async function draw() {
    const address = element.dataset.diagramUrl;
    if (address === shown) {
      open = markPosition(viewer, element);
      follow(viewer, open);
      return;
    }
    marked.delete(viewer);
    await viewer.importXML(await drawing(address));
    shown = address;
    if (element.dataset.figures) annotate(viewer, JSON.parse(element.dataset.figures));
    open = markPosition(viewer, element);
    look(viewer, place(viewer, element, open));
  }

  try {
    await draw();
    // One after the other, and only the latest of those that wait: who plays quickly must neither see two drawings in one
    // frame nor wait for what has gone by.
    let last = Promise.resolve();
    let waiting = false;
    element.addEventListener('diagram-move', () => {
      if (waiting) return;
      waiting = true;
      last = last.then(() => { waiting = false; return draw(); });
    });
    movable(viewer, element, () => place(viewer, element, open));
    element.classList.add('is-ready');
    element.dispatchEvent(new CustomEvent('diagram-ready', { bubbles: true }));
  } catch (error) {
    viewer.destroy();
    element.classList.add('is-failed');
    element.dispatchEvent(new CustomEvent('diagram-failed', { bubbles: true, detail: error.message }));
  }
}

document.querySelectorAll('[data-diagram-url]').forEach(show);
