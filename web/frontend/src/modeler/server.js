// The only module that speaks with the office: files of a draft, the check, the vocabulary.

/** Another has saved since: who, what, when; `revision` is the present one. */
export class Overtaken extends Error {
  constructor({ message, revision, since }) {
    super(message);
    Object.assign(this, { revision, since });
  }
}

/** The server could not be reached. */
export class Offline extends Error {}

/** The session is over. */
export class SignedOut extends Error {}

/** The server says no, with a sentence. */
export class Refused extends Error {}

export class Server {
  /** *places*: addresses of the draft's `files` and `copies`, of `check` and `vocabulary`; *token* guards against foreign forms. */
  constructor(places, token) {
    this._places = places;
    this._token = token;
  }

  /** The file at *path*: {content, revision}. */
  async open(path) {
    const answer = await this.#ask(this._places.files + path);
    return { content: await answer.text(), revision: Number((answer.headers.get('ETag') ?? '0').replace(/\D/g, '')) };
  }

  /** Save *content*, made from *revision*; gives the new revision. */
  async save(path, content, revision) {
    const answer = await this.#ask(this._places.files + path, { method: 'PUT', body: { revision, content } });
    return (await answer.json()).revision;
  }

  /** What the check finds in the draft with *content* at *path*: {conforms, findings}. */
  async check(path, content) {
    return (await this.#ask(this._places.check, { method: 'POST', body: { [path]: content } })).json();
  }

  /** Put the draft with *content* at *path* into a draft of its own; gives its address. */
  async copy(path, content) {
    return (await (await this.#ask(this._places.copies, { method: 'POST', body: { path, content } })).json()).address;
  }

  async vocabulary() {
    return (await this.#ask(this._places.vocabulary)).json();
  }

  async #ask(address, { method = 'GET', body } = {}) {
    let answer;
    try {
      answer = await fetch(address, {
        method,
        credentials: 'same-origin',
        redirect: 'manual',
        headers: body && { 'Content-Type': 'application/json', 'X-CSRFToken': this._token },
        body: body && JSON.stringify(body),
      });
    } catch (fault) {
      throw new Offline(fault.message);
    }
    if (answer.type === 'opaqueredirect' || answer.status === 401) throw new SignedOut('signed out');
    if (answer.ok) return answer;
    const said = answer.headers.get('Content-Type')?.includes('json') ? await answer.json() : {};
    if (answer.status === 409 && said.since) throw new Overtaken(said);
    if (answer.status >= 502) throw new Offline(String(answer.status));
    throw new Refused(said.message ?? `HTTP ${answer.status}`);
  }
}
