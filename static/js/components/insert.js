/**
 * A button with data-insert puts its text where the cursor is: into the box named by data-into, or the
 * one that is shown in its form. So a macro never moves words between a note and a public reply.
 */
import { isShown } from "../lib/fields.js";

export function start() {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-insert]");
    if (!(button instanceof HTMLElement)) return;
    const box = boxFor(button);
    if (!box) return;
    event.preventDefault();
    put(box, button.dataset.insert ?? "");
    sendAs(button);
    button.closest("details.menu")?.removeAttribute("open");
  });
}

/** @param {HTMLElement} button */
function boxFor(button) {
  const named = button.dataset.into && document.getElementById(button.dataset.into);
  if (named instanceof HTMLTextAreaElement) return named;
  const place = button.closest("form") ?? document.querySelector("form.composer");
  const boxes = [...(place?.querySelectorAll("textarea") ?? [])];
  return boxes.find(isShown);
}

/**
 * A macro that is meant to be sent with another status puts that one on the main button.
 * @param {HTMLElement} button
 */
function sendAs(button) {
  const form = button.closest("form");
  const wanted = button.dataset.sendAs;
  const main = form?.querySelector(".btn-split > button[name=status]");
  const way = wanted && form?.querySelector(`.btn-split .menu-list button[value="${CSS.escape(wanted)}"] .status`);
  if (!(main instanceof HTMLButtonElement) || !way) return;
  main.value = wanted;
  main.textContent = `Send as ${way.textContent}`;
}

/**
 * @param {HTMLTextAreaElement} box
 * @param {string} words
 */
function put(box, words) {
  const before = box.value.slice(0, box.selectionStart);
  const space = before === "" || /\s$/.test(before) ? "" : "\n\n";
  box.focus();
  // execCommand keeps the browser's undo; where it is gone the text is set directly.
  if (!document.execCommand("insertText", false, space + words)) {
    box.setRangeText(space + words, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
