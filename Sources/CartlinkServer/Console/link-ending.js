// SPDX-License-Identifier: Apache-2.0
// What an administrator may do to a link: hold it, let go of it, end it.

import { call } from "./admin-calls.js";
import { confirmation } from "./confirmation.js";
import { say, word } from "./console-texts.js";
import { button, field, fill, line, make } from "./nodes.js";
import { isFilled, working } from "./notices.js";

/** Who holds a link, in words. */
export function holders(names) {
  return names.map((name) => word("holder", name)).join(", ");
}

/** `changed` gets what to say of the link as it is then, and where the reader goes on. */
export function linkEnding(told, changed) {
  const reason = line({ maxlength: 500 });
  const hold = button("", () => act(setHold));
  const revoke = button(say("revoke.ask"), () => act(ask), "danger");
  const asking = make("div");
  const node = make(
    "form", { class: "ending", novalidate: true, onsubmit: (event) => event.preventDefault() },
    field(say("reason"), reason, say("reason.hint")),
    make("div", { class: "actions" }, hold, revoke),
    asking,
  );
  let link = null;
  const isOurs = () => (link.pausedBy ?? []).includes("admin");

  function act(work) {
    fill(asking);
    if (isFilled(reason, told, say("reason.missing"))) working(node, told, work);
  }

  async function setHold() {
    const lifts = isOurs();
    await call("POST", `links/${link.id}/${lifts ? "resume" : "pause"}`, { query: { reason: reason.value.trim() } });
    await changed((now) => {
      if (!lifts) return say("hold.set");
      return now?.pausedBy ? say("hold.lifted-but", { who: holders(now.pausedBy) }) : say("hold.lifted");
    }, () => hold);
  }

  /** Counts first what would end. */
  async function ask() {
    const body = { selector: { linkId: link.id }, reason: reason.value.trim(), dryRun: true };
    const { withdrawnGrants } = await call("POST", "revocations", { body });
    const box = confirmation({
      text: withdrawnGrants === 0 ? say("revoke.warning-alone") : say("revoke.warning", { n: withdrawnGrants }),
      yes: say("revoke.go"),
      no: say("revoke.keep"),
      onYes: () => working(node, told, end),
      onNo: () => { fill(asking); revoke.focus(); },
    });
    fill(asking, box.node);
    box.open();
  }

  async function end() {
    await call("DELETE", `links/${link.id}`, { query: { reason: reason.value.trim() } });
    await changed(() => say("revoke.done"), () => null);
  }

  return {
    node,
    show(shown) {
      if (link?.id !== shown.id) reason.value = "";
      link = shown;
      fill(asking);
      node.hidden = link.status === "revoked";
      hold.textContent = say(isOurs() ? "hold.lift" : "hold.ask");
    },
  };
}
