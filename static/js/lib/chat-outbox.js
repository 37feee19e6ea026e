/** Chat messages on their way, kept in this tab until the server has them. */

const KEY = "chat outbox";

/** @typedef {{key: string, form: string, action: string, kind: string, text: string}} Item */

/** @returns {Item[]} */
export function items() {
  return JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
}

/** @param {Item} item */
export function put(item) {
  sessionStorage.setItem(KEY, JSON.stringify([...items(), item]));
}

/** @param {Item} item */
export function drop(item) {
  sessionStorage.setItem(KEY, JSON.stringify(items().filter((one) => one.key !== item.key)));
}
