/** Offers back what a form could not deliver: copies that neither the boxes nor the page show. */
import { forget, missing } from "../lib/copies.js";

export function start() {
  for (const form of document.querySelectorAll("form[data-draft-url]")) {
    if (!(form instanceof HTMLFormElement)) continue;
    const lost = missing(form);
    if (lost.length) offer(form, lost);
    else forget(form);
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {[HTMLTextAreaElement, string][]} lost
 */
function offer(form, lost) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm";
  button.textContent = "Bring back unsent text";
  button.addEventListener("click", () => {
    for (const [box, text] of lost) box.value = box.value.trim() ? `${box.value}\n\n${text}` : text;
    form.querySelector(".saved")?.replaceChildren("Brought back");
    lost[0]?.[0].dispatchEvent(new Event("input", { bubbles: true }));
  });
  form.querySelector(".saved")?.replaceChildren(button);
}
