/** Questions about fields that several behaviours ask. */

const NOT_TEXT = new Set(["radio", "checkbox", "button", "submit", "reset", "range", "file"]);

/**
 * Is the person writing here, so that letters must stay letters?
 * @param {EventTarget | null} target
 */
export function isWriting(target) {
  if (target instanceof HTMLInputElement) return !NOT_TEXT.has(target.type);
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLElement && target.isContentEditable;
}

/** @param {Element} element */
export function isShown(element) {
  return element.checkVisibility();
}

/** May single letters act? People can turn them off. */
export function shortcutsAllowed() {
  return document.querySelector('[data-shortcuts="off"]') === null;
}

/** @param {KeyboardEvent} event */
export function isPlain(event) {
  return !(event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat);
}
