// Two versions of a drawing beside each other, with what differs marked on both:
//
//   <div class="comparison" data-before="…/handling.bpmn" data-after="…/handling.bpmn"> two elements .diagram </div>
//   <a data-element="consult" data-how="added">…</a>
//
// What the page tells in words is marked as it is told; what differs in the place alone is found by bpmn-js-differ.
// Following a word shows its element on both drawings. Both drawings move together.

import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { diff } from 'bpmn-js-differ';

import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './comparison.css';

const SHOWN_AT = 0.8;
const MARK = { added: 'is-added', removed: 'is-removed', changed: 'is-changed', moved: 'is-changed', renamed: 'is-changed' };

async function read(address) {
  const response = await fetch(address, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`the drawing could not be read: HTTP ${response.status}`);
  return response.text();
}

async function open(container, address) {
  const viewer = new NavigatedViewer({ container });
  await viewer.importXML(await read(address));
  viewer.get('canvas').zoom('fit-viewport', 'auto');
  return viewer;
}

function mark(viewers, id, name) {
  viewers.forEach((viewer) => {
    if (viewer.get('elementRegistry').get(id)) viewer.get('canvas').addMarker(id, name);
  });
}

function middle({ x, y, width, height, waypoints }) {
  const at = waypoints?.[Math.floor(waypoints.length / 2)];
  return at ?? { x: x + width / 2, y: y + height / 2 };
}

// Bring the element to the middle wherever there is one; the other drawing shows the same place of the paper.
function show(viewers, id) {
  const found = viewers.map((viewer) => viewer.get('elementRegistry').get(id)).find(Boolean);
  if (!found) return;
  viewers.forEach((viewer) => {
    const own = viewer.get('elementRegistry').get(id) ?? found;
    const canvas = viewer.get('canvas');
    const { outer } = canvas.viewbox();
    const [width, height] = [outer.width / SHOWN_AT, outer.height / SHOWN_AT];
    const { x, y } = middle(own);
    canvas.viewbox({ x: x - width / 2, y: y - height / 2, width, height });
    viewer.get('elementRegistry').forEach((one) => canvas.removeMarker(one, 'is-sought'));
    if (viewer.get('elementRegistry').get(id)) canvas.addMarker(id, 'is-sought');
  });
}

function moveTogether(viewers) {
  let following = false;
  viewers.forEach((viewer, place) => viewer.on('canvas.viewbox.changed', ({ viewbox }) => {
    if (following) return;
    following = true;
    const { x, y, width, height } = viewbox;
    viewers[1 - place].get('canvas').viewbox({ x, y, width, height });
    following = false;
  }));
}

async function compare(element) {
  const [left, right] = element.querySelectorAll('.diagram');
  try {
    const viewers = await Promise.all([open(left, element.dataset.before), open(right, element.dataset.after)]);
    const links = [...element.parentElement.querySelectorAll('[data-element]')];
    const moved = Object.keys(diff(viewers[0].getDefinitions(), viewers[1].getDefinitions())._layoutChanged);
    moved.forEach((id) => mark(viewers, id, 'is-elsewhere'));
    links.forEach(({ dataset }) => mark(viewers, dataset.element, MARK[dataset.how]));
    links.forEach((link) => link.addEventListener('click', () => show(viewers, link.dataset.element)));
    moveTogether(viewers);
    element.classList.add('is-ready');
  } catch (error) {
    element.classList.add('is-failed');
    element.dispatchEvent(new CustomEvent('diagram-failed', { bubbles: true, detail: error.message }));
  }
}

document.querySelectorAll('.comparison').forEach(compare);
