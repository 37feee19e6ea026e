/** A toast leaves after its seconds; it stays while the pointer or the focus is on it. */

export function start() {
  for (const place of document.querySelectorAll("[data-toast]")) if (place instanceof HTMLElement) watch(place);
}

/** @param {HTMLElement} place */
function watch(place) {
  let left = Number(place.dataset.toast) || 8;
  const timer = setInterval(() => {
    if (place.matches(":hover, :focus-within") || document.hidden) return;
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    place.remove();
  }, 1000);
}
