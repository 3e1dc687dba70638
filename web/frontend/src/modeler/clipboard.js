// What was copied lies in the browser's own store, so that it can be pasted into another diagram and another window.

const KEY = 'petition:clipboard';

// bpmn-js keeps moddle elements in the copy; they are written with their type and made again when read.
function revived(moddle) {
  return (key, value) => {
    if (!value || typeof value !== 'object' || Array.isArray(value) || typeof value.$type !== 'string') return value;
    const { $type, ...attributes } = value;
    const element = moddle.create($type, attributes);
    for (const inner of Object.values(attributes).flat()) {
      if (inner?.$type) inner.$parent = element;
    }
    return element;
  };
}

class SharedClipboard {
  constructor(moddle) {
    this._moddle = moddle;
  }

  get() {
    const text = localStorage.getItem(KEY);
    if (!text) return undefined;
    try {
      return JSON.parse(text, revived(this._moddle));
    } catch {
      return undefined;
    }
  }

  set(copied) {
    localStorage.setItem(KEY, JSON.stringify(copied));
  }

  clear() {
    const copied = this.get();
    localStorage.removeItem(KEY);
    return copied;
  }

  isEmpty() {
    return !localStorage.getItem(KEY);
  }
}
SharedClipboard.$inject = ['moddle'];

export default { clipboard: ['type', SharedClipboard] };
