// SPDX-License-Identifier: Apache-2.0

import { h, choice, field, hint, mark } from "./share-elements.js";
import { written, dayOf, endOfDay } from "./share-figures.js";
import { faultsOf } from "./share-troubles.js";

const audiences = ["business-unit", "company", "person", "shop", "external"];

/** An order with nothing chosen but for whom. */
const orderFor = (who, access) =>
  who === "external" ? { audience: who, access: "read-only" } : { audience: "internal", access, within: who };

/** What the owner chooses of a new link. Which fields go with which choice is said in the style. */
export class Choices {
  #say;
  #language;
  #latest;
  /** Until the owner decides, the shop's own rule shows or hides prices. */
  #decidesPrices;

  /** `nameOf` gives a person's name; null where the shop knows none. */
  constructor(say, language, nameOf) {
    this.#say = say;
    this.#language = language;
    const group = (name, values) =>
      h("fieldset", { id: `${name}-field` }, h("legend", {}, say(name)), values.map((value) => choice("radio", name, value, say(value))));
    const text = (name, properties) => field(name, say(name), h("input", properties));
    const name = hint();
    const oninput = async () => {
      const id = this.#personId;
      const found = id && (await nameOf(id));
      if (id === this.#personId) name.textContent = found === null ? say("nameless") : found;
    };
    const person = text("personId", { oninput });
    person.append(name);
    const boxes = ["showPrices", "snapshot", "card"].map((box) => choice("checkbox", box, "items", say(box)));
    boxes[0].onchange = () => (this.#decidesPrices = true);
    const onreset = () => {
      this.#decidesPrices = false;
      name.textContent = "";
    };
    const option = (value, text) => h("option", { value }, text);
    const until = h("select", {}, option(""), [1, 7, 30].map((n) => option(n * 86400, say("days", { n }))), option("day", say("choose")));
    this.form = h(
      "form", { noValidate: true, onreset },
      group("who", audiences),
      person,
      group("access", ["read-only", "full"]),
      field("expiresIn", say("expiresIn"), until),
      text("expiresAt", { type: "date" }),
      text("label"),
      h("div", { id: "public" }, boxes),
      text("maxAccepts", { type: "number", min: 1 }),
    );
  }

  #row(name, value) {
    return this.form.querySelector(`#${name}-${value}`);
  }

  get #personId() {
    const id = this.form.elements.personId.value.trim();
    // A bare id is one of a company user where the owner has a company.
    return !id || id.includes(":") ? id : `${this.#row("who", "company").hidden ? "user" : "company-user"}:${id}`;
  }

  /** What is sent; nothing while a field that it needs is empty. */
  get order() {
    const { who, access, expiresIn, expiresAt, label, showPrices, snapshot, card, maxAccepts } = this.form.elements;
    const order = orderFor(who.value, access.value);
    const isDay = expiresIn.value === "day";
    if (isDay) order.expiresAt = endOfDay(expiresAt.value, this.#latest);
    else if (expiresIn.value) order.expiresIn = +expiresIn.value;
    if (label.value.trim()) order.label = label.value.trim();
    if (who.value === "person") order.personId = this.#personId;
    else if (who.value !== "external" && maxAccepts.value) order.maxAccepts = +maxAccepts.value;
    if (who.value === "external") {
      if (this.#decidesPrices) order.showPrices = showPrices.checked;
      if (snapshot.checked) order.snapshot = true;
      if (card.checked) order.card = "items";
    }
    return order.personId === "" || (isDay && !order.expiresAt) ? null : order;
  }

  /** Learns by previews for whom this owner may make links here, and offers no more; answers whether there is anyone. */
  async learn(preview) {
    // Would a link for a person be allowed at all? Asked for somebody who is nobody.
    const mayBe = (who, access) =>
      preview({ ...orderFor(who, access), ...(who === "person" && { personId: `user:${Math.random()}` }) }).then(() => true, (trouble) => {
        if (trouble.code === "limit-reached") return true;
        if (trouble.code !== "not-allowed-here" && !faultsOf(trouble).includes("within")) throw trouble;
      });
    const offer = (name, value, isOffered) => (this.#row(name, value).hidden = !isOffered);
    const answers = await Promise.all(audiences.map((who) => mayBe(who, "read-only")));
    audiences.forEach((who, index) => offer("who", who, answers[index]));
    const offered = audiences.filter((_, index) => answers[index]);
    const within = offered.find((who) => who !== "external");
    offer("access", "full", within && (await mayBe(within, "full")));
    const { who, access } = this.form.elements;
    access.value ||= "read-only";
    if (!offered.includes(who.value)) who.value = offered.find((one) => one !== "person") ?? offered[0];
    return offered.length > 0;
  }

  /** Shows what the shop's rules make of what was left open. */
  show({ link: { showPrices, expiresAt, latestExpiresAt } }) {
    const { elements } = this.form;
    const date = (moment) => ({ date: written(this.#language, moment) });
    this.#latest = latestExpiresAt;
    if (!this.#decidesPrices) elements.showPrices.checked = showPrices;
    const { options, value } = elements.expiresIn;
    if (!value) options[0].textContent = this.#say("usual", date(expiresAt));
    elements.expiresAt.max = dayOf(latestExpiresAt);
    this.form.querySelector("#expiresIn-hint").textContent = this.#say("latest", date(latestExpiresAt));
  }

  /** Says at each field what is wrong with it, and nothing at the others. */
  blame(trouble) {
    const names = trouble ? faultsOf(trouble) : [];
    for (const place of this.form.querySelectorAll(".field")) {
      const name = place.id.slice(0, -6);
      mark(place, names.includes(name) && this.#say(`fault.${name}`));
    }
  }
}
