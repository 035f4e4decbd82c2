// SPDX-License-Identifier: Apache-2.0
// The person's carts, and the one that is open: shown, changed, and followed while others change it.
import { element, fill, say } from "./demo-elements.js";
import { lines } from "./demo-lines.js";
import { call, cartPath } from "./demo-service.js";
import { text } from "./demo-texts.js";

export function drawCarts(carts, openId) {
  const list = document.querySelector(".cart-list");
  list.hidden = false;
  fill(list, carts.map((cart) => element("a", {
    href: `/demo?cart=${encodeURIComponent(cart.cartId)}`, "aria-current": cart.cartId === openId ? "page" : null,
  },
  element("span", { class: "name" }, cart.name ?? cart.cartId),
  element("span", { class: "access" }, [text(`access.${cart.access}`), cart.state === "open" ? null : text(`state.${cart.state}`)]
    .filter(Boolean).join(", ")))));
}

const joined = (...parts) => parts.filter(Boolean).join(", ");

/** What only the owner sees of the cart. */
function ownData(cart) {
  const { customer, shippingAddress: to } = cart;
  const rows = [
    ["contact", customer && joined(customer.name, customer.email, customer.phone)],
    ["delivery", to && joined(to.street, [to.postalCode, to.city].filter(Boolean).join(" "), to.country)],
    ["note", cart.note],
  ].filter(([, value]) => value);
  return rows.length ? element("dl", { class: "own" }, rows.map(([label, value]) => element("div", {},
    element("dt", {}, text(label)), element("dd", {}, value)))) : null;
}

/** The open cart. `onChange` is called after each change that this page hears of or makes. */
export class OpenCart {
  constructor(summary, { onChange, onComment, onGone }) {
    this.summary = summary;
    this.path = cartPath(summary.cartId);
    Object.assign(this, { onChange, onComment, onGone });
    document.querySelector("form.add").addEventListener("submit", (event) => {
      event.preventDefault();
      this.change("POST", "/items", { sku: event.target.elements.sku.value, quantity: 1 });
    });
  }

  async load() {
    const answer = await call("GET", this.path);
    // Answers may overtake each other: the newest version stays.
    if (answer.version < (this.version ?? 0)) return;
    this.version = answer.version;
    this.draw(answer);
  }

  async change(method, path, body) {
    try {
      await call(method, this.path + path, body);
      await this.load();
      this.onChange();
    } catch (error) {
      say(text("failed", { reason: error.message }));
    }
  }

  draw({ cart, viewer }) {
    const section = document.querySelector("section.cart");
    const itemPath = (item) => `/items/${encodeURIComponent(item.id)}`;
    const edit = viewer.canEdit ? {
      setQuantity: (item, quantity) => this.change("PATCH", itemPath(item), { quantity }),
      remove: (item) => this.change("DELETE", itemPath(item)),
    } : null;
    const isOwner = viewer.relation === "owner";
    fill(section,
      element("h3", { id: "cart" }, cart.name ?? this.summary.cartId),
      element("p", { class: "note" }, text(isOwner ? "own" : viewer.canEdit ? "mayChange" : "mayLook")),
      lines(cart, edit),
      isOwner && ownData(cart));
    section.hidden = false;
    document.querySelector("form.add").hidden = !viewer.canEdit;
  }

  /** Hears of what others do, and of prices that the shop puts on. */
  follow() {
    const source = new EventSource(`${this.path}/events`);
    source.addEventListener("open", () => this.load().catch(() => {}));
    source.addEventListener("changed", async (event) => {
      if (JSON.parse(event.data).version === this.version) return;
      await this.load().catch(() => {});
      say(text("changed"));
      this.onChange();
    });
    source.addEventListener("comment", () => this.onComment());
    source.addEventListener("gone", () => { source.close(); this.onGone(); });
    addEventListener("pagehide", () => source.close());
  }
}
