/**
 * An element with data-poll asks that address every data-poll-seconds (10). 204 leaves the page as it
 * is; any other answer takes the element's place and brings the next data-poll with it. For a growing
 * list, an empty element at its end is replaced by the new rows and a new element.
 */
import { ask } from "../lib/http.js";

const SLOWEST_SECONDS = 120;
const TICK_MS = 1000;
/** @type {WeakMap<Element, {due: number, failures: number, busy: boolean}>} */
const states = new WeakMap();

export function start() {
  setInterval(round, TICK_MS);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) for (const element of pollers()) stateOf(element).due = 0;
  });
}

function round() {
  if (document.hidden) return;
  for (const element of pollers()) {
    const state = stateOf(element);
    if (!state.busy && Date.now() >= state.due) refresh(element, state);
  }
}

/** @returns {HTMLElement[]} */
function pollers() {
  return [...document.querySelectorAll("[data-poll]")].filter((element) => element instanceof HTMLElement);
}

/** @param {HTMLElement} element */
function stateOf(element) {
  const known = states.get(element) ?? { due: Date.now() + waitMs(element, 0), failures: 0, busy: false };
  states.set(element, known);
  return known;
}

/**
 * @param {HTMLElement} element
 * @param {number} failures
 */
function waitMs(element, failures) {
  const seconds = Number(element.dataset.pollSeconds) || 10;
  return Math.min(seconds * 2 ** failures, SLOWEST_SECONDS) * 1000;
}

/**
 * @param {HTMLElement} element
 * @param {{due: number, failures: number, busy: boolean}} state
 */
async function refresh(element, state) {
  state.busy = true;
  try {
    const html = await ask(element.dataset.poll ?? "");
    state.failures = 0;
    // Someone who is reading with the keyboard here is not interrupted; the next round will do.
    if (html !== null && !element.contains(document.activeElement)) element.outerHTML = html;
  } catch {
    state.failures += 1;
  }
  state.busy = false;
  state.due = Date.now() + waitMs(element, state.failures);
}
