// Writes figures beside the elements of a drawing and shades the elements by them:
//
//   <div class="diagram" data-diagram-url="…"
//        data-figures='{"sort": {"text": "3 d", "level": 4, "late": 2, "said": "…", "to": "/audit/files?…"}}'></div>
//
// `level` is 0 to 4, and shades what encloses nothing; `late` counts what is overdue, and alone is red. A click leads to the files behind the figure.

const MOST_LEVEL = 4;
const LEGIBLE = { min: 0.85 }; // labels stay legible when the drawing is small

function label({ text, late, said, to }) {
  const link = document.createElement('a');
  link.className = 'figure';
  link.href = to;
  link.title = said;
  link.textContent = text;
  if (late) {
    const mark = document.createElement('b');
    mark.textContent = `■ ${late}`;
    link.append(' ', mark);
  }
  return link;
}

export function annotate(viewer, figures) {
  const canvas = viewer.get('canvas');
  const overlays = viewer.get('overlays');
  const registry = viewer.get('elementRegistry');
  for (const [id, figure] of Object.entries(figures)) {
    const element = registry.get(id);
    if (!element) continue;
    const encloses = element.children?.some((one) => one.width && one.type !== 'label');
    if (!encloses) canvas.addMarker(id, `is-level-${Math.min(figure.level, MOST_LEVEL)}`);
    overlays.add(id, { position: { bottom: encloses ? 30 : 6, left: encloses ? 4 : -4 }, scale: LEGIBLE, html: label(figure) });
  }
}
