/**
 * Keeps a call fresh: asks every few seconds whether anything was said (204: nothing), and lets the watch
 * run. Words are sent without leaving the page and stay in their box until the server has them.
 */
import { forget } from "../lib/copies.js";
import { merge } from "../lib/call-merge.js";
import { ask, token } from "../lib/http.js";
import { runWatches } from "./chats.js";

const [SLOWEST_SECONDS, TIMEOUT_MS] = [20, 10000];
const state = { due: 0, failures: 0, busy: false, key: "", words: "" };

export function start() {
  const call = document.getElementById("call");
  if (!call?.dataset.live) return;
  later(call);
  setInterval(() => {
    runWatches();
    if (call.dataset.live && !document.hidden && !state.busy && Date.now() >= state.due) look(call);
  }, 1000);
  for (const name of ["online", "focus"]) window.addEventListener(name, () => (state.due = 0));
  document.addEventListener("submit", say);
}

/** @param {HTMLElement} call */
async function look(call) {
  state.busy = true;
  try {
    const html = await ask(`${call.dataset.live}?seen=${call.dataset.token}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (html) merge(html);
    if (state.failures) complain("");
    state.failures = 0;
  } catch {
    state.failures += 1;
    complain("No connection. What you type stays here.");
  }
  state.busy = false;
  later(call);
}

/** @param {HTMLElement} call */
function later(call) {
  const seconds = (Number(call.dataset.pollSeconds) || 6) * 2 ** state.failures;
  state.due = Date.now() + Math.min(seconds, SLOWEST_SECONDS) * 1000;
}

/** @param {SubmitEvent} event */
async function say(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-call-words")) return;
  event.preventDefault();
  const box = form.querySelector("textarea");
  if (!box?.value.trim() || box.readOnly) return;
  if (state.words !== box.value) state.key = "";
  state.words = box.value;
  state.key ||= crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  const body = new FormData(form);
  body.set("idempotency_key", state.key);
  box.readOnly = true; // what is on its way stays as it was sent
  try {
    const headers = { "X-CSRFToken": token(), "X-Requested-With": "fetch" };
    const answer = await fetch(form.action, { method: "POST", headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await answer.text();
    if (answer.ok && !answer.url.includes("/sign-in")) heard(form, box, text);
    else refused(answer.status, text);
  } catch {
    complain("Not said: no connection. Your words stay here; please press “Say it” again.");
  }
  box.readOnly = false;
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTextAreaElement} box
 * @param {string} html
 */
function heard(form, box, html) {
  box.value = "";
  state.key = "";
  forget(form);
  complain("");
  merge(html);
  state.due = 0;
}

/**
 * @param {number} status
 * @param {string} words
 */
function refused(status, words) {
  if (status < 500) state.key = "";
  complain(words.startsWith("<") ? "Not said. Please load the page again; your words are kept." : `Not said. ${words}`);
}

/** @param {string} words */
function complain(words) {
  document.getElementById("words-error")?.replaceChildren(words);
}
