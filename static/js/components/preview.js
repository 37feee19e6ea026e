/**
 * A button with data-preview asks its formaction how the text will look and shows the answer in the
 * named place; pressed again it hides it.
 */
import { ask } from "../lib/http.js";

export function start() {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("button[data-preview]");
    if (!(button instanceof HTMLButtonElement) || !button.form) return;
    const place = document.getElementById(button.dataset.preview ?? "");
    if (!place) return;
    event.preventDefault();
    if (place.hidden) show(button, button.form, place);
    else hide(button, place);
  });
}

/**
 * @param {HTMLButtonElement} button
 * @param {HTMLFormElement} form
 * @param {HTMLElement} place
 */
async function show(button, form, place) {
  place.setAttribute("aria-busy", "true");
  try {
    place.innerHTML = (await ask(button.formAction, { body: new FormData(form) })) ?? "";
  } catch {
    place.textContent = "No preview just now. Your text is untouched; please try again.";
  }
  place.removeAttribute("aria-busy");
  place.hidden = false;
  button.setAttribute("aria-expanded", "true");
}

/**
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} place
 */
function hide(button, place) {
  place.hidden = true;
  place.textContent = "";
  button.setAttribute("aria-expanded", "false");
}
