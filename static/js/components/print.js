/** A button with data-print opens the browser's print dialog; without script it stays hidden. */

export function start() {
  for (const button of document.querySelectorAll("button[data-print]")) button.removeAttribute("hidden");
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("button[data-print]")) window.print();
  });
}
