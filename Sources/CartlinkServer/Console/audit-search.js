// SPDX-License-Identifier: Apache-2.0
// Who did what: searched, and taken along as a file.

import { call } from "./admin-calls.js";
import { auditList } from "./audit-list.js";
import { say } from "./console-texts.js";
import { button, field, line, make } from "./nodes.js";
import { notice, working } from "./notices.js";
import { moment, momentControl } from "./times.js";

const PAGE = 1000;
/** More rows than this are for the command line. */
const MOST_PAGES = 100;

export function auditSearch() {
  const told = notice();
  const controls = { linkId: line(), cartId: line(), actor: line(), from: momentControl(), to: momentControl() };
  const list = auditList();
  const heading = make("h2", { tabindex: -1 }, say("view.audit"));
  const form = make(
    "form", { class: "panel search", novalidate: true, onsubmit: (event) => { event.preventDefault(); find(); } },
    make("div", { class: "fields" }, Object.entries(controls).map(([name, control]) => field(say(`fact.${name}`), control))),
    make(
      "div", { class: "actions" },
      make("button", { class: "button" }, say("search.go")),
      button(say("search.clear"), () => { form.reset(); controls.linkId.focus(); }),
      button(say("export.go"), () => working(form, told, save)),
    ),
    told.node,
  );
  let wasAsked = false;

  function query() {
    const { linkId, cartId, actor, from, to } = controls;
    return { linkId: linkId.value.trim(), cartId: cartId.value.trim(), actor: actor.value.trim(), from: moment(from), to: moment(to) };
  }

  function find() {
    wasAsked = true;
    return working(form, told, () => list.load(query()), { waits: true });
  }

  /** All rows that the fields name, the oldest first as the chain runs, fetched with the key: a link would have to carry it. */
  async function save() {
    const parts = [];
    let rows = 0;
    let cursor = null;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const text = await call("GET", "audit", { query: { ...query(), limit: PAGE, cursor }, accept: "application/x-ndjson" });
      const lines = text.trimEnd().split("\n").filter((part) => part !== "");
      parts.push(text);
      rows += lines.length;
      if (lines.length < PAGE) { cursor = null; break; }
      cursor = JSON.parse(lines.at(-1)).sequence;
    }
    const address = URL.createObjectURL(new Blob(parts, { type: "application/x-ndjson" }));
    make("a", { href: address, download: `cartlink-audit-${new Date().toISOString().slice(0, 10)}.ndjson` }).click();
    URL.revokeObjectURL(address);
    told.good(say(cursor === null ? "export.done" : "export.cut", { n: rows }));
  }

  return {
    node: make("section", { class: "view" }, heading, form, list.node),
    async open(search = null) {
      if (search) {
        form.reset();
        for (const [name, value] of Object.entries(search)) controls[name].value = value;
        heading.focus();
      }
      if (search || !wasAsked) await find();
    },
  };
}
