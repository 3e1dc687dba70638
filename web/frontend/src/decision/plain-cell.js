// Stands in for the expression editor that dmn-js brings along (build.mjs): cells of ours hold quoted values and nothing to
// complete or to colour, and that editor writes style sheets into the page, which no page of the office lets anybody do.

export default class PlainCell {
  constructor({ container, value, onChange, contentAttributes }) {
    const box = document.createElement('textarea');
    box.rows = 1;
    box.value = value;
    box.className = 'decision-cell';
    box.spellcheck = false;
    for (const [name, said] of Object.entries(contentAttributes)) if (said) box.setAttribute(name, said);
    box.addEventListener('input', () => onChange(box.value));
    container.append(box);
    this._box = box;
  }

  focus(at) {
    this._box.focus();
    if (at !== undefined) this._box.setSelectionRange(at, at);
  }

  setValue(value) { this._box.value = value; }

  setVariables() {}
}

/** What dmn-js asks of the same editor's drawing; a plain box needs none of it. */
export const EditorView = { lineWrapping: null };
