/** Lines that are not yet sent, and texts that come back to their box. */

/** @typedef {import("./chat-outbox.js").Item} Item */

/** @param {Item} item */
export function show(item) {
  const lines = document.getElementById(item.form)?.closest(".chat")?.querySelector(".chat-lines");
  const line = document.createElement("div");
  line.className = `line is-pending ${item.kind === "note" ? "line-note" : "line-me"}`;
  line.id = `pending-${item.key}`;
  line.innerHTML = '<div class="bubble"></div><span class="bubble-time">Sending …</span>';
  line.firstElementChild?.append(item.text);
  lines?.append(line);
}

/**
 * @param {Item} item
 * @param {string} words
 */
export function giveBack(item, words) {
  const form = document.getElementById(item.form);
  const box = form instanceof HTMLFormElement ? boxOf(form, item.kind) : null;
  if (box) box.value = box.value.trim() ? `${item.text}\n\n${box.value}` : item.text;
  box?.dispatchEvent(new Event("input", { bubbles: true }));
  complain(item, words ? `Not sent. ${words}` : "");
}

/**
 * @param {Item} item
 * @param {string} words
 */
export function complain(item, words) {
  document.getElementById(item.form.replace("say-", "error-"))?.replaceChildren(words);
}

/**
 * @param {HTMLFormElement} form
 * @param {string} kind
 * @returns {HTMLTextAreaElement | null}
 */
export function boxOf(form, kind) {
  return form.querySelector(`textarea[name="${kind === "note" ? "note" : "reply"}"]`);
}

/**
 * Enter sends, Shift+Enter begins a new line; Enter that ends a syllable of an input method does neither.
 * @param {KeyboardEvent} event
 */
export function sendOnEnter(event) {
  const form = event.target instanceof HTMLTextAreaElement && event.target.closest("form[data-chat]");
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !(form instanceof HTMLFormElement)) return;
  event.preventDefault();
  form.requestSubmit();
}
