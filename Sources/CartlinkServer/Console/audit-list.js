// SPDX-License-Identifier: Apache-2.0
// Rows of the audit, the newest first.

import { call } from "./admin-calls.js";
import { say, word } from "./console-texts.js";
import { actorButton, idButton } from "./id-button.js";
import { button, facts, fill, make } from "./nodes.js";
import { notice, working } from "./notices.js";
import { time } from "./times.js";

/** A list that grows page by page; `load` asks for other rows. About one link, rows needn't name it. */
export function auditList({ isOfOneLink = false } = {}) {
  const told = notice();
  const count = make("p", { class: "count", role: "status" });
  const list = make("ol", { class: "rows audit" });
  const next = button(say("search.next"), () => working(node, told, () => page(true)));
  const node = make("div", {}, count, list, next, told.node);
  let query = {};
  let cursor = null;
  next.hidden = true;

  async function page(goesOn) {
    const asked = query;
    const answer = await call("GET", "audit", { query: { ...query, order: "newest-first", limit: 50, cursor: goesOn ? cursor : null } });
    if (asked !== query) return;
    const rows = answer.entries.map((entry) => row(entry, isOfOneLink));
    if (goesOn) list.append(...rows); else fill(list, rows);
    cursor = answer.nextCursor ?? null;
    next.hidden = cursor === null;
    count.textContent = say(cursor === null ? "rows.found" : "rows.found-more", { n: list.children.length });
    // The button that was pressed may be gone now.
    if (goesOn) rows[0]?.querySelector("button")?.focus();
  }

  return {
    node,
    load(search) {
      query = search;
      return page(false);
    },
  };
}

function row(entry, isOfOneLink) {
  return make(
    "li", {},
    make("p", { class: "first" }, make("strong", {}, word("action", entry.action)), " ", time(entry.at)),
    facts([
      ["actor", actorButton(entry.actor)],
      ["reason", entry.reason && make("bdi", {}, entry.reason)],
      ["linkId", isOfOneLink ? null : idButton("linkId", entry.linkId)],
      ["cartId", isOfOneLink ? null : idButton("cartId", entry.cartId)],
      ["before", entry.before],
      ["after", entry.after],
    ], "facts small"),
  );
}
