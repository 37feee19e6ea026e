/**
 * A form marked data-once is sent once: the pressed button rests until the answer is there.
 * After a few seconds, or when the page comes back from history, it can be pressed again;
 * the form's idempotency key keeps a second press from making a second entry.
 */
const REST_MS = 5000;

export function start() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !("once" in form.dataset)) return;
    if ("sending" in form.dataset) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "";
    const button = event.submitter;
    // Later, so that the button's own name and value are still sent.
    setTimeout(() => button?.setAttribute("aria-disabled", "true"));
    setTimeout(() => wake(form), REST_MS);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sending]")) wake(form);
  });
}

/** @param {Element} form */
function wake(form) {
  form.removeAttribute("data-sending");
  for (const button of form.querySelectorAll('button[aria-disabled="true"]')) button.removeAttribute("aria-disabled");
}
