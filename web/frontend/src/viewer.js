// Shows a BPMN drawing read-only in every element that names one:
//
//   <div class="diagram" data-diagram-url="/petitions/…/diagram/petition.bpmn"
//        data-open="accept" data-done="register sort"></div>
//
// `data-never`, `data-once` and `data-often` name elements and flows by how often they were come through.
//
// Elements named in `data-open` wait to be done, those in `data-done` were walked through; they get the classes
// `is-open` and `is-done`. Whoever changes these attributes (or the address) afterwards and dispatches `diagram-move` on the
// element has the drawing follow, without reading it again. The element tells the page how it went: it gets the class `is-ready`, or `is-failed` and
// stays empty, and dispatches the event `diagram-ready` or `diagram-failed`.

import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';

import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './position.css';

const MOST_ZOOM = 1;
const LEAST_ZOOM = 0.6;
const REACHES = ['never', 'once', 'often'];
const MARKS = ['is-open', 'is-done', 'is-around', ...REACHES.map((reach) => `is-${reach}`)];

function words(text) {
  return (text ?? '').split(' ').filter(Boolean);
}

// Flows between two elements that were walked through count as walked, too.
function markPosition(viewer, element) {
  const canvas = viewer.get('canvas');
  const registry = viewer.get('elementRegistry');
  const open = words(element.dataset.open).filter((id) => registry.get(id));
  const done = words(element.dataset.done).filter((id) => registry.get(id));
  const walked = new Set([...open, ...done]);
  const encloses = (id) => registry.get(id).children?.some((one) => one.width && one.type !== 'label');
  done.forEach((id) => canvas.addMarker(id, encloses(id) ? 'is-around' : 'is-done'));
  open.forEach((id) => canvas.addMarker(id, encloses(id) ? 'is-around' : 'is-open'));
  registry.filter((one) => one.type === 'bpmn:SequenceFlow' && walked.has(one.source.id) && walked.has(one.target.id))
    .forEach((flow) => canvas.addMarker(flow.id, 'is-done'));
  REACHES.forEach((reach) => words(element.dataset[reach]).filter((id) => registry.get(id) && !encloses(id))
    .forEach((id) => canvas.addMarker(id, `is-${reach}`)));
  return open.filter((id) => !encloses(id));
}

function clearPosition(viewer) {
  const canvas = viewer.get('canvas');
  viewer.get('elementRegistry').forEach(({ id }) => MARKS.forEach((mark) => canvas.removeMarker(id, mark)));
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

// The whole drawing where it stays legible, else the place where the petition stands.
function look(viewer, open) {
  const canvas = viewer.get('canvas');
  const fitted = canvas.zoom('fit-viewport', 'auto');
  if (fitted > MOST_ZOOM) {
    canvas.zoom(MOST_ZOOM, 'auto');
  } else if (fitted < LEAST_ZOOM && open.length) {
    const { x, y, width, height } = viewer.get('elementRegistry').get(open[0]);
    const { outer } = canvas.viewbox();
    const seen = { width: outer.width / LEAST_ZOOM, height: outer.height / LEAST_ZOOM };
    canvas.viewbox({ x: x + width / 2 - seen.width / 2, y: y + height / 2 - seen.height / 2, ...seen });
  }
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

  async function place() {
    const address = element.dataset.diagramUrl;
    if (address === shown) {
      clearPosition(viewer);
      follow(viewer, markPosition(viewer, element));
      return;
    }
    await viewer.importXML(await drawing(address));
    shown = address;
    look(viewer, markPosition(viewer, element));
  }

  try {
    await place();
    // One after the other: who plays quickly must not see two drawings in one frame.
    let last = Promise.resolve();
    element.addEventListener('diagram-move', () => { last = last.then(place); });
    element.classList.add('is-ready');
    element.dispatchEvent(new CustomEvent('diagram-ready', { bubbles: true }));
  } catch (error) {
    viewer.destroy();
    element.classList.add('is-failed');
    element.dispatchEvent(new CustomEvent('diagram-failed', { bubbles: true, detail: error.message }));
  }
}

document.querySelectorAll('[data-diagram-url]').forEach(show);
