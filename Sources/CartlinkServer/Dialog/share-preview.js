// SPDX-License-Identifier: Apache-2.0

import { h, hint } from "./share-elements.js";
import { money } from "./share-figures.js";

const mostItems = 20;

/** Lines, sum and currency of a projection in any of the formats. */
function read({ data, included, items = [], currency, totals, totalizers, storePreferencesData }) {
  if (data) {
    const lines = (included ?? []).filter(({ type }) => type.endsWith("items")).map(({ attributes }) => attributes);
    const total = ({ sumSubtotalAggregation, sumPrice } = {}) => sumSubtotalAggregation ?? sumPrice;
    return {
      currency: data.attributes.currency,
      items: lines.map((line) => ({ ...line, total: total(line.calculations) })),
      sum: data.attributes.totals?.subtotal,
    };
  }
  return {
    currency: currency ?? storePreferencesData?.currencyCode,
    items: items.map((item) => ({ total: item.priceDefinition?.total, ...item })),
    sum: totals?.items ?? totalizers?.find(({ id }) => id === "Items")?.value,
  };
}

/** The preview's answer, drawn plainly. */
export function drawn({ cart, redaction }, say, language) {
  const { currency, items, sum } = read(cart);
  const total = money(language, sum, currency);
  const row = ({ quantity, name, sku, options, total }) =>
    h(
      "li", {},
      h("span", {}, `${quantity} ×`),
      h("span.name", {}, name ?? sku, Object.values(options ?? {}).map((value) => h("small", {}, `${value}`))),
      h("span", {}, money(language, total, currency)),
    );
  // Kinds, not paths: what a policy withholds is the same for every cart.
  const kinds = ["personal", "payment", "opaque", "prices-hidden"].filter((kind) => redaction.removed.some(({ reason }) => reason === kind));
  return [
    h("ul", {}, items.slice(0, mostItems).map(row)),
    items.length > mostItems && hint(say("more", { n: items.length - mostItems })),
    !items.length && hint(say("empty")),
    total && h("p.head", {}, h("b", {}, say("sum")), h("b", {}, total)),
    kinds.length && hint(say("hidden", { list: kinds.map((kind) => say(kind)).join(", ") })),
  ];
}
