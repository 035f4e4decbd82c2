// SPDX-License-Identifier: Apache-2.0

import { h, button, renew } from "./share-elements.js";

/** The people with access to the cart, and what its owner does about that. */
export class People {
  #dialog;
  #links;
  #open = {};
  #all = [];

  constructor(dialog, links) {
    this.#dialog = dialog;
    this.#links = links;
    this.panel = h("div", { tabIndex: -1 });
  }

  get count() {
    return this.#all.length;
  }

  show(grants) {
    this.#all = grants;
    const { say } = this.#dialog;
    renew(this.panel, grants.length ? h("ul.rows", {}, grants.map((grant) => this.#row(grant))) : h("p.hint", {}, say("noPeople")));
  }

  #row(grant) {
    const { say, figures, nameOf, change } = this.#dialog;
    const name = h("b", {}, grant.personId);
    const link = this.#links.all.find(({ id }) => id === grant.viaLink);
    const way = link ? say("through", { label: this.#links.nameOf(link) }) : say("byYou");
    const isFull = grant.access === "full";
    const act = (key, onclick) => button(say(key), onclick, { id: `${key}-${grant.id}`, ariaLabel: `${say(key)}: ${grant.personId}` });
    const actions = [
      act(isFull ? "narrow" : "raise", () =>
        change("PATCH", `/v1/grants/${grant.id}`, { access: isFull ? "read-only" : "full" }, "changed", { grantId: grant.id }),
      ),
      act("withdraw", () => this.#toggle(grant)),
    ];
    nameOf(grant.personId).then((text) => {
      if (!text) return;
      name.textContent = text;
      for (const action of actions) action.ariaLabel = `${action.textContent}: ${text}`;
    });
    return h(
      "li", {},
      h("p.head", {}, name, h("span.state", {}, say(grant.access))),
      h("p.hint", {}, `${say("since", { date: figures.day(grant.createdAt) })} · ${way}`),
      h("div.actions", {}, actions),
      this.#open.id === grant.id && this.#open.node,
    );
  }

  async #toggle(grant) {
    const name = (await this.#dialog.nameOf(grant.personId)) ?? grant.personId;
    this.#open = this.#open.id === grant.id ? {} : { id: grant.id, node: this.#withdrawing(grant, name) };
    this.show(this.#all);
    this.#open.node?.querySelector("button").focus();
  }

  #withdrawing(grant, name) {
    const { say, change } = this.#dialog;
    const withdraw = async () => {
      if (await change("DELETE", `/v1/grants/${grant.id}`, undefined, "changed", { grantId: grant.id })) {
        this.#open = {};
        this.panel.focus();
      }
    };
    const cancel = () => {
      this.#open = {};
      this.show(this.#all);
      this.panel.querySelector(`[id="withdraw-${grant.id}"]`)?.focus();
    };
    return h(
      "div.more", {},
      h("p", {}, say("withdraws", { name })),
      h("div.actions", {}, button(say("withdrawNow"), withdraw, { className: "danger" }), button(say("cancel"), cancel)),
    );
  }
}
