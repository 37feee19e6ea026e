/**
 * Draft autosave: two seconds after the last keystroke the boxes that changed here go to the form's
 * data-draft-url, so that an old page never overwrites what another one wrote. A box that somebody
 * emptied is named. When the server cannot be reached a copy stays in this tab.
 */
import { forget, keep } from "../lib/copies.js";
import { ask } from "../lib/http.js";

const PAUSE_MS = 2000;
const RETRY_MS = 10000;

export function start() {
  for (const form of document.querySelectorAll("form[data-draft-url]")) {
    if (form instanceof HTMLFormElement) watch(form);
  }
}

/**
 * Saves the drafts of a form that came later.
 * @param {HTMLFormElement} form
 */
export function watch(form) {
  new Draft(form);
}

class Draft {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #running = new AbortController();
  /** @type {Map<string, string>} what the server has of each box */
  #stored = new Map();
  #form;

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.#form = form;
    for (const box of form.querySelectorAll("textarea")) this.#stored.set(box.name, box.defaultValue);
    form.addEventListener("input", () => this.#later(PAUSE_MS));
    form.addEventListener("submit", () => this.#leave());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && this.#timer) this.#save(true);
    });
  }

  /** @param {number} pause */
  #later(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(false), pause);
  }

  /** The form itself is on its way: no older draft may arrive after it. */
  #leave() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running.abort();
    keep(this.#form);
  }

  /** @param {boolean} keepalive */
  async #save(keepalive) {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running.abort();
    this.#running = new AbortController();
    const body = this.#changed();
    try {
      const words = await ask(this.#form.dataset.draftUrl ?? "", { body, signal: this.#running.signal, keepalive });
      forget(this.#form);
      this.#note(body);
      this.#say(words?.trim() || `Draft saved ${new Date().toTimeString().slice(0, 5)}`);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      keep(this.#form);
      this.#say("Not saved yet. Your text is kept in this tab.");
      this.#later(RETRY_MS);
    }
  }

  /** @returns {FormData} the boxes that differ from what the server has, and which were emptied */
  #changed() {
    const body = new FormData();
    for (const box of this.#form.querySelectorAll("textarea")) {
      if (box.value === this.#stored.get(box.name)) continue;
      body.set(box.name, box.value);
      if (!box.value.trim()) body.append("emptied", box.name);
    }
    return body;
  }

  /** @param {FormData} body */
  #note(body) {
    for (const [name, value] of body) if (name !== "emptied") this.#stored.set(name, String(value));
  }

  /** @param {string} words */
  #say(words) {
    this.#form.querySelector(".saved")?.replaceChildren(words);
  }
}
