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
  #ready;
  /** The cart that the dialog was opened for. */
  #cart;
  /** What failed, while that is shown. */
  #failed;

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
    this.#renew();
    dialog.showModal();
    addEventListener("focus", this.#refresh);
    this.#do(() => this.#begin());
  }

  close() {
    this.#parts.dialog.close();
  }

  /** The shop's name for a person; null where it knows none, undefined where it can't tell. */
  nameOf = async (id) => {
    try {
      return this.nameFor && ((await this.nameFor(id)) || null);
    } catch {
      return undefined;
    }
  };

  news = (text) => {
    this.#parts.news.textContent = "";
    // A live region speaks only of what comes into it later.
    setTimeout(() => (this.#parts.news.textContent = text), 50);
  };

  /** Changes a link or a grant, tells the page of it, and reads the lists anew; `blame` gets what failed. Answers whether it worked. */
  change = (method, path, body, event, detail, blame) =>
    this.#do(async () => {
      const cart = this.#cart;
      await this.#service.call(method, path, body).catch((trouble) => {
        blame?.(trouble);
        throw trouble;
      });
      this.#tell(event, detail, cart);
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
    const service = (this.getAttribute("service") ?? new URL(import.meta.url).origin).replace(/\/$/, "");
    Object.assign(this, { language, say, service, messengers: (this.getAttribute("messengers") ?? "whatsapp telegram email").split(" ") });
    this.#choices = new Choices(say, language, this.nameOf);
    this.#links = linkRows(this);
    this.#people = peopleRows(this);
    const { form } = this.#choices;
    form.id = "order";
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#advance(() => this.#submit());
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
    const slot = h("slot", { name: "button", onclick: () => this.open() }, button(say("share"), null, { className: "main", part: "button" }));
    this.shadowRoot.replaceChildren(...(this.hasAttribute("no-button") ? [] : [slot]), dialog);
  }

  /** Begins with nothing of an earlier opening: that may have been another customer's, or for another cart. */
  #renew() {
    const { see, make, sections, trouble, news, lead } = this.#parts;
    const cart = this.getAttribute("cart-id");
    // What was typed stays for its cart.
    if (cart !== this.#cart) this.#choices.form.reset();
    this.#cart = cart;
    this.#service = new Service(this.service, this);
    this.#asked++;
    this.#failed = null;
    this.#links.clear();
    this.#people.clear();
    for (const section of sections) section.hidden = true;
    for (const place of [see, trouble, news]) place.replaceChildren();
    lead.textContent = this.say("loading");
    make.inert = false;
    this.#restart();
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
    return heading;
  }

  get #path() {
    return `/v1/carts/${encodeURIComponent(this.#cart)}`;
  }

  async #begin() {
    const { lead, sections } = this.#parts;
    const isCurrent = this.#current;
    let told;
    try {
      await this.#lists();
      // Where no new links can be made, those that are there can still be taken back.
      if (isCurrent()) sections[1].hidden = sections[2].hidden = false;
      const isAny = await this.#choices.learn((order) => this.#ask(order));
      if (!isCurrent()) return;
      sections[0].hidden = !isAny;
      if (isAny) await this.#preview();
      else told = "trouble.not-allowed-here";
    } catch (trouble) {
      const { code } = trouble;
      if (code === "permission-denied" || code === "cart-not-found") told = "notOwner";
      else if (code === "cart-locked") told = "trouble.cart-locked";
      else throw trouble;
    } finally {
      if (isCurrent()) lead.textContent = told ? this.say(told) : "";
    }
  }

  async #lists() {
    const isCurrent = this.#current;
    const [{ links }, { grants }] = await Promise.all(["links", "grants"].map((part) => this.#service.call("GET", `${this.#path}/${part}`)));
    const live = links.filter(isLive);
    const { say } = this;
    const people = grants.map(async (grant) => {
      const link = links.find(({ id }) => id === grant.viaLink);
      const way = link ? say("through", { label: link.label ?? say(link.within) }) : say("byYou");
      return { ...grant, way, name: (await this.nameOf(grant.personId)) ?? grant.personId };
    });
    const named = await Promise.all(people);
    if (!isCurrent()) return;
    this.#links.show([...live, ...links.filter((link) => !isLive(link))]);
    this.#people.show(named);
    const count = (index, name, { length }) => (this.#parts.sections[index].firstChild.textContent = say(name, { n: length }));
    count(1, "links", live);
    count(2, "people", grants);
  }

  #reread = () => this.#lists();
  #refresh = () => this.#do(this.#reread, true);

  /** Whether the opening of that moment is still the one that the customer sees. */
  get #current() {
    const service = this.#service;
    return () => service === this.#service;
  }

  async #ask(order) {
    const answer = await this.#service.call("POST", `${this.#path}/links/preview`, order);
    this.terms[order.audience] = Date.parse(answer.link.latestExpiresAt) - Date.now();
    return answer;
  }

  /** Shows what people would see through the link as it is chosen now, and gives it; of several answers the newest question's counts. */
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
    return answer && { order, link: answer.link };
  }

  /** Does a step of making a link. Until it is done nothing can be chosen anew, and pressing again does nothing. */
  #advance(step) {
    const { make } = this.#parts;
    const isCurrent = this.#current;
    return this.#do(async () => {
      if (make.inert) return;
      const pressed = this.shadowRoot.activeElement;
      let next;
      make.inert = true;
      try {
        next = await step();
      } finally {
        if (isCurrent()) {
          make.inert = false;
          // The browser takes the keyboard's place from what is inert.
          if (next || !this.shadowRoot.activeElement) (next ?? pressed)?.focus();
        }
      }
    });
  }

  async #submit() {
    const previewed = await this.#preview();
    const fields = [...this.#choices.form.querySelectorAll("#personId, #expiresAt")];
    if (!previewed) return fields.find((field) => field.checkVisibility() && !field.value.trim());
    const { say } = this;
    const { order, link } = previewed;
    if (link.audience === "internal") return this.#create(order);
    // The second step before anything becomes public.
    return this.#step(
      say("warning"),
      h("p", {}, say("warns", { date: written(this.language, link.expiresAt, "short") })),
      h("div.actions", {}, button(say("createPublic"), () => this.#advance(() => this.#create(order)), { className: "main" }), button(say("cancel"), () => this.#restart())),
    );
  }

  /** Makes the link that was previewed, whatever the form says by now. */
  async #create(order) {
    const cart = this.#cart;
    const isCurrent = this.#current;
    const text = JSON.stringify([cart, order]);
    // An answer that got lost is asked for again under the same key, and there is still one link.
    if (this.#attempt.text !== text) this.#attempt = { text, key: crypto.getRandomValues(new Uint32Array(4)).join("-") };
    const link = await this.#service.call("POST", `${this.#path}/links`, order, { "Idempotency-Key": this.#attempt.key });
    this.#attempt = {};
    const { id, audience, access, within, expiresAt, url } = link;
    this.#tell("created", { linkId: id, audience, access, within, expiresAt }, cart);
    if (!isCurrent()) return;
    this.#refresh();
    const another = () => {
      this.#restart();
      this.#do(() => this.#preview());
    };
    return this.#step(this.say("ready"), sending(url, this.messengers, this.say, this.news), button(this.say("another"), another));
  }

  #tell(name, detail, cartId = this.#cart) {
    this.dispatchEvent(new CustomEvent(`cart-share-${name}`, { bubbles: true, composed: true, detail: { cartId, ...detail } }));
  }

  #closed() {
    removeEventListener("focus", this.#refresh);
    this.#tell("closed");
  }

  /** Does something that may fail, and says so where it does, with a way to go on; answers whether it worked. In the
   *  background it leaves alone what is said of another action. */
  async #do(action, isBackground) {
    const { trouble: place } = this.#parts;
    const isCurrent = this.#current;
    const maySay = () => isCurrent() && !(isBackground && this.#failed && this.#failed !== action);
    try {
      await action();
      if (maySay()) {
        this.#failed = null;
        renew(place);
      }
      return true;
    } catch (trouble) {
      if (!(trouble instanceof Trouble)) throw trouble;
      if (!maySay()) return;
      if (hasEnded(trouble)) this.#lists().catch(() => {});
      this.#failed = action;
      const again = button(this.say(trouble.code === "login" ? "loginAgain" : "again"), () => this.#do(action));
      renew(place, h("div.trouble", {}, explain(trouble, this.say), mayPass(trouble) && again));
    }
  }
}

customElements.get("cart-share") ?? customElements.define("cart-share", CartShare);
