// A draft is saved by itself, a moment after each change. Until the server has it, a copy lies in the browser's store:
// what was drawn survives a lost connection, an ended session and a closed window.

import { Offline, Overtaken, SignedOut } from './server.js';

const KEEP_AFTER = 150;
const SAVE_AFTER = 1500;
const TRY_AGAIN_AFTER = 10_000;

export class Saver {
  /** *read* gives the diagram as XML; *onState* hears of {state, at?, why?}, *onOvertaken* of what others saved. */
  constructor({ server, key, path, revision, read, onState, onOvertaken, onOthers }) {
    Object.assign(this, { server, key: `petition:draft:${key}:${path}`, path, revision, read, onState, onOvertaken, onOthers });
    this.waiting = false;
    this.changes = 0;
    this.#state('saved');
    window.addEventListener('online', () => this.changes && this.save());
    window.addEventListener('pagehide', () => this.changes && this.keep());
  }

  /** The copy that a former visit left behind: {content, revision, at}, or null. */
  kept() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  forget() {
    localStorage.removeItem(this.key);
  }

  /** Something was changed. */
  changed() {
    this.changes += 1;
    if (this.overtaken) this.#state('overtaken');
    else this.#state('unsaved');
    clearTimeout(this._keeping);
    this._keeping = setTimeout(() => this.keep(), KEEP_AFTER);
    this.#later(SAVE_AFTER);
  }

  /** Lay a copy into the browser's store. */
  async keep() {
    const content = await this.read();
    try {
      localStorage.setItem(this.key, JSON.stringify({ content, revision: this.revision, at: new Date().toISOString() }));
    } catch {
      this.#state('refused', 'localStorage');
    }
    return content;
  }

  /** Send what there is now; *force* says to save over what others saved. */
  async save() {
    clearTimeout(this._saving);
    if (this.busy || this.overtaken || !this.changes) return;
    this.busy = true;
    const changes = this.changes;
    this.#state('saving');
    try {
      const content = await this.keep();
      this.revision = await this.server.save(this.path, content, this.revision);
      if (this.changes === changes) {
        this.changes = 0;
        this.forget();
        this.#state('saved');
      }
    } catch (fault) {
      this.#failed(fault);
    } finally {
      this.busy = false;
    }
    if (this.changes > changes) this.#later(SAVE_AFTER);
  }

  /** Go on from *revision*, with what is drawn now (*mine*) or with what the server has. */
  settle(revision, { mine }) {
    this.overtaken = null;
    this.revision = revision;
    if (mine) {
      this.changed();
      this.save();
    } else {
      this.changes = 0;
      this.forget();
      this.#state('saved');
    }
  }

  // Others may have saved other files; that is told, and nothing stands in the way.
  #failed(fault) {
    if (fault instanceof Overtaken) {
      const here = fault.since.find((save) => save.path === this.path);
      if (here) {
        this.overtaken = fault;
        this.#state('overtaken');
        this.onOvertaken(here, fault.revision);
      } else {
        this.onOthers(fault.since);
        this.revision = fault.revision;
        this.#later(0);
      }
    } else if (fault instanceof Offline) {
      this.#state('offline');
      this.#later(TRY_AGAIN_AFTER);
    } else if (fault instanceof SignedOut) {
      this.#state('signed_out');
      this.#later(TRY_AGAIN_AFTER);
    } else {
      this.#state('refused', fault.message);
    }
  }

  #later(after) {
    clearTimeout(this._saving);
    this._saving = setTimeout(() => this.save(), after);
  }

  #state(state, why) {
    this.state = { state, why, at: new Date() };
    this.onState(this.state);
  }
}
