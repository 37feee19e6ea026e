/**
 * Scorecard by keyboard: 1 to 4 and 0 (not applicable) rate the category that holds the focus, else
 * the first one without a rating; N goes to the next category. Counts what is rated in [data-rated].
 */
import { isPlain, isWriting, shortcutsAllowed } from "../lib/fields.js";

export function start() {
  if (!document.querySelector("[data-rate]")) return;
  document.addEventListener("focusin", (event) => {
    const card = event.target instanceof Element && event.target.closest("[data-rate]");
    if (card) activate(card);
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !isPlain(event) || !/^[0-4n]$/i.test(event.key)) return;
    if (isWriting(event.target) || !shortcutsAllowed()) return;
    if (event.key.toLowerCase() === "n") {
      moveOn();
      event.preventDefault();
      return;
    }
    const value = event.key === "0" ? "na" : event.key;
    const level = current()?.querySelector(`input[type="radio"][value="${value}"]`);
    if (!(level instanceof HTMLInputElement)) return;
    event.preventDefault();
    level.click();
    level.focus();
  });
  document.addEventListener("change", count);
  count();
  const first = current();
  if (first) activate(first);
}

/** @returns {Element[]} */
function cards() {
  return [...document.querySelectorAll("[data-rate]")];
}

/** @returns {Element | undefined} */
function current() {
  const focused = document.activeElement?.closest("[data-rate]");
  return focused ?? cards().find((card) => card.matches(".is-active")) ?? cards().find((card) => !isRated(card));
}

/** Go to the next category, from the last one to what is written about the whole. */
function moveOn() {
  const all = cards();
  const place = all.findIndex((card) => card === current());
  const next = all[place + 1];
  const level = next?.querySelector('input[type="radio"]:checked') ?? next?.querySelector('input[type="radio"]');
  const target = level ?? document.getElementById("f-comment");
  if (target instanceof HTMLElement) target.focus();
}

/** @param {Element} card */
function activate(card) {
  for (const other of cards()) other.classList.toggle("is-active", other === card);
}

/** @param {Element} card */
function isRated(card) {
  return card.querySelector('input[type="radio"]:checked') !== null;
}

function count() {
  const place = document.querySelector("[data-rated]");
  if (place) place.textContent = `${cards().filter(isRated).length} of ${cards().length} rated`;
}
