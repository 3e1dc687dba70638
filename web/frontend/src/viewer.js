// Shows a BPMN drawing read-only in every element that names one:
//
//   <div class="diagram" data-diagram-url="/petitions/…/diagram.bpmn"></div>
//
// The element tells the page how it went: it gets the class `is-ready`, or `is-failed` and stays empty,
// and dispatches the event `diagram-ready` or `diagram-failed`.

import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';

import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';

async function show(element) {
  const viewer = new NavigatedViewer({ container: element });

  try {
    const response = await fetch(element.dataset.diagramUrl, { credentials: 'same-origin' });
    if (!response.ok) {
      throw new Error(`the drawing could not be read: HTTP ${response.status}`);
    }
    await viewer.importXML(await response.text());
    viewer.get('canvas').zoom('fit-viewport', 'auto');
    element.classList.add('is-ready');
    element.dispatchEvent(new CustomEvent('diagram-ready', { bubbles: true }));
  } catch (error) {
    viewer.destroy();
    element.classList.add('is-failed');
    element.dispatchEvent(new CustomEvent('diagram-failed', { bubbles: true, detail: error.message }));
  }
}

document.querySelectorAll('[data-diagram-url]').forEach(show);
