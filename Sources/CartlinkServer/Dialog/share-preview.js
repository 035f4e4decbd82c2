// SPDX-License-Identifier: Apache-2.0

import { h, hint } from "./share-elements.js";
import { money } from "./share-figures.js";

const mostItems = 20;

/** Where carts have their name. */
const names = ["name", "data.attributes.name"];

/** Name, lines, sums and currency of a projection in any of the formats. */
function read({ data, included, name, items = [], currency, totals, totalizers, storePreferencesData }) {
  if (data) {
    const { attributes } = data;
    const lines = (included ?? []).filter(({ type }) => type.endsWith("items")).map((item) => item.attributes);
    const total = ({ sumSubtotalAggregation, sumPrice } = {}) => sumSubtotalAggregation ?? sumPrice;
    return {
      name: attributes.name,
      currency: attributes.currency,
      items: lines.map((line) => ({ ...line, total: total(line.calculations) })),
      sum: attributes.totals?.subtotal,
      discount: attributes.totals?.discountTotal,
    };
  }
  const totalizer = (one) => totalizers?.find(({ id }) => id === one)?.value;
  return {
    name,
    currency: currency ?? storePreferencesData?.currencyCode,
    items: items.map((item) => ({ total: item.priceDefinition?.total, ...item })),
    sum: totals?.items ?? totalizer("Items"),
    discount: totals?.discount ?? totalizer("Discounts"),
  };
}

/** The preview's answer, drawn plainly. */
export function drawn({ cart, redaction, link }, say, language) {
  const { name, currency, items, sum, discount } = read(cart);
  // Platforms give a discount with or without its sign.
  const sums = [["sum", sum], ["discount", discount ? -Math.abs(discount) : null]];
  const row = ({ quantity, name, sku, options, total }) =>
    h(
      "li", {},
      h("span", {}, `${quantity} ×`),
      h("span.name", {}, name ?? sku, Object.values(options ?? {}).map((value) => h("small", {}, `${value}`))),
      h("span", {}, money(language, total, currency)),
    );
  // Kinds, not paths: what a policy withholds is the same for every cart.
  const removed = new Set(redaction.removed.map(({ path, reason }) => (names.includes(path) ? "name" : reason)));
  const kinds = ["personal", "payment", "name", "opaque", "prices-hidden"].filter((kind) => removed.has(kind));
  return [
    name && h("b", {}, `${name}`),
    h("ul", {}, items.slice(0, mostItems).map(row)),
    items.length > mostItems && hint(say("more", { n: items.length - mostItems })),
    !items.length && hint(say("empty")),
    sums.map(([key, amount]) => {
      const text = money(language, amount, currency);
      return text && h("p.head", {}, h("b", {}, say(key)), h("b", {}, text));
    }),
    kinds.length && hint(say("hidden", { list: kinds.map((kind) => say(kind)).join(", ") })),
    link.within === "shop" && hint(say("seeMore")),
  ];
}
