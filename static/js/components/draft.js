/**
 * Draft autosave: two seconds after the last keystroke the form goes to its data-draft-url. Public
 * reply and note stay two fields. When the server cannot be reached a copy stays in this tab.
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
  #form;

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.#form = form;
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
    const body = new FormData(this.#form);
    body.delete("idempotency_key");
    try {
      const words = await ask(this.#form.dataset.draftUrl ?? "", { body, signal: this.#running.signal, keepalive });
      forget(this.#form);
      this.#say(words?.trim() || `Draft saved ${new Date().toTimeString().slice(0, 5)}`);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      keep(this.#form);
      this.#say("Not saved yet. Your text is kept in this tab.");
      this.#later(RETRY_MS);
    }
  }

  /** @param {string} words */
  #say(words) {
    this.#form.querySelector(".saved")?.replaceChildren(words);
  }
}
