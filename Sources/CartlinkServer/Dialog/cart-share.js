// SPDX-License-Identifier: Apache-2.0
// <cart-share>: the dialog in which a cart's owner makes links to it, and takes them back. docs/share-dialog.md says how a shop embeds it.

import { speaker, languageOf } from "./share-texts.js";
import { h, button, renew } from "./share-elements.js";
import { style } from "./share-style.js";
import { Figures } from "./share-figures.js";
import { Service, Trouble } from "./share-service.js";
import { explain, hasEnded, isForOthers } from "./share-troubles.js";
import { drawn, itemCount } from "./share-preview.js";
import { Choices } from "./share-choices.js";
import { sending } from "./share-sending.js";
import { Links } from "./share-links.js";
import { People } from "./share-people.js";

const ownOrigin = new URL(import.meta.url).origin;
const tabs = ["new", "links", "people"];

class CartShare extends HTMLElement {
  static observedAttributes = ["cart-id", "service", "lang"];
  #dialog;
  #service;
  #choices;
  #links;
  #people;
  #parts = {};
  #names = new Map();
  /** How long links may live, in milliseconds, by audience: learned from previews. */
  #terms = {};
  #answer;
  #asked = 0;
  #timer;
  #attempt;
  #isBusy = false;

  connectedCallback() {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" }).adoptedStyleSheets = [style];
    this.#build();
  }

  disconnectedCallback() {
    removeEventListener("focus", this.#refreshQuietly);
  }

  attributeChangedCallback(name, before, now) {
    if (!this.#dialog || before === now) return;
    const wasOpen = this.#dialog.open;
    this.#build();
    if (wasOpen) this.open();
  }

  /** Opens the dialog. */
  open() {
    if (this.#dialog.open) return;
    this.#dialog.showModal();
    addEventListener("focus", this.#refreshQuietly);
    this.#do(() => this.#begin());
  }

  close() {
    this.#dialog.close();
  }

  // What the dialog's parts ask of it.

  say;
  figures;

  get messengers() {
    return (this.getAttribute("messengers") ?? "whatsapp telegram email").split(/\s+/);
  }

  longest = (audience) => this.#terms[audience];

  /** The shop's name for a person; nothing where it has none. */
  nameOf = (id) => {
    const ask = async () => (await this.nameFor?.(id)) || undefined;
    if (!this.#names.has(id)) this.#names.set(id, ask().catch(() => undefined));
    return this.#names.get(id);
  };

  news = (text) => {
    this.#parts.news.textContent = "";
    // A live region speaks only of what comes into it later.
    setTimeout(() => (this.#parts.news.textContent = text), 50);
  };

  /** Changes a link or a grant, tells the page of it, and reads the lists anew; answers whether it worked. */
  change = (method, path, body, event, detail) =>
    this.#do(async () => {
      await this.#service.call(method, path, body);
      this.#tell(event, detail);
      await this.#refresh();
      this.news(this.say("done"));
    });

  // The parts

  #build() {
    const say = (this.say = speaker(languageOf(this)));
    this.figures = new Figures(languageOf(this));
    this.#service = new Service(this.getAttribute("service")?.replace(/\/+$/, "") || ownOrigin, this);
    this.#choices = new Choices(say, this.figures, this.nameOf);
    this.#links = new Links(this);
    this.#people = new People(this, this.#links);
    this.#answer = this.#attempt = undefined;
    const parts = (this.#parts = {
      trouble: h("div", { role: "alert" }),
      news: h("p.news", { role: "status" }),
      see: h("div"),
      making: h("div", { tabIndex: -1 }),
      lead: h("p.hint", {}, say("loading")),
      tablist: h("div", { role: "tablist", ariaLabel: say("title") }),
      panels: h("div"),
    });
    this.#choices.form.append(h("div.actions.wide", {}, h("button.main", { type: "submit" }, say("create"))));
    this.#choices.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    for (const kind of ["input", "change"]) this.#choices.form.addEventListener(kind, () => this.#previewSoon());
    this.#fill();
    const contents = [parts.making, this.#links.panel, this.#people.panel];
    parts.tablist.append(...tabs.map((tab, index) => this.#tab(tab, index)));
    parts.panels.append(
      ...tabs.map((tab, index) => h("div", { id: `panel-${tab}`, role: "tabpanel", "aria-labelledby": `tab-${tab}` }, contents[index])),
    );
    this.#select(0);
    this.#dialog = h(
      "dialog", { part: "dialog", "aria-labelledby": "title", onclose: () => this.#closed() },
      h("header", {}, h("h2", { id: "title" }, say("title")), button("×", () => this.close(), { className: "close", ariaLabel: say("close") })),
      parts.tablist, parts.trouble, parts.news,
      h("div.body", {}, parts.lead, parts.panels),
    );
    const trigger = h("slot", { name: "button", onclick: () => this.open() }, button(say("share"), undefined, { className: "trigger", part: "button" }));
    this.shadowRoot.replaceChildren(...(this.hasAttribute("no-button") ? [] : [trigger]), this.#dialog);
  }

  #tab(tab, index) {
    const onkeydown = (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) this.#select((index + step + tabs.length) % tabs.length, true);
    };
    return button(this.say(`tab.${tab}`), () => this.#select(index), {
      id: `tab-${tab}`, role: "tab", "aria-controls": `panel-${tab}`, onkeydown,
    });
  }

  #select(chosen, takesFocus) {
    [...this.#parts.tablist.children].forEach((tab, index) => {
      tab.setAttribute("aria-selected", index === chosen);
      tab.tabIndex = index === chosen ? 0 : -1;
      if (takesFocus && index === chosen) tab.focus();
    });
    [...this.#parts.panels.children].forEach((panel, index) => (panel.hidden = index !== chosen));
  }

  #count(index, count) {
    const name = this.say(`tab.${tabs[index]}`);
    this.#parts.tablist.children[index].replaceChildren(name, ...(count ? [h("span.count", {}, String(count))] : []));
  }

  /** The form beside what people will see. */
  #fill() {
    const { making, see } = this.#parts;
    making.className = "making";
    renew(making, this.#choices.form, h("section.see", { "aria-labelledby": "see" }, h("h3", { id: "see" }, this.say("see")), see));
  }

  // What happens

  async #begin() {
    const { lead, panels, tablist } = this.#parts;
    try {
      await this.#refresh();
      const isAny = await this.#choices.learn((order) => this.#ask(order));
      lead.textContent = isAny ? "" : this.say("nothing");
      this.#choices.form.hidden = !isAny;
      panels.hidden = tablist.hidden = false;
      if (isAny) await this.#preview();
    } catch (trouble) {
      if (!isForOthers(trouble)) throw trouble;
      lead.textContent = this.say("notOwner");
      panels.hidden = tablist.hidden = true;
    }
  }

  get #path() {
    return `/v1/carts/${encodeURIComponent(this.getAttribute("cart-id"))}`;
  }

  async #refresh() {
    const [{ links }, { grants }] = await Promise.all(["links", "grants"].map((part) => this.#service.call("GET", `${this.#path}/${part}`)));
    this.#links.show(links);
    this.#people.show(grants);
    this.#count(1, links.filter(({ status }) => status === "active" || status === "paused").length);
    this.#count(2, grants.length);
  }

  #refreshQuietly = () => this.#do(() => this.#refresh());

  async #ask(order) {
    const answer = await this.#service.call("POST", `${this.#path}/links/preview`, order);
    this.#terms[order.audience] = Date.parse(answer.link.latestExpiresAt) - Date.now();
    return answer;
  }

  #previewSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#do(() => this.#preview()), 300);
  }

  /** Shows what people would see through the link as it is chosen now; of several answers the newest question's counts. */
  async #preview() {
    clearTimeout(this.#timer);
    const number = ++this.#asked;
    const { order } = this.#choices;
    if (!order) {
      this.#choices.blame();
      renew(this.#parts.see, h("p.hint", {}, this.say("seeLater")));
      return undefined;
    }
    let answer, trouble;
    try {
      answer = await this.#ask(order);
    } catch (caught) {
      trouble = caught;
    }
    if (number !== this.#asked) return undefined;
    this.#choices.blame(trouble);
    if (trouble) {
      renew(this.#parts.see, h("p.hint", {}, this.say("seeLater")));
      throw trouble;
    }
    this.#choices.show(answer);
    renew(this.#parts.see, drawn(answer, this.say, this.figures));
    return answer;
  }

  #submit() {
    return this.#do(async () => {
      const answer = await this.#preview();
      if (!answer) return this.#choices.form.querySelector("[name=who]:checked, input:invalid")?.focus();
      if (answer.link.audience === "external") this.#warn(answer);
      else await this.#create();
    });
  }

  /** The second step before anything becomes public. */
  #warn(answer) {
    const { say, figures } = this;
    const prices = say(answer.link.showPrices ? "withPrices" : "withoutPrices");
    const create = button(say("createPublic"), () => this.#do(() => this.#create()), { className: "main" });
    const back = () => {
      this.#fill();
      this.#choices.form.querySelector("[type=submit]").focus();
    };
    renew(
      this.#parts.making,
      h(
        "div.step", {},
        h("h3", { tabIndex: -1 }, say("warning")),
        h("p", {}, say("warns", { n: itemCount(answer), prices, date: figures.moment(answer.link.expiresAt) })),
        h("p", {}, say("takeBack")),
        h("div.actions.wide", {}, create, button(say("back"), back)),
      ),
    );
    this.#parts.making.querySelector("h3").focus();
  }

  async #create() {
    const { order } = this.#choices;
    const text = JSON.stringify(order);
    // An answer that got lost is asked for again under the same key, and there is still one link.
    if (this.#attempt?.text !== text) this.#attempt = { text, key: newKey() };
    const link = await this.#service.call("POST", `${this.#path}/links`, order, { "Idempotency-Key": this.#attempt.key });
    this.#attempt = undefined;
    const { id, audience, access, within, expiresAt } = link;
    this.#tell("created", { linkId: id, audience, access, within, expiresAt });
    this.#choices.clear();
    const another = () => {
      this.#fill();
      this.#previewSoon();
      this.#choices.form.querySelector("[name=who]:checked").focus();
    };
    renew(
      this.#parts.making,
      h(
        "div.step", {},
        h("h3", { tabIndex: -1 }, this.say("ready")),
        sending(link.url, this.messengers, this.say, this.news),
        h("div.actions.wide", {}, button(this.say("another"), another)),
      ),
    );
    this.#parts.making.querySelector("h3").focus();
    await this.#refresh();
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`cart-share-${name}`, { bubbles: true, composed: true, detail: { cartId: this.getAttribute("cart-id"), ...detail } }));
  }

  #closed() {
    removeEventListener("focus", this.#refreshQuietly);
    clearTimeout(this.#timer);
    this.#tell("closed");
  }

  /** Does something that may fail, and says so where it does, with a way to go on; answers whether it worked. */
  async #do(action) {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    const { trouble: place } = this.#parts;
    try {
      await action();
      renew(place);
      return true;
    } catch (trouble) {
      if (!(trouble instanceof Trouble)) throw trouble;
      if (hasEnded(trouble)) this.#refresh().catch(() => {});
      this.#choices.blame(trouble)?.focus();
      const isLogin = trouble.code === "login";
      const canRetry = isLogin || !trouble.status || trouble.wait || trouble.status >= 500;
      const again = button(this.say(isLogin ? "loginAgain" : "again"), () => this.#do(action));
      renew(place, h("div.trouble", {}, h("span", {}, explain(trouble, this.say)), canRetry && again));
      return false;
    } finally {
      this.#isBusy = false;
    }
  }
}

/** 128 random bits: also on pages that aren't in a secure context. */
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

if (!customElements.get("cart-share")) customElements.define("cart-share", CartShare);
