// SPDX-License-Identifier: Apache-2.0
// Ids that can be clicked to look for more under them.

import { say } from "./console-texts.js";
import { make } from "./nodes.js";

/** Asks whoever shows the views for one of them: `links` or `audit`, filled in with a search. */
export function lookFor(node, view, search) {
  node.dispatchEvent(new CustomEvent("look-for", { bubbles: true, detail: { view, search } }));
}

/** An id that looks for links by it; null where there is none. */
export function idButton(name, value) {
  return searching("links", name, value, say("look-for.links"));
}

/** A name from the audit that looks for what else it did. */
export function actorButton(value) {
  return searching("audit", "actor", value, say("look-for.audit"));
}

function searching(view, name, value, title) {
  if (value === null || value === undefined) return null;
  const onclick = (event) => lookFor(event.currentTarget, view, { [name]: String(value) });
  return make("button", { type: "button", class: "id", title, onclick }, make("bdi", {}, String(value)));
}
