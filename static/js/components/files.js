/**
 * Files in a composer: chosen, dropped or pasted ones go up at once and stand beside the draft; the
 * text boxes are never touched. Without this file they go with the form.
 */
import { ask, Refused } from "../lib/http.js";

export function start() {
  for (const button of document.querySelectorAll("[data-attach]")) button.setAttribute("hidden", "");
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field instanceof HTMLInputElement && field.dataset.attachUrl) takeFrom(field);
  });
  document.addEventListener("paste", (event) => receive(event, event.clipboardData));
  document.addEventListener("drop", (event) => receive(event, event.dataTransfer));
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("button[data-detach]");
    if (button instanceof HTMLButtonElement && button.form) {
      event.preventDefault();
      send(button.form, button.formAction, [], button.closest("[data-files]")?.getAttribute("data-files") ?? "reply");
    }
  });
}

/** @param {HTMLInputElement} field */
function takeFrom(field) {
  if (field.form) send(field.form, field.dataset.attachUrl ?? "", [...(field.files ?? [])], openKind(field.form));
  field.value = "";
}

/**
 * @param {ClipboardEvent | DragEvent} event
 * @param {DataTransfer | null} brought
 */
function receive(event, brought) {
  const form = event.target instanceof Element && event.target.closest("form.composer");
  const field = form && form.querySelector("[data-attach-url]");
  const files = [...(brought?.files ?? [])];
  if (!(form instanceof HTMLFormElement) || !(field instanceof HTMLInputElement) || !files.length) return;
  event.preventDefault();
  send(form, field.dataset.attachUrl ?? "", files, openKind(form));
}

/** @param {HTMLFormElement} form */
function openKind(form) {
  return form.querySelector(".is-note:checked") ? "note" : "reply";
}

/**
 * @param {HTMLFormElement} form
 * @param {string} url
 * @param {File[]} files
 * @param {string} kind
 */
async function send(form, url, files, kind) {
  const said = form.querySelector("[data-files-said]");
  const body = new FormData();
  body.set("kind", kind === "note" ? "note" : "public");
  for (const file of files) body.append("files", file, file.name);
  said?.replaceChildren(files.length ? "Attaching…" : "");
  try {
    const list = await ask(url, { body });
    const place = form.querySelector(`[data-files="${kind}"]`);
    if (place) place.innerHTML = list ?? "";
    said?.replaceChildren(files.length ? "Attached" : "Taken away");
  } catch (error) {
    const words = error instanceof Refused && error.status === 422 ? error.words : "";
    const size = error instanceof Refused && error.status === 413 ? "That is too large: 4 MB a file at most." : "";
    said?.replaceChildren(words || size || "Not attached. Please try again; your text is untouched.");
  }
}
