// SPDX-License-Identifier: Apache-2.0
// One link: all that the API tells of it, what can be taken away, and what happened to it.

import { call } from "./admin-calls.js";
import { auditList } from "./audit-list.js";
import { say, word } from "./console-texts.js";
import { actorButton, idButton } from "./id-button.js";
import { linkEnding } from "./link-ending.js";
import { button, facts, fill, make } from "./nodes.js";
import { notice, working } from "./notices.js";
import { statusWord } from "./status-word.js";
import { time } from "./times.js";

/** `onChange` hears of a link as it is after a change, `onClose` of the id of the one that was shown. */
export function linkDetails({ onChange, onClose }) {
  const told = notice();
  const heading = make("h3", { tabindex: -1 });
  const list = make("div");
  const ending = linkEnding(told, changed);
  const audit = auditList();
  const node = make(
    "section", { class: "panel details", hidden: true },
    button(say("link.close"), close),
    heading, told.node, list, ending.node,
    make("h4", {}, say("link.history")), audit.node,
  );
  let shown = null;

  function close() {
    node.hidden = true;
    onClose(shown.id);
  }

  function write(link) {
    shown = link;
    fill(heading, make("bdi", {}, link.label ?? say("link.unnamed")));
    fill(list, facts(factsOf(link)));
    ending.show(link);
    return audit.load({ linkId: link.id });
  }

  /** Reads the link anew after a change, and says what was done. */
  async function changed(text, focus) {
    const { links } = await call("GET", "links", { query: { linkId: shown.id } });
    if (links[0]) {
      onChange(links[0]);
      write(links[0]);
    }
    told.good(typeof text === "function" ? text(links[0]) : text);
    (focus() ?? heading).focus();
  }

  return {
    node,
    show(link) {
      told.clear();
      node.hidden = false;
      heading.focus();
      working(node, told, () => write(link));
    },
    hide() { node.hidden = true; },
  };
}

function factsOf(link) {
  const yes = (is) => say(is ? "yes" : "no");
  const { opens } = link;
  return [
    [say("fact.status"), [statusWord("status", link.status), link.pausedBy && ` ${say("link.paused-by", { who: holders(link) })}`]],
    [say("fact.linkId"), idButton("linkId", link.id)],
    [say("fact.cartId"), idButton("cartId", link.cartId)],
    [say("fact.ownerId"), idButton("ownerId", link.ownerId)],
    [say("fact.companyId"), idButton("companyId", link.companyId)],
    [say("fact.businessUnitId"), idButton("businessUnitId", link.businessUnitId)],
    [say("fact.audience"), word("audience", link.within ? `within-${link.within}` : link.audience)],
    [say("fact.personId"), idButton("personId", link.personId)],
    [say("fact.access"), word("access", link.access)],
    [say("fact.createdAt"), time(link.createdAt)],
    [say("fact.createdBy"), actorButton(link.createdBy)],
    [say("fact.expiresAt"), time(link.expiresAt)],
    [say("fact.revokedAt"), link.revokedAt && time(link.revokedAt)],
    [say("fact.accepts"), link.maxAccepts ? say("link.accepts-of", { accepts: link.accepts, most: link.maxAccepts }) : String(link.accepts)],
    [say("fact.opens"), say("link.opens", { people: opens.people, robots: opens.robots })],
    [say("fact.lastAt"), opens.lastAt ? time(opens.lastAt) : say("link.never")],
    [say("fact.showPrices"), yes(link.showPrices)],
    [say("fact.snapshot"), yes(link.snapshot)],
    [say("fact.allowTakeOver"), yes(link.allowTakeOver)],
    [say("fact.card"), word("card", link.card)],
    [say("fact.keySlot"), idButton("keySlot", link.keySlot)],
  ];
}

export function holders(link) {
  return (link.pausedBy ?? []).map((holder) => word("holder", holder)).join(", ");
}
