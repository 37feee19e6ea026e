/**
 * Keeps the chats fresh: asks every few seconds whether anything changed (204: nothing), again at once
 * when the page or the connection comes back, and lets the watches run in between.
 */
import { markTab, merge } from "../lib/chat-merge.js";
import { ask, Refused } from "../lib/http.js";

const SLOWEST_SECONDS = 30;
const state = { due: 0, failures: 0, busy: false };

export function start() {
  const desk = document.getElementById("chats");
  if (!desk) return;
  state.due = Date.now() + seconds(desk) * 1000;
  setInterval(() => {
    runWatches();
    if (!document.hidden && !state.busy && Date.now() >= state.due) look(desk);
  }, 1000);
  for (const name of ["online", "focus", "chat-sent"]) window.addEventListener(name, soon);
  document.addEventListener("visibilitychange", soon);
  window.addEventListener("hashchange", markTab);
  markTab();
}

function soon() {
  state.due = 0;
  state.failures = 0;
}

/** @param {HTMLElement} desk */
async function look(desk) {
  state.busy = true;
  try {
    const seen = encodeURIComponent(desk.dataset.token ?? "");
    const html = await ask(`${desk.dataset.live}?seen=${seen}`, { signal: AbortSignal.timeout(8000) });
    if (html) merge(html);
    state.failures = 0;
    say("");
  } catch (error) {
    state.failures += 1;
    const isOut = error instanceof Refused && error.status === 401;
    say(isOut ? "You are signed out. Please sign in again: your text is kept." : "No connection. What you write is kept and sent later.");
  }
  state.busy = false;
  state.due = Date.now() + Math.min(seconds(desk) * 2 ** state.failures, SLOWEST_SECONDS) * 1000;
}

/** @param {HTMLElement} desk */
function seconds(desk) {
  return Number(desk.dataset.pollSeconds) || 10;
}

/** @param {string} words */
function say(words) {
  const place = document.getElementById("chat-net");
  if (place && place.textContent !== words) place.textContent = words;
}

/** Each watch counts on from what the server said, whatever this machine's clock shows. */
export function runWatches() {
  for (const watch of document.querySelectorAll("[data-watch]")) {
    if (!(watch instanceof HTMLElement)) continue;
    const begun = Number((watch.dataset.begun ??= String(performance.now())));
    const past = Number(watch.dataset.watch) + Math.floor((performance.now() - begun) / 1000);
    const [hours, minutes, rest] = [Math.floor(past / 3600), Math.floor(past / 60) % 60, past % 60];
    const tail = String(rest).padStart(2, "0");
    watch.textContent = hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
  }
}
