// SPDX-License-Identifier: Apache-2.0

import { h, check, field } from "./share-elements.js";
import { dayField, endOfDay } from "./share-figures.js";
import { faultsOf } from "./share-troubles.js";

const day = 86400;
const audiences = ["business-unit", "company", "person", "shop", "external"];

/** The order of a link for one of the audiences, with nothing else chosen. */
const orderFor = (who, access = "read-only") =>
  who === "external" ? { audience: "external", access: "read-only" } : { audience: "internal", access, within: who };

/** Somebody who is nobody, to ask whether links for a person are allowed at all. */
const nobody = { personId: "user:nobody" };

/** What the owner chooses of a new link; `order` is what is sent. */
export class Choices {
  #say;
  #figures;
  #whos = new Map();
  #accesses = new Map();
  #fields = {};
  #name = h("p.hint");
  #external;
  #internal;
  #personField;
  #latest;
  /** Until the owner decides, the shop's own rule shows or hides prices. */
  #decidesPrices = false;

  /** `nameOf` gives a person's name, or nothing. */
  constructor(say, figures, nameOf) {
    this.#say = say;
    this.#figures = figures;
    const text = (properties) => h("input", { type: "text", autocomplete: "off", ...properties });
    const fields = (this.#fields = {
      personId: text({ spellcheck: false, placeholder: "company-user:12" }),
      label: text({ maxLength: 200 }),
      until: h(
        "select", {},
        h("option", { value: "" }, say("usually")),
        ...[1, 7, 30].map((n) => h("option", { value: n * day }, say("days", { n }))),
        h("option", { value: "date" }, say("date")),
      ),
      lastDay: h("input", { type: "date" }),
      most: h("input", { type: "number", min: 1, max: 10000, inputMode: "numeric" }),
    });
    const prices = check("prices", say("prices"), () => (this.#decidesPrices = true));
    const snapshot = check("snapshot", say("snapshot"));
    const card = check("card", say("card"));
    Object.assign(fields, { prices: prices.input, snapshot: snapshot.input, card: card.input });
    const lastDay = field("lastDay", say("lastDay"), fields.lastDay);
    const what = h("fieldset", {}, h("legend", {}, say("what")), h("div.pair", {}, ["read-only", "full"].map((access) => this.#radio("what", access, this.#accesses))));
    const most = field("most", say("most"), fields.most);
    this.#personField = field("personId", say("personId"), fields.personId);
    this.#personField.append(this.#name);
    this.#internal = [what];
    this.#external = h("div", {}, prices.row, snapshot.row, card.row);
    this.mostField = most;
    this.form = h(
      "form", { noValidate: true },
      h("fieldset", {}, h("legend", {}, say("who")), audiences.map((who) => this.#radio("who", who, this.#whos, true))),
      this.#personField,
      what,
      field("until", say("until"), fields.until), lastDay,
      field("label", say("label"), fields.label, say("label.hint")),
      this.#external,
      most,
    );
    lastDay.hidden = true;
    fields.until.addEventListener("change", () => (lastDay.hidden = fields.until.value !== "date"));
    fields.personId.addEventListener("input", async () => {
      const id = this.#personId();
      this.#name.textContent = "";
      if (!id) return;
      const name = await nameOf(id);
      if (id === this.#personId()) this.#name.textContent = name ?? say("nameless");
    });
    this.form.addEventListener("change", () => this.#arrange());
  }

  #radio(group, value, all, withHint) {
    const input = h("input", { type: "radio", name: group, value });
    const hint = withHint && h("small", {}, this.#say(`${value}.hint`));
    const row = h("label.choice", {}, input, h("span", {}, this.#say(value), hint));
    all.set(value, { input, row, hint });
    return row;
  }

  /** Asks for whom this owner may make links here, by previewing one for each; answers whether there are any. */
  async learn(preview) {
    const ask = async (order) => {
      try {
        return { latest: (await preview(order)).link.latestExpiresAt };
      } catch (trouble) {
        if (trouble.code === "not-allowed-here") return { isForbidden: true };
        if (trouble.code === "invalid-input") return { isNone: true };
        if (trouble.code === "limit-reached" || trouble.code === "cannot-share-with-oneself") return {};
        throw trouble;
      }
    };
    const answers = await Promise.all(audiences.map((who) => ask({ ...orderFor(who), ...(who === "person" && nobody) })));
    const offered = audiences.filter((who, index) => {
      const { input, row, hint } = this.#whos.get(who);
      const { isNone, isForbidden } = answers[index];
      row.hidden = !!isNone;
      input.disabled = !!(isNone || isForbidden);
      if (isForbidden) hint.textContent = this.#say("forbidden");
      return !input.disabled;
    });
    const inner = offered.find((who) => who !== "external");
    if (inner) {
      const full = await ask({ ...orderFor(inner, "full"), ...(inner === "person" && nobody) });
      const { input, row } = this.#accesses.get("full");
      input.disabled = !!full.isForbidden;
      if (full.isForbidden) row.append(h("small", {}, this.#say("forbidden")));
    }
    if (!this.#who || this.#whos.get(this.#who).input.disabled) this.#whos.get(offered.find((who) => who !== "person") ?? "person").input.checked = true;
    if (!this.#access) this.#accesses.get("read-only").input.checked = true;
    this.#arrange();
    return offered.length > 0;
  }

  get #who() {
    return this.form.querySelector("[name=who]:checked")?.value;
  }

  get #access() {
    return this.form.querySelector("[name=what]:checked")?.value;
  }

  get isPublic() {
    return this.#who === "external";
  }

  /** A bare id is one of a company user where the owner has a company. */
  #personId() {
    const id = this.#fields.personId.value.trim();
    if (!id || id.includes(":")) return id;
    return `${this.#whos.get("company").row.hidden ? "user" : "company-user"}:${id}`;
  }

  #arrange() {
    const who = this.#who;
    this.#personField.hidden = who !== "person";
    for (const part of this.#internal) part.hidden = this.isPublic;
    this.mostField.hidden = this.isPublic || who === "person";
    this.#external.hidden = !this.isPublic;
  }

  /** What is sent; nothing while a field that it needs is empty. */
  get order() {
    const { until, lastDay, label, most, prices, snapshot, card } = this.#fields;
    const who = this.#who;
    const order = orderFor(who, this.#access);
    if (who === "person" && !(order.personId = this.#personId())) return undefined;
    if (until.value === "date") order.expiresAt = endOfDay(lastDay.value, this.#latest);
    else if (until.value) order.expiresIn = Number(until.value);
    if (until.value === "date" && !order.expiresAt) return undefined;
    if (label.value.trim()) order.label = label.value.trim();
    if (who === "external") {
      if (this.#decidesPrices) order.showPrices = prices.checked;
      if (snapshot.checked) order.snapshot = true;
      if (card.checked) order.card = "items";
    } else if (who !== "person" && most.value) {
      order.maxAccepts = Number(most.value);
    }
    return order;
  }

  /** Shows what the shop's rules make of what was left open. */
  show({ link }) {
    const { until, lastDay, prices } = this.#fields;
    const latest = (this.#latest = link.latestExpiresAt);
    prices.checked = link.showPrices;
    if (!until.value) until.options[0].textContent = this.#say("usual", { date: this.#figures.moment(link.expiresAt) });
    for (const option of until.options) option.disabled = Number(option.value) * 1000 > new Date(latest) - Date.now() + 60000;
    [lastDay.min, lastDay.max] = [dayField(Date.now()), dayField(latest)];
    this.form.querySelector("#lastDay-hint").textContent = this.#say("latest", { date: this.#figures.moment(latest) });
  }

  /** Says at each field what is wrong with it; answers the first of them. */
  blame(trouble) {
    for (const fault of this.form.querySelectorAll(".fault")) fault.textContent = "";
    for (const input of this.form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    const faults = trouble ? faultsOf(trouble, this.#say) : [];
    for (const [name, text] of faults) {
      const id = name === "until" && this.#fields.until.value === "date" ? "lastDay" : name;
      this.form.querySelector(`#${id}-fault`).textContent = text;
      this.#fields[id].setAttribute("aria-invalid", "true");
    }
    return this.form.querySelector("[aria-invalid]");
  }

  /** Empties what belonged to the link that was made. */
  clear() {
    for (const name of ["personId", "label", "most"]) this.#fields[name].value = "";
    this.#name.textContent = "";
  }
}
