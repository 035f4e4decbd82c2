// SPDX-License-Identifier: Apache-2.0
// Links by what is known of them, the newest first, with the one that was chosen beside them.

import { call } from "./admin-calls.js";
import { say, word } from "./console-texts.js";
import { linkDetails } from "./link-details.js";
import { linkRow } from "./link-row.js";
import { button, choice, field, fill, line, make } from "./nodes.js";
import { notice, working } from "./notices.js";

const STATES = ["active", "paused", "expired", "revoked"];
/** What is asked for first; the rest stands behind a summary. */
const COMMON = ["cartId", "ownerId", "companyId", "businessUnitId"];
const RARE = ["linkId", "personId", "createdBy", "label"];

export function linkSearch() {
  const told = notice();
  const controls = Object.fromEntries([...COMMON, ...RARE].map((name) => [name, line({ maxlength: 200 })]));
  controls.status = choice([["", say("search.any")], ...STATES.map((state) => [state, word("status", state)])]);
  controls.keySlot = choice([["", say("search.any")], ...Array.from({ length: 8 }, (_, slot) => [slot, String(slot)])]);
  const part = (name) => field(say(`fact.${name}`), controls[name]);
  const more = make(
    "details", { class: "more" },
    make("summary", {}, say("search.more")),
    make("div", { class: "fields" }, [...RARE, "keySlot"].map(part)),
  );
  const form = make(
    "form", { class: "panel search", novalidate: true, onsubmit: (event) => { event.preventDefault(); find(); } },
    make("div", { class: "fields" }, [...COMMON, "status"].map(part)),
    more,
    make(
      "div", { class: "actions" },
      make("button", { class: "button" }, say("search.go")),
      button(say("search.clear"), () => { form.reset(); controls.cartId.focus(); }),
    ),
    told.node,
  );
  const heading = make("h2", { tabindex: -1 }, say("view.links"));
  const count = make("p", { class: "count", role: "status" });
  const list = make("ul", { class: "rows" });
  const next = button(say("search.next"), () => load(true));
  const results = make("section", { class: "results" }, count, list, next);
  const details = linkDetails({ onChange: replace, onClose: close });
  const pair = make("div", { class: "pair" }, results, details.node);
  next.hidden = true;
  let asked = {};
  let cursor = null;
  let before = null;

  async function find() {
    asked = Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, control.value.trim()]));
    await load(false);
  }

  async function load(goesOn) {
    await working(form, told, async () => {
      const page = await call("GET", "links", { query: { ...asked, cursor: goesOn ? cursor : null } });
      const rows = page.links.map(row);
      if (goesOn) list.append(...rows); else fill(list, rows);
      cursor = page.nextCursor ?? null;
      next.hidden = cursor === null;
      count.textContent = say(cursor === null ? "links.found" : "links.found-more", { n: list.children.length });
      if (goesOn) return rows[0]?.querySelector("button").focus();
      details.hide();
      pair.classList.remove("chosen");
    }, { waits: !goesOn });
  }

  function row(link) {
    return linkRow(link, () => choose(link, before?.why));
  }

  function choose(link, why) {
    for (const item of list.children) item.classList.toggle("chosen", item.dataset.link === link.id);
    pair.classList.add("chosen");
    details.show(link, why);
  }

  /** Shows the link that was shown in another language, and leaves the reader where they are. */
  function reopen(link) {
    const place = document.activeElement;
    before = link;
    list.querySelector(`[data-link="${link.id}"] .open`)?.click();
    before = null;
    place.focus();
  }

  function close(id) {
    pair.classList.remove("chosen");
    list.querySelector(`[data-link="${id}"] button`)?.focus();
  }

  /** Shows a link that was changed as it is now. */
  function replace(link) {
    const old = list.querySelector(`[data-link="${link.id}"]`);
    if (!old) return;
    const fresh = row(link);
    fresh.classList.toggle("chosen", old.classList.contains("chosen"));
    old.replaceWith(fresh);
  }

  return {
    node: make("section", { class: "view" }, heading, form, pair),
    shown: details.shown,
    /** Shows the view; with a search, nothing but what is named there is asked for. */
    async open(search = null, shown = null) {
      if (search) {
        form.reset();
        for (const [name, value] of Object.entries(search)) controls[name].value = value;
        more.open = Object.keys(search).some((name) => RARE.includes(name) || name === "keySlot");
        heading.focus();
      }
      if (search || count.textContent === "") await find();
      if (shown) reopen(shown);
      if (search?.linkId && list.children.length === 1) list.querySelector("button").click();
    },
  };
}
