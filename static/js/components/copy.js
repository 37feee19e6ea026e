/** A button with data-copy puts the text of the named field or element on the clipboard. */

export function start() {
  for (const button of document.querySelectorAll("button[data-copy]")) button.removeAttribute("hidden");
  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element && event.target.closest("button[data-copy]");
    if (!(button instanceof HTMLElement)) return;
    const source = document.getElementById(button.dataset.copy ?? "");
    if (!source) return;
    try {
      await navigator.clipboard.writeText(textOf(source));
      say(button, "Copied");
    } catch {
      if (source instanceof HTMLTextAreaElement || source instanceof HTMLInputElement) source.select();
      say(button, "Selected. Press Ctrl+C to copy.");
    }
  });
}

/** @param {HTMLElement} source */
function textOf(source) {
  const isField = source instanceof HTMLTextAreaElement || source instanceof HTMLInputElement;
  return isField ? source.value : (source.textContent ?? "").trim();
}

/**
 * Says the result beside the button, for everybody.
 * @param {HTMLElement} button
 * @param {string} words
 */
function say(button, words) {
  let place = button.nextElementSibling;
  if (!place?.matches("[data-copied]")) {
    place = document.createElement("span");
    place.className = "saved";
    place.setAttribute("role", "status");
    place.setAttribute("data-copied", "");
    button.after(place);
  }
  place.textContent = words;
}
