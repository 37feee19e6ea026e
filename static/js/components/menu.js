/** Menus (details.menu): close on Escape, on a press outside, and when another one opens. */

export function start() {
  document.addEventListener("pointerdown", (event) => closeAll(/** @type {Node} */ (event.target)));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = openMenus().at(-1);
    if (!open) return;
    open.open = false;
    open.querySelector("summary")?.focus();
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  document.addEventListener("toggle", closeOthers, true);
}

/** @returns {HTMLDetailsElement[]} */
function openMenus() {
  return [...document.querySelectorAll("details.menu[open]")].filter((menu) => menu instanceof HTMLDetailsElement);
}

/** @param {Node} pressed */
function closeAll(pressed) {
  for (const menu of openMenus()) if (!menu.contains(pressed)) menu.open = false;
}

/** @param {Event} event */
function closeOthers(event) {
  const menu = event.target;
  if (menu instanceof HTMLDetailsElement && menu.open && menu.classList.contains("menu")) closeAll(menu);
}
