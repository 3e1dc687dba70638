// The words that a drawing may use, as the office knows them (GET /designers/vocabulary.json).

import { inEnglish, say, word } from './words.js';

const FEW = 4;

export class Vocabulary {
  constructor(data) {
    Object.assign(this, data);
    for (const list of ['acts', 'limits', 'documents', 'roles', 'organs', 'stages', 'forms', 'tables', 'processes', 'facts']) {
      this[`_${list}`] = new Map(data[list].map((one) => [one.id, one]));
      data[list].filter((one) => one.alias).forEach((one) => this[`_${list}`].set(one.alias, one));
    }
  }

  /** What *id* is in *list*, or undefined. */
  find(list, id) {
    return this[`_${list}`].get(id);
  }

  /** The title of *id* in *list*; the bare id, marked as unknown, where there is none. */
  title(list, id) {
    if (!id) return '';
    const found = this.find(list, id);
    return found ? say(found.title) : word('unknown_value', { value: id });
  }

  /** The acts of these *kinds*. */
  actsOf(...kinds) {
    return this.acts.filter((act) => kinds.includes(act.kind));
  }

  /** A limit in a line: “T5 办结 · 60天 · 第三十四条”. */
  limitLine(id) {
    const limit = this.find('limits', id);
    if (!limit) return word('unknown_value', { value: id });
    return `${limit.id} ${say(limit.title)} · ${say(limit.length)} · ${say(limit.article)}`;
  }

  /** An internal limit as people say it: “3个工作日”. */
  limitWords(text) {
    const parts = internalLimit(text);
    if (!parts) return text ?? '';
    return `${parts.number}${inEnglish ? ' ' : ''}${word(parts.unit)}`;
  }

  /** Who may do *act*: “信访部门 经办员、……”; the first few where many may. */
  whoMay(act) {
    const all = act.by.map(({ organ, role }) => `${this.title('organs', organ)} ${this.title('roles', role)}`);
    return all.slice(0, FEW).join(inEnglish ? ', ' : '、') + (all.length > FEW ? ' ……' : '');
  }
}

/** Number and unit of an internal limit as drawings write it; null where it is none. */
export function internalLimit(text) {
  const match = /^([1-9]\d{0,2}) ?(days|working_days)$/.exec((text ?? '').trim());
  return match && { number: Number(match[1]), unit: match[2] };
}
