// SPDX-License-Identifier: Apache-2.0
// One link: all that the API tells of it, what can be taken away, and what happened to it.

import { call } from "./admin-calls.js";
import { auditList } from "./audit-list.js";
import { say, word } from "./console-texts.js";
import { actorButton, idButton } from "./id-button.js";
import { holders, linkEnding } from "./link-ending.js";
import { audienceWord, statusWord } from "./link-row.js";
import { button, facts, fill, make } from "./nodes.js";
import { notice, working } from "./notices.js";
import { time } from "./times.js";

/** `onChange` hears of a link as it is after a change, `onClose` of the id of the one that was shown. */
export function linkDetails({ onChange, onClose }) {
  const told = notice();
  const heading = make("h3", { tabindex: -1 });
  const list = make("div");
  const ending = linkEnding(told, changed);
  const audit = auditList({ isOfOneLink: true });
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

  function write(link, why) {
    shown = link;
    fill(heading, make("bdi", {}, link.label ?? say("link.unnamed")));
    fill(list, facts(factsOf(link)));
    ending.show(link, why);
    return audit.load({ linkId: link.id });
  }

  /** Reads the link anew after a change, and says what was done; one that isn't shown any more by its name. */
  async function changed(link, text, focus) {
    const { links } = await call("GET", "links", { query: { linkId: link.id } });
    if (links[0]) onChange(links[0]);
    if (link.id !== shown.id) return told.good(`${link.label ?? link.id}: ${text(links[0])}`);
    if (links[0]) write(links[0]);
    told.good(text(links[0]));
    (focus() ?? heading).focus();
  }

  return {
    node,
    show(link, why) {
      told.clear();
      node.hidden = false;
      heading.focus();
      working(node, told, () => write(link, why), { waits: true });
    },
    hide() { node.hidden = true; },
    shown: () => (node.hidden ? null : { id: shown.id, why: ending.why() }),
  };
}

function factsOf(link) {
  const yes = (is) => say(is ? "yes" : "no");
  const { opens } = link;
  return [
    ["status", [statusWord(link.status), link.pausedBy && ` ${say("link.paused-by", { who: holders(link.pausedBy) })}`]],
    ["linkId", idButton("linkId", link.id)],
    ["cartId", idButton("cartId", link.cartId)],
    ["ownerId", idButton("ownerId", link.ownerId)],
    ["companyId", idButton("companyId", link.companyId)],
    ["businessUnitId", idButton("businessUnitId", link.businessUnitId)],
    ["audience", audienceWord(link)],
    ["personId", idButton("personId", link.personId)],
    ["access", word("access", link.access)],
    ["createdAt", time(link.createdAt)],
    ["createdBy", actorButton(link.createdBy)],
    ["expiresAt", time(link.expiresAt)],
    ["revokedAt", link.revokedAt && time(link.revokedAt)],
    ["accepts", link.maxAccepts ? say("link.accepts-of", { accepts: link.accepts, most: link.maxAccepts }) : String(link.accepts)],
    ["opens", say("link.opens", { people: opens.people, robots: opens.robots })],
    ["lastAt", opens.lastAt ? time(opens.lastAt) : say("link.never")],
    ["showPrices", yes(link.showPrices)],
    ["snapshot", yes(link.snapshot)],
    ["allowTakeOver", yes(link.allowTakeOver)],
    ["card", word("card", link.card)],
    ["keySlot", idButton("keySlot", link.keySlot)],
  ];
}
