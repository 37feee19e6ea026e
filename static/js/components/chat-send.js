/**
 * Sends chat messages without leaving the page. Each has a key of its own and waits in this tab until
 * the server has it, so that a lost connection costs no word and a second try makes no second message.
 */
import { merge } from "../lib/chat-merge.js";
import { boxOf, complain, giveBack, sendOnEnter, show } from "../lib/chat-lines.js";
import { drop, items, put } from "../lib/chat-outbox.js";
import { forget } from "../lib/copies.js";
import { token } from "../lib/http.js";

/** @typedef {import("../lib/chat-outbox.js").Item} Item */
const [AGAIN_MS, TIMEOUT_MS] = [3000, 15000];
let isSending = false;

export function start() {
  if (!document.getElementById("chats")) return;
  document.addEventListener("submit", take);
  document.addEventListener("keydown", sendOnEnter);
  window.addEventListener("online", sendAll);
  items().forEach(show);
  sendAll();
}

/** @param {SubmitEvent} event */
function take(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.chat) return;
  event.preventDefault();
  const kind = String(new FormData(form).get("kind") ?? "public");
  const box = boxOf(form, kind);
  const text = box?.value.trim();
  if (!box || !text) return;
  const item = { key: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, form: form.id, action: form.action, kind, text };
  put(item);
  box.value = "";
  box.focus();
  forget(form);
  complain(item, "");
  show(item);
  sendAll();
}

async function sendAll() {
  if (isSending) return;
  isSending = true;
  for (let item = items()[0]; item; item = items()[0]) {
    if (!(await send(item))) {
      setTimeout(sendAll, AGAIN_MS);
      break;
    }
  }
  isSending = false;
}

/**
 * @param {Item} item
 * @returns {Promise<boolean>} whether it is settled: the server has it, or will never take it
 */
async function send(item) {
  const body = new FormData();
  const isNote = item.kind === "note";
  body.set("kind", item.kind);
  body.set(isNote ? "note" : "reply", item.text);
  body.set("status", isNote ? "note" : "pending");
  body.set("idempotency_key", item.key);
  try {
    const headers = { "X-CSRFToken": token(), "X-Requested-With": "fetch" };
    const response = await fetch(item.action, { method: "POST", headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if ([401, 429].includes(response.status) || response.status >= 500 || response.url.includes("/sign-in")) return false;
    const answer = await response.text();
    document.getElementById(`pending-${item.key}`)?.remove();
    drop(item);
    if (response.ok) merge(answer);
    else giveBack(item, answer.startsWith("<") ? "Please load the page again." : answer);
    window.dispatchEvent(new Event("chat-sent"));
    return true;
  } catch {
    return false;
  }
}
