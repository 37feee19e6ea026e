/** Puts what is new in a call into the page without touching what somebody is writing. */

/** @param {string} html the whole #call as the server shows it now */
export function merge(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  const next = box.content.querySelector("#call");
  const here = document.getElementById("call");
  if (!(next instanceof HTMLElement) || !here) return;
  for (const name of ["data-token", "data-poll-seconds", "data-live"]) here.setAttribute(name, next.getAttribute(name) ?? "");
  for (const part of next.querySelectorAll("[data-part]")) {
    const known = document.getElementById(part.id);
    if (known && known.innerHTML !== part.innerHTML) known.innerHTML = part.innerHTML;
  }
  caption(next);
  foot(next);
}

/** The words alone change, so that a screen reader says them once. @param {HTMLElement} next */
function caption(next) {
  const [known, fresh] = [document.getElementById("caption"), next.querySelector("#caption")];
  if (!known || !(fresh instanceof HTMLElement) || known.dataset.turn === fresh.dataset.turn) return;
  document.getElementById("caption-who")?.replaceChildren(next.querySelector("#caption-who")?.textContent ?? "");
  known.replaceChildren(fresh.textContent ?? "");
  Object.assign(known.dataset, { turn: fresh.dataset.turn, isCustomer: fresh.dataset.isCustomer });
  window.dispatchEvent(new Event("caption"));
}

/** Words that were typed when the customer hung up stay in view: they are the draft of an email. @param {HTMLElement} next */
function foot(next) {
  const [known, fresh] = [document.getElementById("call-foot"), next.querySelector("#call-foot")];
  if (!known || !fresh || known.getAttribute("data-foot") === fresh.getAttribute("data-foot")) return;
  const box = known.querySelector("textarea");
  if (box?.value.trim()) known.append(...[...fresh.children].map((one) => one.cloneNode(true)));
  else known.replaceChildren(...[...fresh.children].map((one) => one.cloneNode(true)));
  known.setAttribute("data-foot", fresh.getAttribute("data-foot") ?? "");
}
