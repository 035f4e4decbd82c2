// SPDX-License-Identifier: Apache-2.0

import { h, button, field, renew } from "./share-elements.js";
import { dayField, endOfDay } from "./share-figures.js";
import { copy, sending } from "./share-sending.js";

const isLive = ({ status }) => status === "active" || status === "paused";

/** The cart's links, and what their owner does with them. */
export class Links {
  #dialog;
  #open = {};
  all = [];

  /** `dialog` has `say`, `figures`, `nameOf`, `news`, `messengers`, `longest(audience)` and `change(method, path, body, event, detail)`. */
  constructor(dialog) {
    this.#dialog = dialog;
    this.panel = h("div", { tabIndex: -1 });
  }

  show(links) {
    this.all = links;
    const { say } = this.#dialog;
    const live = links.filter(isLive);
    const ended = links.filter((link) => !isLive(link));
    const isOpen = this.panel.querySelector("details")?.open;
    renew(
      this.panel,
      live.length ? h("ul.rows", {}, live.map((link) => this.#row(link))) : h("p.hint", {}, say("noLinks")),
      ended.length > 0 && h("details", { open: !!isOpen }, h("summary", {}, say("ended", { n: ended.length })), h("ul.rows", {}, ended.map((link) => this.#row(link)))),
    );
  }

  /** What the link is called: its label, else for whom it is. */
  nameOf(link) {
    const who = this.#dialog.say(link.within ?? link.audience);
    return link.label ?? who;
  }

  #row(link) {
    const { say, figures, nameOf } = this.#dialog;
    const who = h("span", {}, say(link.within ?? link.audience));
    if (link.personId) nameOf(link.personId).then((name) => (who.textContent = name ?? link.personId));
    const { people, robots, lastAt } = link.opens;
    const facts = [
      say("opens", { n: people }),
      robots > 0 && say("robots", { n: robots }),
      lastAt && say("last", { date: figures.day(lastAt) }),
    ].filter(Boolean).join(" ");
    const accepts = link.audience === "internal" && say("accepts", { n: link.accepts });
    return h(
      "li", {},
      h("p.head", {}, h("b", {}, this.nameOf(link)), h(`span.state.${link.status}`, {}, say(link.status))),
      h("p.hint", {}, link.label ? [who, " · "] : link.personId ? [who, " · "] : "", `${say(link.access)} · ${say("untilDate", { date: figures.moment(link.expiresAt) })}`),
      h("p.hint", {}, facts, accepts && ` · ${accepts}`),
      (isLive(link) || link.status === "expired") && this.#actions(link),
      this.#open.id === link.id && this.#open.node,
    );
  }

  #actions(link) {
    const { say, change } = this.#dialog;
    const named = this.nameOf(link);
    const act = (key, onclick) => button(say(key), onclick, { id: `${key}-${link.id}`, ariaLabel: `${say(key)}: ${named}` });
    const patch = (body) => change("PATCH", `/v1/links/${link.id}`, body, "changed", { linkId: link.id });
    const live = isLive(link);
    return h(
      "div.actions", {},
      live && link.url && act("copy", () => this.#copy(link)),
      live && link.url && act("send", () => this.#toggle(link, "send", () => this.#sending(link))),
      live && act(link.status === "paused" ? "resume" : "pause", () => patch({ paused: link.status !== "paused" })),
      live && link.access === "full" && act("narrow", () => patch({ access: "read-only" })),
      act("extend", () => this.#toggle(link, "extend", () => this.#extending(link, patch))),
      act("revoke", () => this.#toggle(link, "revoke", () => this.#revoking(link))),
    );
  }

  async #copy(link) {
    const { say, news } = this.#dialog;
    if (await copy(link.url)) return news(say("copied"));
    this.#toggle(link, "send", () => this.#sending(link), true);
    this.panel.querySelector(".url").focus();
    news(say("copyByHand"));
  }

  #sending(link) {
    const { say, news, messengers } = this.#dialog;
    return sending(link.url, messengers, say, news);
  }

  /** Opens one thing below a link, or closes it; what was typed there stays while the list is read anew. */
  #toggle(link, kind, make, stays) {
    const isOpen = this.#open.id === link.id && this.#open.kind === kind;
    this.#open = isOpen && !stays ? {} : { id: link.id, kind, node: make() };
    this.show(this.all);
    this.#open.node?.querySelector("input, button, a")?.focus();
  }

  #close(link, kind) {
    this.#open = {};
    this.show(this.all);
    this.panel.querySelector(`[id="${kind}-${link.id}"]`)?.focus();
  }

  #extending(link, patch) {
    const { say, figures, longest } = this.#dialog;
    const age = longest(link.audience);
    const latest = age && new Date(Date.parse(link.createdAt) + age).toISOString();
    const input = h("input", { type: "date", required: true, min: dayField(Date.now()), value: dayField(link.expiresAt) });
    if (latest) input.max = dayField(latest);
    const save = async (event) => {
      event.preventDefault();
      const expiresAt = endOfDay(input.value, latest);
      if (expiresAt && (await patch({ expiresAt }))) this.#close(link, "extend");
    };
    return h(
      "form.more", { onsubmit: save, noValidate: true },
      field(`day-${link.id}`, say("lastDay"), input, latest && say("latest", { date: figures.moment(latest) })),
      h("div.actions", {}, h("button.main", { type: "submit" }, say("save")), button(say("cancel"), () => this.#close(link, "extend"))),
    );
  }

  #revoking(link) {
    const { say, change } = this.#dialog;
    const keep = h("input", { type: "checkbox" });
    const revoke = async () => {
      const query = keep.checked ? "?keepGrants=true" : "";
      if (await change("DELETE", `/v1/links/${link.id}${query}`, undefined, "revoked", { linkId: link.id })) {
        this.#open = {};
        this.show(this.all);
        this.panel.focus();
      }
    };
    return h(
      "div.more", {},
      h("p", {}, say("revokes"), link.accepts > 0 && ` ${say("accepts", { n: link.accepts })}.`),
      link.accepts > 0 && h("label.check", {}, keep, h("span", {}, say("keep"))),
      h("div.actions", {}, button(say("revokeNow"), revoke, { className: "danger" }), button(say("cancel"), () => this.#close(link, "revoke"))),
    );
  }
}
