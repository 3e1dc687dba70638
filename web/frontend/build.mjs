// Bundles one script and one style sheet for each kind of page into ../static/built: src/viewer.js (a drawing to look
// at), src/comparison.js (two of them), src/modeler/ (a drawing to change) and src/decision/ (a table to change); and the licences of all that went in, as
// THIRD-PARTY.txt. Called by `./dev`; `--watch` rebuilds on every change.

import { context, build } from 'esbuild';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '..', 'static', 'built');

const CELL = join(here, 'src', 'decision', 'plain-cell.js');
const options = {
  absWorkingDir: here,
  alias: { '@bpmn-io/feel-editor': CELL, '@codemirror/view': CELL },
  bundle: true,
  charset: 'utf8',
  entryPoints: { viewer: 'src/viewer.js', comparison: 'src/comparison.js', modeler: 'src/modeler/index.js', decision: 'src/decision/index.js' },
  format: 'iife',
  legalComments: 'none', // THIRD-PARTY.txt holds the whole licences
  loader: { '.woff': 'dataurl', '.woff2': 'dataurl', '.ttf': 'dataurl', '.eot': 'dataurl', '.svg': 'dataurl' },
  logLevel: 'warning',
  metafile: true,
  minify: true,
  outdir: target,
  target: ['chrome109', 'firefox115', 'safari16'],
};

/** The folders, sorted, of the packages a bundle was made of. */
function packagesIn(metafile) {
  const folders = Object.keys(metafile.inputs)
    .map((input) => input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1])
    .filter(Boolean);
  return [...new Set(folders)].sort();
}

/** A package's name, version and licence as a chapter of THIRD-PARTY.txt. */
function chapter(folder) {
  const about = JSON.parse(readFileSync(join(here, folder, 'package.json'), 'utf8'));
  const file = readdirSync(join(here, folder)).find((name) => /^licen[cs]e/i.test(name));
  const words = file
    ? readFileSync(join(here, folder, file), 'utf8').trim()
    : `(the package carries no licence file; its metadata says: ${about.license ?? 'nothing'})`;
  return `${about.name} ${about.version} (${about.license ?? 'see below'})\n\n${words}\n`;
}

// bpmn-js and dmn-js carry the fonts of their symbols without their licence files.
const FONT = 'bpmn-font and dmn-font, the symbols of the palettes, in bpmn-js and dmn-js (SIL Open Font License 1.1)\n\nhttps://openfontlicense.org\n';

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

if (process.argv.includes('--watch')) {
  await (await context({ ...options, logLevel: 'info' })).watch();
} else {
  const { metafile } = await build(options);
  writeFileSync(join(target, 'THIRD-PARTY.txt'), [...packagesIn(metafile).map(chapter), FONT].join(`\n${'-'.repeat(72)}\n\n`));
}
