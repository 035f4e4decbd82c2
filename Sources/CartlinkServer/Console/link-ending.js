// SPDX-License-Identifier: Apache-2.0
// What an administrator may do to a link: hold it, let go of it, end it.

import { Fault, call } from "./admin-calls.js";
import { confirmation } from "./confirmation.js";
import { say, word } from "./console-texts.js";
import { button, field, fill, line, make } from "./nodes.js";
import { explain, isFilled, working } from "./notices.js";

/** Who holds a link, in words. */
export function holders(names) {
  return names.map((name) => word("holder", name)).join(", ");
}

/** `changed` gets the link as it was, what to say of it as it is then, and where the reader goes on. */
export function linkEnding(told, changed) {
  const reason = line({ maxlength: 500 });
  const hold = button("", () => act(setHold));
  const revoke = button(say("revoke.ask"), () => act(ask), "danger");
  const asking = make("div");
  const node = make(
    "form", { class: "ending", novalidate: true, onsubmit: submit },
    field(say("reason"), reason, say("reason.hint")),
    make("div", { class: "actions" }, hold, revoke),
    asking,
  );
  let link = null;
  const isOurs = ({ pausedBy }) => (pausedBy ?? []).includes("admin");

  /** Enter in the reason asks, which changes nothing yet. */
  function submit(event) {
    event.preventDefault();
    act(ask);
  }

  function act(work) {
    fill(asking);
    start(work, link);
  }

  /** Does something to the link that was shown when it was asked for; another may be shown by now. */
  function start(work, asked) {
    if (!isFilled(reason, told, say("reason.missing"))) return;
    const why = reason.value.trim();
    working(node, told, () => work(asked, why).catch((fault) => {
      if (asked.id === link.id || !(fault instanceof Fault)) throw fault;
      told.bad(`${asked.label ?? asked.id}: ${explain(fault)}`);
    }));
  }

  async function setHold(asked, why) {
    const lifts = isOurs(asked);
    await call("POST", `links/${asked.id}/${lifts ? "resume" : "pause"}`, { query: { reason: why } });
    await changed(asked, (now) => {
      if (!lifts) return say("hold.set");
      return now?.pausedBy ? say("hold.lifted-but", { who: holders(now.pausedBy) }) : say("hold.lifted");
    }, () => hold);
  }

  /** Counts first what would end. */
  async function ask(asked, why) {
    const body = { selector: { linkId: asked.id }, reason: why, dryRun: true };
    const { withdrawnGrants } = await call("POST", "revocations", { body });
    if (asked.id !== link.id) return;
    const box = confirmation({
      text: withdrawnGrants === 0 ? say("revoke.warning-alone") : say("revoke.warning", { n: withdrawnGrants }),
      yes: say("revoke.go"),
      no: say("revoke.keep"),
      onYes: () => start(end, asked),
      onNo: () => { fill(asking); revoke.focus(); },
    });
    fill(asking, box.node);
    box.open();
  }

  async function end(asked, why) {
    await call("DELETE", `links/${asked.id}`, { query: { reason: why } });
    await changed(asked, () => say("revoke.done"), () => null);
  }

  return {
    node,
    why: () => reason.value,
    show(shown, why = "") {
      if (link?.id !== shown.id) reason.value = why;
      link = shown;
      fill(asking);
      node.hidden = link.status === "revoked";
      hold.textContent = say(isOurs(link) ? "hold.lift" : "hold.ask");
    },
  };
}
