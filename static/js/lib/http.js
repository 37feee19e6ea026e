/** Talking to the server: same origin, with the page's token, and a refusal is an error. */

/** What the server answered when it did not do what was asked. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} [words] what the server said, a page or a sentence
   */
  constructor(status, words = "") {
    super(`The server answered ${status}`);
    this.status = status;
    this.words = words;
  }
}

/**
 * Fetches a fragment; posts when there is a body.
 * @param {string} url
 * @param {{body?: FormData, signal?: AbortSignal, keepalive?: boolean}} [options]
 * @returns {Promise<string | null>} the text, or null when there is nothing new (204)
 */
export async function ask(url, { body, signal, keepalive } = {}) {
  const response = await fetch(url, {
    method: body ? "POST" : "GET",
    headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" },
    credentials: "same-origin",
    body,
    signal,
    keepalive,
  });
  // A redirect means that the session is over: the answer is the sign-in page.
  if (!response.ok || response.redirected) {
    throw new Refused(response.redirected ? 401 : response.status, await response.text());
  }
  return response.status === 204 ? null : response.text();
}

/** @returns {string} */
export function token() {
  const meta = document.querySelector('meta[name="csrf-token"]');
  return meta instanceof HTMLMetaElement ? meta.content : "";
}
