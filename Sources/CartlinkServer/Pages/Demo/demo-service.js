// SPDX-License-Identifier: Apache-2.0
// Calls to the service's own API, with the visitor's cookie.
import { text } from "./demo-texts.js";

/** What the service refused: the status and code of its problem (RFC 9457), and what that means here as the message. */
export class Refused extends Error {
  constructor(status, problem) {
    super(meaning(problem?.code));
    this.status = status;
    this.code = problem?.code;
  }
}

/** The title that comes with a problem is for programmers, and English. */
function meaning(code) {
  const key = `fault.${code}`;
  const said = text(key);
  return said === key ? text("fault") : said;
}

export async function call(method, path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      cache: "no-store",
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Error(text("unreachable"));
  }
  if (!answer.ok) throw new Refused(answer.status, await answer.json().catch(() => null));
  return answer.status === 204 ? null : answer.json();
}

export const cartPath = (cartId) => `/v1/carts/${encodeURIComponent(cartId)}`;
