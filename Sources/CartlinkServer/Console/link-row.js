// SPDX-License-Identifier: Apache-2.0
// A link in a list: what it is, whose, and how it stands.

import { say } from "./console-texts.js";
import { idButton } from "./id-button.js";
import { make } from "./nodes.js";
import { statusWord } from "./status-word.js";
import { time } from "./times.js";

/** A row that opens its link's details. */
export function linkRow(link, onOpen) {
  return make(
    "li", { "data-link": link.id },
    make(
      "div", { class: "first" },
      statusWord("status", link.status),
      make("button", { type: "button", class: "open", onclick: onOpen }, make("bdi", {}, link.label ?? link.id)),
    ),
    make(
      "p", { class: "ids" },
      part("fact.cartId", idButton("cartId", link.cartId)),
      part("fact.ownerId", idButton("ownerId", link.ownerId)),
      part("fact.companyId", idButton("companyId", link.companyId)),
    ),
    make("p", { class: "soft" }, say("link.created"), " ", time(link.createdAt), " · ", say("link.until"), " ", time(link.expiresAt)),
  );
}

function part(name, id) {
  return id && make("span", {}, say(name), " ", id);
}
