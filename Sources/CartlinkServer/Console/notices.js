// SPDX-License-Identifier: Apache-2.0
// What the page says of what it did or couldn't do, beside the thing it did it to.

import { Fault } from "./admin-calls.js";
import { say } from "./console-texts.js";
import { make } from "./nodes.js";

/** A live region: it stands in the page while it is empty, since screen readers hear only what comes into it later. */
export function notice() {
  const node = make("p", { class: "notice", role: "status" });
  const tell = (text, kind) => {
    node.className = `notice ${kind}`;
    node.textContent = text;
  };
  return { node, good: (text) => tell(text, "good"), bad: (text) => tell(text, "bad"), clear: () => tell("", "") };
}

const underWay = new WeakMap();

/** Does one thing at a time in a place: what comes meanwhile is dropped, unless it `waits` for its turn. */
export async function working(place, notice, work, { waits = false } = {}) {
  const earlier = underWay.get(place);
  if (earlier && !waits) return;
  const turn = Promise.resolve(earlier).then(() => run(place, notice, work));
  underWay.set(place, turn);
  try {
    await turn;
  } finally {
    if (underWay.get(place) === turn) underWay.delete(place);
  }
}

/** Shows that something is under way, and tells what went wrong. */
async function run(place, notice, work) {
  place.setAttribute("aria-busy", "true");
  notice.clear();
  const slow = setTimeout(() => notice.good(say("working")), 400);
  try {
    await work();
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    clearTimeout(slow);
    notice.bad(explain(fault));
  } finally {
    clearTimeout(slow);
    if (notice.node.textContent === say("working")) notice.clear();
    place.removeAttribute("aria-busy");
  }
}

/** What happened and what to do now. */
export function explain(fault) {
  switch (fault.status) {
    case 0: return say("fault.offline");
    case 401: return say("fault.key");
    case 403: return say("fault.scope");
    case 404: return say(fault.code === "link-not-found" ? "fault.no-link" : "fault.not-found");
    case 410: return say("fault.gone");
    case 400:
    case 422: return say("fault.input", { fields: fault.fields.map((pointer) => pointer.split("/").at(-1)).join(", ") });
    case 429: return say("fault.too-many", { n: Number(fault.retryAfter ?? 60) });
    case 503: return say("fault.unavailable");
    default: return say("fault.other", { id: fault.requestId ?? "–" });
  }
}

/** Marks a control that must be filled in, and takes the reader there; answers whether it was filled. */
export function isFilled(control, notice, text) {
  const isEmpty = control.value.trim() === "";
  control.toggleAttribute("aria-invalid", false);
  if (!isEmpty) return true;
  control.setAttribute("aria-invalid", "true");
  notice.bad(text);
  control.focus();
  return false;
}
