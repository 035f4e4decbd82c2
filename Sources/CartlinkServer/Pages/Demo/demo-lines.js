// SPDX-License-Identifier: Apache-2.0
// The lines and sums of a cart, and the controls with which those who may change them.
import { element } from "./demo-elements.js";
import { money, text } from "./demo-texts.js";

/** Calls on what one line is asked to become. */
function controls(item, edit) {
  const name = item.name;
  const step = (by, label, sign) => element("button", {
    type: "button", "aria-label": text(label, { name }), "data-focus": `${item.id} ${label}`,
    disabled: item.quantity + by < 1, onclick: () => edit.setQuantity(item, item.quantity + by),
  }, sign);
  return element("div", { class: "edit" },
    step(-1, "fewer", "−"),
    element("span", { class: "count", role: "img", "aria-label": `${text("quantity", { name })}: ${item.quantity}` }, `${item.quantity}`),
    step(1, "more", "+"),
    element("button", {
      type: "button", class: "remove", "aria-label": text("removeItem", { name }), "data-focus": `${item.id} remove`,
      onclick: () => edit.remove(item),
    }, text("remove")));
}

function line(item, currency, edit) {
  const amount = item.total === undefined ? null : money(item.total, currency);
  return element("li", { "data-sku": item.sku },
    element("span", { class: "tile", "aria-hidden": "true" }, [...item.name][0] ?? ""),
    element("div", { class: "what" },
      element("span", { class: "name" }, item.name),
      Object.values(item.options ?? {}).map((choice) => element("span", { class: "option" }, choice))),
    element("div", { class: "money" },
      edit ? controls(item, edit) : element("span", { class: "count" }, `${item.quantity} ×`),
      element("span", { class: "each" },
        item.unitPrice === undefined ? text("awaitsPrice") : text("each", { amount: money(item.unitPrice, currency) })),
      amount && element("span", { class: "price" }, amount)));
}

function sums(totals, currency) {
  const rows = ["items", "discount", "shipping", "tax", "grand"].filter((name) => totals[name] !== undefined);
  return element("dl", { class: "sums" }, rows.map((name) => element("div", { class: name === "grand" ? "sum total" : "sum" },
    element("dt", {}, text(name === "items" && totals.incomplete ? "sum.incomplete" : `sum.${name}`)),
    element("dd", {}, money(totals[name], currency)))));
}

/** @param edit `setQuantity(item, quantity)` and `remove(item)`; null where the reader may only look. */
export function lines(cart, edit) {
  return [
    cart.items?.length
      ? element("ul", { class: "items", "aria-label": text("items") }, cart.items.map((item) => line(item, cart.currency, edit)))
      : element("p", { class: "note" }, text("empty")),
    cart.totals && cart.items?.length ? sums(cart.totals, cart.currency) : null,
  ];
}
