// SPDX-License-Identifier: Apache-2.0
// <cart-share>: the dialog in which a cart's owner makes links to it, and takes them back. docs/share-dialog.md says how a shop embeds it.

import { languageOf, speaker } from "./share-texts.js";
import { h, button, hint, renew } from "./share-elements.js";
import { style } from "./share-style.js";
import { written } from "./share-figures.js";
import { Service, Trouble } from "./share-service.js";
import { explain, hasEnded, mayPass } from "./share-troubles.js";
import { drawn } from "./share-preview.js";
import { Choices } from "./share-choices.js";
import { sending } from "./share-sending.js";
import { isLive, linkRows } from "./share-links.js";
import { peopleRows } from "./share-people.js";

class CartShare extends HTMLElement {
  /** How long links may live, in milliseconds, by audience: learned from previews. */
  terms = {};
  #parts = {};
  #asked = 0;
  #timer;
  #attempt = {};
  #isCreating;
  #ready;

  connectedCallback() {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" }).adoptedStyleSheets = [style];
    this.#ready = this.#build();
  }

  disconnectedCallback() {
    removeEventListener("focus", this.#refresh);
  }

  async open() {
    await this.#ready;
    const { dialog } = this.#parts;
    if (dialog.open) return;
    dialog.showModal();
    addEventListener("focus", this.#refresh);
    this.#do(() => this.#begin());
  }

  close() {
    this.#parts.dialog.close();
  }

  /** The shop's name for a person; nothing where it has none. */
  nameOf = async (id) => {
    try {
      return (await this.nameFor(id)) || null;
    } catch {
      return null;
    }
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
      await this.#lists();
      this.news(this.say("done"));
    });

  #service;
  #choices;
  #links;
  #people;

  async #build() {
    const language = languageOf(this);
    const say = await speaker(language);
    Object.assign(this, { language, say, messengers: (this.getAttribute("messengers") ?? "whatsapp telegram email").split(" ") });
    this.#service = new Service((this.getAttribute("service") ?? new URL(import.meta.url).origin).replace(/\/$/, ""), this);
    this.#choices = new Choices(say, language, this.nameOf);
    this.#links = linkRows(this);
    this.#people = peopleRows(this);
    const { form } = this.#choices;
    form.id = "order";
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#do(() => this.#submit());
    };
    form.oninput = form.onchange = () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#do(() => this.#preview()), 300);
    };
    const see = h("div", { tabIndex: -1 });
    h("div.see", {}, h("b", {}, say("see")), see);
    const make = h("div.make", { tabIndex: -1 });
    const section = (name, panel, open) => h("details", { name: "part", hidden: true, open }, h("summary", {}, say(name, { n: 0 })), panel);
    const sections = [section("make", make, true), section("links", this.#links.panel), section("people", this.#people.panel)];
    const trouble = h("div", { role: "alert", tabIndex: -1 });
    const news = h("p.news", { role: "status" });
    const lead = h("p.lead", {}, say("loading"));
    const dialog = h(
      "dialog", { part: "dialog", "aria-labelledby": "title", onclose: () => this.#closed() },
      h("header", {}, h("div.head", {}, h("h2", { id: "title" }, say("title")), button("×", () => this.close(), { className: "close", ariaLabel: say("close") })), trouble, news),
      lead, sections,
    );
    this.#parts = { dialog, see, make, sections, trouble, news, lead };
    this.#restart();
    const slot = h("slot", { name: "button", onclick: () => this.open() }, button(say("share"), null, { className: "main", part: "button" }));
    this.shadowRoot.replaceChildren(...(this.hasAttribute("no-button") ? [] : [slot]), dialog);
  }

  /** The form, or one thing in its place, beside what people will see. */
  #fill(...parts) {
    const { make, see } = this.#parts;
    renew(make, parts, see.parentNode);
  }

  #restart() {
    const create = h("button.main", {}, this.say("create"));
    create.setAttribute("form", "order");
    this.#fill(this.#choices.form);
    this.#parts.make.append(create);
  }

  #step(title, ...parts) {
    const heading = h("b", { tabIndex: -1 }, title);
    this.#fill(h("div.more", {}, heading, parts));
    heading.focus();
  }

  get #path() {
    return `/v1/carts/${encodeURIComponent(this.getAttribute("cart-id"))}`;
  }

  async #begin() {
    const { lead, sections } = this.#parts;
    let told = "";
    try {
      await this.#lists();
      const isAny = await this.#choices.learn((order) => this.#ask(order));
      for (const section of sections) section.hidden = false;
      sections[0].hidden = !isAny;
      if (isAny) await this.#preview();
      else told = "trouble.not-allowed-here";
    } catch (trouble) {
      if (trouble.code !== "permission-denied" && trouble.code !== "cart-not-found") throw trouble;
      told = "notOwner";
    } finally {
      lead.textContent = told && this.say(told);
    }
  }

  async #lists() {
    const [{ links }, { grants }] = await Promise.all(["links", "grants"].map((part) => this.#service.call("GET", `${this.#path}/${part}`)));
    const live = links.filter(isLive);
    this.#links.show([...live, ...links.filter((link) => !isLive(link))]);
    const { say } = this;
    const people = grants.map(async (grant) => {
      const link = links.find(({ id }) => id === grant.viaLink);
      const way = link ? say("through", { label: link.label ?? say(link.within) }) : say("byYou");
      return { ...grant, way, name: (await this.nameOf(grant.personId)) ?? grant.personId };
    });
    this.#people.show(await Promise.all(people));
    const count = (index, name, { length }) => (this.#parts.sections[index].firstChild.textContent = say(name, { n: length }));
    count(1, "links", live);
    count(2, "people", grants);
  }

  #refresh = () => this.#do(() => this.#lists());

  async #ask(order) {
    const answer = await this.#service.call("POST", `${this.#path}/links/preview`, order);
    this.terms[order.audience] = Date.parse(answer.link.latestExpiresAt) - Date.now();
    return answer;
  }

  /** Shows what people would see through the link as it is chosen now; of several answers the newest question's counts. */
  async #preview() {
    clearTimeout(this.#timer);
    const number = ++this.#asked;
    const { order } = this.#choices;
    const answer = order && (await this.#ask(order).catch((trouble) => ({ trouble })));
    if (number !== this.#asked) return null;
    const trouble = answer?.trouble;
    this.#choices.blame(trouble);
    renew(this.#parts.see, answer?.cart ? drawn(answer, this.say, this.language) : hint(this.say("seeLater")));
    if (trouble) throw trouble;
    if (answer) this.#choices.show(answer);
    return answer;
  }

  async #submit() {
    const answer = await this.#preview();
    if (!answer) return this.#choices.form.querySelector("#personId, #expiresAt").focus();
    const { say } = this;
    const { link } = answer;
    if (link.audience === "internal") return this.#create();
    // The second step before anything becomes public.
    this.#step(
      say("warning"),
      h("p", {}, say("warns", { date: written(this.language, link.expiresAt, "short") })),
      h("div.actions", {}, button(say("createPublic"), () => this.#do(() => this.#create()), { className: "main" }), button(say("cancel"), () => this.#restart())),
    );
  }

  async #create() {
    if (this.#isCreating) return;
    this.#isCreating = true;
    try {
      const { order } = this.#choices;
      const text = JSON.stringify(order);
      // An answer that got lost is asked for again under the same key, and there is still one link.
      if (this.#attempt.text !== text) this.#attempt = { text, key: crypto.getRandomValues(new Uint32Array(4)).join("-") };
      const link = await this.#service.call("POST", `${this.#path}/links`, order, { "Idempotency-Key": this.#attempt.key });
      this.#attempt = {};
      const { id, audience, access, within, expiresAt, url } = link;
      this.#tell("created", { linkId: id, audience, access, within, expiresAt });
      const another = () => {
        this.#restart();
        this.#do(() => this.#preview());
      };
      this.#step(this.say("ready"), sending(url, this.messengers, this.say, this.news), button(this.say("another"), another));
    } finally {
      this.#isCreating = false;
    }
    await this.#lists();
  }

  #tell(name, detail) {
    const cartId = this.getAttribute("cart-id");
    this.dispatchEvent(new CustomEvent(`cart-share-${name}`, { bubbles: true, composed: true, detail: { cartId, ...detail } }));
  }

  #closed() {
    removeEventListener("focus", this.#refresh);
    this.#tell("closed");
  }

  /** Does something that may fail, and says so where it does, with a way to go on; answers whether it worked. */
  async #do(action) {
    const { trouble: place } = this.#parts;
    try {
      await action();
      renew(place);
      return true;
    } catch (trouble) {
      if (!(trouble instanceof Trouble)) throw trouble;
      if (hasEnded(trouble)) this.#lists().catch(() => {});
      const again = button(this.say(trouble.code === "login" ? "loginAgain" : "again"), () => this.#do(action));
      renew(place, h("div.trouble", {}, explain(trouble, this.say), mayPass(trouble) && again));
    }
  }
}

customElements.get("cart-share") ?? customElements.define("cart-share", CartShare);
