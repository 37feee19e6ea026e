/**
 * Scorecard by keyboard: 1 to 4 and 0 (not applicable) rate the category that holds the focus, else
 * the first one without a rating; Tab moves on by itself. Counts what is rated in [data-rated].
 */
import { isPlain, isWriting, shortcutsAllowed } from "../lib/fields.js";

export function start() {
  if (!document.querySelector("[data-rate]")) return;
  document.addEventListener("focusin", (event) => {
    const card = event.target instanceof Element && event.target.closest("[data-rate]");
    if (card) activate(card);
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !isPlain(event) || !/^[0-4]$/.test(event.key)) return;
    if (isWriting(event.target) || !shortcutsAllowed()) return;
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
