/** Puts fresh chats into the page without touching what somebody is writing. */
import { watch } from "../components/draft.js";

/** @param {string} html the whole #chats as the server shows it now */
export function merge(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  const next = box.content.querySelector("#chats");
  const here = document.getElementById("chats");
  if (!(next instanceof HTMLElement) || !here) return;
  for (const name of ["data-token", "data-poll-seconds", "data-count"]) here.setAttribute(name, next.getAttribute(name) ?? "");
  for (const section of next.querySelectorAll(":scope > section")) {
    const known = document.getElementById(section.id);
    if (known) freshen(known, section);
    else add(here, section);
  }
  for (const section of here.querySelectorAll(":scope > section")) {
    if (!next.querySelector(`#${CSS.escape(section.id)}`) && !hasText(section)) section.remove();
  }
  for (const part of next.querySelectorAll("[data-part]")) replace(part);
  markTab();
}

/** Shows which tab belongs to the chat in view. */
export function markTab() {
  const tabs = [...document.querySelectorAll("#chat-tabs a")];
  const current = tabs.find((tab) => tab.getAttribute("href") === location.hash) ?? tabs[0];
  for (const tab of tabs) tab.toggleAttribute("aria-current", false);
  current?.setAttribute("aria-current", "true");
}

/**
 * @param {Element} here
 * @param {Element} section
 */
function add(here, section) {
  here.append(section.cloneNode(true));
  const form = here.lastElementChild?.querySelector("form[data-draft-url]");
  if (form instanceof HTMLFormElement) watch(form);
}

/**
 * @param {Element} known
 * @param {Element} section
 */
function freshen(known, section) {
  const lines = known.querySelector(".chat-lines");
  for (const line of section.querySelectorAll(".chat-lines > *")) {
    const first = lines?.querySelector(".is-pending");
    if (!document.getElementById(line.id)) lines?.insertBefore(line.cloneNode(true), first ?? null);
  }
  const foot = known.querySelector("[data-foot]");
  const fresh = section.querySelector("[data-foot]");
  const changed = foot?.getAttribute("data-foot") !== fresh?.getAttribute("data-foot");
  if (foot && fresh && changed && !hasText(known)) foot.replaceWith(fresh.cloneNode(true));
}

/**
 * Somebody at a button there is not interrupted; the next round will do.
 * @param {Element} part
 */
function replace(part) {
  const known = document.getElementById(part.id);
  if (known && !known.contains(document.activeElement)) known.replaceWith(part.cloneNode(true));
}

/** @param {Element} section */
function hasText(section) {
  return section.querySelector(".is-pending") || [...section.querySelectorAll("textarea")].some((box) => box.value.trim());
}
