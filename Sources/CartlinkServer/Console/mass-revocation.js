// SPDX-License-Identifier: Apache-2.0
// Many links at once: chosen, counted, and then ended, but never more than were counted.

import { call } from "./admin-calls.js";
import { confirmation } from "./confirmation.js";
import { say } from "./console-texts.js";
import { idButton } from "./id-button.js";
import { choice, field, fill, line, make } from "./nodes.js";
import { isFilled, notice, working } from "./notices.js";
import { moment, momentControl, time } from "./times.js";

const SELECTORS = [
  "cartId", "ownerId", "personId", "companyId", "businessUnitId", "label", "createdBy", "createdBefore", "createdAfter", "keySlot", "all",
];
const MOMENTS = ["createdBefore", "createdAfter"];

export function massRevocation() {
  const told = notice();
  const kind = choice(SELECTORS.map((name) => [name, say(`select.${name}`)]));
  const reason = line({ maxlength: 500 });
  const value = make("div");
  const asking = make("div");
  const form = make(
    "form", { class: "panel", novalidate: true, onsubmit: submit, oninput: reconsider },
    make("div", { class: "fields" }, field(say("select.title"), kind), value),
    field(say("reason"), reason, say("reason.hint")),
    make("div", { class: "actions" }, make("button", { class: "button" }, say("count.go"))),
    told.node,
    asking,
  );
  let control = null;
  /** A count that comes back after a change is of something else. */
  let changes = 0;
  let isEnding = false;

  kind.addEventListener("change", prepare);
  prepare();

  /** The control for the kind that was chosen; all links need none. */
  function prepare() {
    const name = kind.value;
    const hint = ["personId", "createdBy"].includes(name) ? say(`select.${name}.hint`) : null;
    control = MOMENTS.includes(name) ? momentControl() : line({ maxlength: 200, inputmode: name === "keySlot" ? "numeric" : null });
    fill(value, name === "all" ? null : field(say(`fact.${name}`), control, hint));
  }

  /** A count is for what was counted: whoever changes that counts again. */
  function reconsider(event) {
    if (asking.contains(event.target)) return;
    changes += 1;
    fill(asking);
  }

  /** What the API takes; null where it can't be. */
  function selector() {
    const name = kind.value;
    if (name === "all") return { all: true };
    if (MOMENTS.includes(name)) return { [name]: moment(control) };
    const text = control.value.trim();
    return { [name]: name === "keySlot" ? Number(text) : text };
  }

  function submit(event) {
    event.preventDefault();
    if (kind.value !== "all" && !isFilled(control, told, say("select.missing"))) return;
    if (!isFilled(reason, told, say("reason.missing"))) return;
    const order = { selector: selector(), reason: reason.value.trim() };
    const asked = changes;
    working(form, told, () => count(order, asked), { waits: !isEnding });
  }

  async function count(order, asked, lead = "") {
    const found = await call("POST", "revocations", { body: { ...order, dryRun: true } });
    if (asked !== changes) return;
    const { revoked, withdrawnGrants, sample } = found;
    if (revoked === 0 && withdrawnGrants === 0) {
      fill(asking);
      return told.good(say("count.nothing"));
    }
    const box = confirmation({
      text: [lead + say("count.would", parts(found)), " ", named(order.selector)],
      more: sample.length > 0 && [
        make("p", { class: "soft" }, say("count.sample")),
        make("ul", { class: "sample" }, sample.map((id) => make("li", {}, idButton("linkId", id)))),
      ],
      typed: order.selector.all ? say("confirm.word") : null,
      yes: say("count.end", parts(found)),
      no: say("count.keep"),
      onYes: () => working(form, told, () => end(order, asked, revoked)),
      onNo: () => { fill(asking); kind.focus(); },
    });
    fill(asking, box.node);
    box.open();
  }

  async function end(order, asked, expect) {
    isEnding = true;
    try {
      const done = await call("POST", "revocations", { body: { ...order, expect } });
      told.good(say("count.done", parts(done)));
      if (asked !== changes) return;
      fill(asking);
      reason.value = "";
      kind.focus();
    } catch (fault) {
      if (fault.code !== "count-differs") throw fault;
      await count(order, asked, `${say("count.differs")} `);
    } finally {
      isEnding = false;
    }
  }

  return {
    node: make("section", { class: "view" }, make("h2", { tabindex: -1 }, say("view.revoke")), make("p", { class: "lead" }, say("revoke.lead")), form),
    open() {},
  };
}

/** Which links a selector takes, in words. */
function named(selector) {
  const [[name, value]] = Object.entries(selector);
  const shown = MOMENTS.includes(name) ? time(value) : make("bdi", {}, String(value));
  return [say("select.title"), ": ", say(`select.${name}`), name !== "all" && [" ", shown], "."];
}

/** The two counts of a revocation, as they stand in sentences. */
function parts({ revoked, withdrawnGrants }) {
  return { links: say("links.count", { n: revoked }), grants: say("grants.count", { n: withdrawnGrants }) };
}
