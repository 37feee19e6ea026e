/**
 * Single-letter shortcuts: an element with data-key acts when its letter is pressed outside text
 * boxes; data-focus names the field to go to. "?" opens the sheet (#keys). They can be turned off.
 */
import { isPlain, isShown, isWriting, shortcutsAllowed } from "../lib/fields.js";

export function start() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !isPlain(event)) return;
    if (event.key === "Escape") leaveField(event.target);
    else if (!isWriting(event.target) && shortcutsAllowed() && act(event.key)) event.preventDefault();
  });
}

/** @param {EventTarget | null} target */
function leaveField(target) {
  if (target instanceof HTMLElement && isWriting(target)) target.blur();
}

/**
 * @param {string} key
 * @returns {boolean} whether something answered
 */
function act(key) {
  const sheet = document.getElementById("keys");
  if (key === "?" && sheet) {
    sheet.togglePopover();
    return true;
  }
  if (document.querySelector("[popover]:popover-open")) return false;
  const found = [...document.querySelectorAll(`[data-key="${CSS.escape(key.toLowerCase())}"]`)].find(isShown);
  if (!(found instanceof HTMLElement)) return false;
  if (isWriting(found)) found.focus();
  else found.click();
  const next = found.dataset.focus && document.getElementById(found.dataset.focus);
  if (next) next.focus();
  else if (found.tagName === "SUMMARY") found.focus();
  return true;
}
