// SPDX-License-Identifier: Apache-2.0
// A link in a list: what it is, whose, and how it stands.

import { say, word } from "./console-texts.js";
import { idButton } from "./id-button.js";
import { make } from "./nodes.js";
import { time } from "./times.js";

/** A state as a word, with a colour for those who see it. */
export function statusWord(status) {
  return make("span", { class: `status ${status}` }, word("status", status));
}

/** Whom a link is for: what tells one from another where it has no label. */
export function audienceWord(link) {
  return word("audience", link.within ? `within-${link.within}` : link.audience);
}

/** A row that opens its link's details. */
export function linkRow(link, onOpen) {
  return make(
    "li", { "data-link": link.id },
    make(
      "div", { class: "first" },
      statusWord(link.status),
      make("button", { type: "button", class: "open", onclick: onOpen }, make("bdi", {}, link.label ?? link.id)),
      make("span", { class: "soft" }, audienceWord(link)),
    ),
    make(
      "p", { class: "ids" },
      part("fact.cartId", idButton("cartId", link.cartId)),
      part("fact.ownerId", idButton("ownerId", link.ownerId)),
      part("fact.companyId", idButton("companyId", link.companyId)),
    ),
    make(
      "p", { class: "soft times" },
      make("span", {}, say("link.created"), " ", time(link.createdAt)), make("span", {}, say("link.until"), " ", time(link.expiresAt)),
    ),
  );
}

function part(name, id) {
  return id && make("span", {}, say(name), " ", id);
}
