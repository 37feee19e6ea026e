/** Copies of unsent text in this tab, for when the server could not be reached. */

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTextAreaElement} box
 */
function key(form, box) {
  return `draft ${form.dataset.draftUrl} ${box.name}`;
}

/** @param {HTMLFormElement} form */
export function keep(form) {
  for (const box of form.querySelectorAll("textarea")) {
    if (box.value.trim()) sessionStorage.setItem(key(form, box), box.value);
  }
}

/** @param {HTMLFormElement} form */
export function forget(form) {
  for (const box of form.querySelectorAll("textarea")) sessionStorage.removeItem(key(form, box));
}

/**
 * Returns copies that the page does not show: neither in the boxes nor, because it was sent after all,
 * in the conversation.
 * @param {HTMLFormElement} form
 * @returns {[HTMLTextAreaElement, string][]}
 */
export function missing(form) {
  const shown = letters(document.querySelector("main")?.textContent ?? "");
  /** @type {[HTMLTextAreaElement, string][]} */
  const found = [];
  for (const box of form.querySelectorAll("textarea")) {
    const text = sessionStorage.getItem(key(form, box));
    if (text && !shown.includes(letters(text).slice(0, 150))) found.push([box, text]);
  }
  return found;
}

/**
 * Markup changes signs and spaces, not letters.
 * @param {string} text
 */
function letters(text) {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
