/** A details with data-load fetches what it holds when it is opened; a link stands there otherwise. */
import { ask } from "../lib/http.js";

export function start() {
  document.addEventListener(
    "toggle",
    (event) => {
      const part = event.target;
      if (!(part instanceof HTMLDetailsElement) || !part.open || !part.dataset.load) return;
      fill(part, part.dataset.load);
    },
    true,
  );
}

/**
 * @param {HTMLDetailsElement} part
 * @param {string} url
 */
async function fill(part, url) {
  const place = part.querySelector("[data-loaded]");
  if (!place) return;
  try {
    place.innerHTML = (await ask(url)) ?? "";
  } catch {
    // The link that stands there still leads to the page.
  }
}
