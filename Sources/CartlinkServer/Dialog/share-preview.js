// SPDX-License-Identifier: Apache-2.0

import { h } from "./share-elements.js";

const mostItems = 20;

/** Lines, sum and currency of a projection in any of the formats. */
function read(cart) {
  if (cart.data) {
    const { currency, totals } = cart.data.attributes ?? {};
    const lines = (cart.included ?? []).filter(({ type }) => type.endsWith("items")).map(({ attributes }) => attributes);
    return {
      currency,
      items: lines.map((line) => ({ ...line, total: line.calculations?.sumSubtotalAggregation ?? line.calculations?.sumPrice })),
      sum: totals?.subtotal,
    };
  }
  if (cart.items?.length === 0 || !cart.storePreferencesData) {
    return { currency: cart.currency, items: cart.items ?? [], sum: cart.totals?.items, isIncomplete: cart.totals?.incomplete };
  }
  const items = (cart.items ?? []).map((item) => ({ ...item, sku: item.skuName, total: item.priceDefinition?.total }));
  const sum = cart.totalizers?.find(({ id }) => id === "Items")?.value;
  return { currency: cart.storePreferencesData.currencyCode, items, sum };
}

export const itemCount = (answer) => read(answer.cart).items.length;

/** What is withheld, in people's words: kinds, not paths. */
function withheld(answer) {
  const { removed } = answer.redaction;
  const has = (reason) => removed.some((one) => one.reason === reason);
  const costs = removed.some(({ path, reason }) => reason === "withheld" && /total/i.test(path));
  return [
    has("personal") && "personal",
    has("payment") && "payment",
    has("opaque") && "opaque",
    has("prices-hidden") && "prices",
    costs && "costs",
  ].filter(Boolean);
}

/** The preview's answer, drawn plainly. */
export function drawn(answer, say, figures) {
  const { currency, items, sum, isIncomplete } = read(answer.cart);
  const line = (item) =>
    h(
      "li", {},
      h("span.times", {}, `${item.quantity ?? 1} ×`),
      h("span.name", {}, item.name ?? item.sku ?? "–", ...Object.values(item.options ?? {}).map((value) => h("small", {}, String(value)))),
      h("span.price", {}, figures.money(item.total, currency)),
    );
  const list = withheld(answer).map((kind) => say(`hidden.${kind}`));
  const total = figures.money(sum, currency);
  return [
    items.length ? h("ul.items", {}, items.slice(0, mostItems).map(line)) : h("p", {}, say("empty")),
    items.length > mostItems && h("p.hint", {}, say("moreItems", { n: items.length - mostItems })),
    total && h("p.sum", {}, h("span", {}, say("sum")), h("span", {}, total)),
    isIncomplete && h("p.hint", {}, say("incomplete")),
    list.length > 0 && h("p.hint", {}, say("hidden", { list: new Intl.ListFormat(figures.language).format(list) })),
    answer.link.within === "shop" && h("p.hint", {}, say("seeFirst")),
  ];
}
