// Keys of our own. They are heard on the canvas and in the table only; F6 and Ctrl-S anywhere on the page.

const REGIONS = ['tools', 'canvas', 'table', 'panel', 'findings'];
const TYPING = 'input, textarea, select, [contenteditable]';

function toNextRegion(root, back) {
  const regions = REGIONS.map((name) => root.querySelector(`[data-region="${name}"]`)).filter((one) => one && !one.inert);
  const here = regions.findIndex((one) => one.contains(document.activeElement));
  const region = regions.at((here + (back ? -1 : 1) + regions.length) % regions.length);
  const inner = { canvas: 'svg[tabindex]', table: 'tr[tabindex="0"]', panel: 'input, select, textarea', tools: 'button', findings: 'button' };
  (region.querySelector(inner[region.dataset.region]) ?? region).focus();
}

export function listenForKeys(root, bench) {
  window.addEventListener('keydown', (event) => {
    if (event.key === 'F6') {
      event.preventDefault();
      toNextRegion(root, event.shiftKey);
    } else if (event.key.toLowerCase() === 's' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      bench.saver.save();
    }
  });
  root.addEventListener('keydown', (event) => {
    const inside = event.target.closest('[data-region="canvas"], [data-region="table"]');
    if (!inside || event.target.closest(TYPING) || event.defaultPrevented) return;
    const act = actFor(event, bench);
    if (act) {
      event.preventDefault();
      act();
    }
  });
  root.querySelector('[data-region="canvas"]').addEventListener('keydown', (event) => {
    if (event.altKey && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
      event.preventDefault();
      event.stopPropagation();
      bench.walk(event.key === 'ArrowRight' ? 1 : -1);
    }
  }, { capture: true });
}

function actFor(event, bench) {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const control = (event.ctrlKey || event.metaKey) && !event.altKey;
  const inTable = event.target.closest('[data-region="table"]');
  const stack = bench.editor.get('commandStack');
  const key = event.key.toLowerCase();
  if (plain && key === '?') return () => bench.openHelp(true);
  if (plain && key === 'n') return () => bench.openInsert('after');
  if (plain && key === 't') return () => bench.setView(bench.view === 'table' ? 'diagram' : 'table');
  if (control && inTable && key === 'z') return () => (event.shiftKey ? stack.redo() : stack.undo());
  if (control && inTable && key === 'y') return () => stack.redo();
  return null;
}
