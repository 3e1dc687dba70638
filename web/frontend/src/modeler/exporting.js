// The drawing to take along: BPMN, SVG, PNG, and paper. Pictures carry the mark of bpmn.io, as its licence asks.

import { BPMNIO_IMG } from 'bpmn-js/lib/util/PoweredByUtil';

const SCALE = 2;
const MARK = { width: 53, height: 21 };

/** Hand *content* to the reader as a file called *name*. */
export function download(name, type, content) {
  const link = document.createElement('a');
  const address = URL.createObjectURL(new Blob([content], { type }));
  Object.assign(link, { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** The whole drawing as SVG, with the mark of bpmn.io below it at the right. */
export async function picture(editor) {
  const { svg } = await editor.saveSVG();
  const [left, top, width, height] = /viewBox="([^"]+)"/.exec(svg)[1].split(/[ ,]+/).map(Number);
  const wide = Math.max(width, MARK.width + 10);
  const tall = height + MARK.height + 10;
  const mark = BPMNIO_IMG.replace('<svg ', `<svg x="${left + wide - MARK.width - 5}" y="${top + height + 5}" color="#404040" `);
  return {
    width: wide,
    height: tall,
    svg: svg.replace(/(<svg[^>]*?) width="[^"]*" height="[^"]*" viewBox="[^"]*"/, `$1 width="${wide}" height="${tall}" viewBox="${left} ${top} ${wide} ${tall}"`)
      .replace(/<\/svg>\s*$/, `${mark}</svg>`),
  };
}

const inAddress = (svg) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

/** The picture as an image element that has been read. */
async function image(editor) {
  const { svg, width, height } = await picture(editor);
  const element = new Image(width, height);
  element.src = inAddress(svg);
  await element.decode();
  return element;
}

/** The picture as PNG, on white, in double size. */
export async function bitmap(editor) {
  const drawn = await image(editor);
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: drawn.width * SCALE, height: drawn.height * SCALE });
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(drawn, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => { canvas.toBlob(resolve, 'image/png'); });
}

/** Print the whole drawing on a page of its own; the browser also saves it as PDF. */
export async function print(editor, title) {
  const sheet = document.createElement('figure');
  sheet.className = 'pm-sheet';
  const caption = document.createElement('figcaption');
  caption.textContent = title;
  const drawn = await image(editor);
  drawn.alt = title;
  sheet.append(caption, drawn);
  document.body.append(sheet);
  document.body.classList.add('prints-sheet');
  window.addEventListener('afterprint', () => {
    sheet.remove();
    document.body.classList.remove('prints-sheet');
  }, { once: true });
  window.print();
}
