/** Ctrl+Enter (or Cmd+Enter) in a form marked data-send-keys presses its visible main button. */
import { isShown } from "../lib/fields.js";

export function start() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const form = event.target instanceof Element && event.target.closest("form[data-send-keys]");
    if (!(form instanceof HTMLFormElement)) return;
    const main = [...form.elements].find(
      (field) => field instanceof HTMLButtonElement && field.type === "submit" && field.matches(".btn-primary") && isShown(field),
    );
    if (!main) return;
    event.preventDefault();
    form.requestSubmit(/** @type {HTMLButtonElement} */ (main));
  });
}
