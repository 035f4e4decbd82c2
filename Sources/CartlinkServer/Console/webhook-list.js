// SPDX-License-Identifier: Apache-2.0
// The receivers of webhooks, how they are doing, and what never reached them.

import { call } from "./admin-calls.js";
import { say } from "./console-texts.js";
import { idButton } from "./id-button.js";
import { button, facts, fill, make } from "./nodes.js";
import { notice, working } from "./notices.js";
import { time } from "./times.js";

export function webhookList() {
  const told = notice();
  const receivers = make("ul", { class: "rows" });
  const letters = make("ul", { class: "rows" });
  const next = button(say("search.next"), () => working(node, told, () => page(true)));
  const dead = make("section", { hidden: true }, make("h3", { tabindex: -1 }, say("webhooks.dead")), letters, next);
  const node = make("section", { class: "view" }, make("h2", { tabindex: -1 }, say("view.webhooks")), told.node, receivers, dead);
  let cursor = null;

  async function load() {
    dead.hidden = true;
    const { webhooks } = await call("GET", "webhooks").catch((fault) => {
      if (fault.status !== 404) throw fault;
      return { webhooks: null };
    });
    fill(receivers, webhooks?.map(receiver));
    if (!webhooks?.length) return told.good(say(webhooks ? "webhooks.none" : "webhooks.unknown"));
    await page(false);
  }

  async function page(goesOn) {
    const answer = await call("GET", "webhooks/dead-letters", { query: { limit: 50, cursor: goesOn ? cursor : null } });
    const rows = answer.deadLetters.map(letter);
    if (goesOn) letters.append(...rows); else fill(letters, rows);
    if (goesOn) rows[0]?.querySelector("button").focus();
    cursor = answer.nextCursor ?? null;
    next.hidden = cursor === null;
    dead.hidden = letters.children.length === 0;
  }

  function letter(dead) {
    const again = button(say("webhooks.again"), () => working(item, told, send));
    const item = make(
      "li", {},
      facts([
        ["type", dead.type],
        ["webhook", dead.webhook],
        ["linkId", idButton("linkId", dead.linkId)],
        ["cartId", idButton("cartId", dead.cartId)],
        ["createdAt", time(dead.createdAt)],
        ["diedAt", time(dead.diedAt)],
        ["attempts", String(dead.attempts)],
        ["failure", dead.reason],
      ]),
      again,
    );

    async function send() {
      await call("POST", `webhooks/dead-letters/${encodeURIComponent(dead.id)}/retry`);
      const neighbour = item.nextElementSibling ?? item.previousElementSibling;
      item.remove();
      told.good(say("webhooks.sent"));
      (neighbour?.querySelector(":scope > button") ?? node.querySelector("h2")).focus();
    }
    return item;
  }

  return { node, open: () => working(node, told, load) };
}

function receiver(webhook) {
  const { lastFailure } = webhook;
  return make(
    "li", {},
    make("h3", {}, make("bdi", {}, webhook.id)),
    facts([
      ["host", webhook.host],
      ["events", webhook.events.join(", ")],
      ["waiting", String(webhook.waiting)],
      ["oldestWaitingAt", webhook.oldestWaitingAt && time(webhook.oldestWaitingAt)],
      ["deadLetters", String(webhook.deadLetters)],
      ["lastSuccessAt", webhook.lastSuccessAt ? time(webhook.lastSuccessAt) : say("link.never")],
      ["lastFailure", lastFailure && [time(lastFailure.at), " – ", lastFailure.reason]],
    ]),
  );
}
