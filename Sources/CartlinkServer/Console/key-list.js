// SPDX-License-Identifier: Apache-2.0
// The link keys, to look at; ending one stays with the command line.

import { call } from "./admin-calls.js";
import { say, word } from "./console-texts.js";
import { idButton } from "./id-button.js";
import { facts, fill, make } from "./nodes.js";
import { notice, working } from "./notices.js";
import { duration, time } from "./times.js";

export function keyList() {
  const told = notice();
  const list = make("ul", { class: "rows" });
  const node = make(
    "section", { class: "view" },
    make("h2", { tabindex: -1 }, say("view.keys")), make("p", { class: "lead" }, say("keys.lead")), told.node, list,
  );

  return {
    node,
    open: () => working(node, told, async () => fill(list, (await call("GET", "keys")).keys.map(row))),
  };
}

function row(key) {
  return make(
    "li", {},
    facts([
      ["keySlot", idButton("keySlot", key.slot)],
      ["status", word("key", key.state)],
      ["liveLinks", key.liveLinks.toLocaleString()],
      ["age", duration(key.ageSeconds)],
      ["createdAt", time(key.createdAt)],
      ["fingerprint", make("code", {}, key.fingerprint)],
    ]),
  );
}
