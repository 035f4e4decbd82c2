// SPDX-License-Identifier: Apache-2.0

import { english } from "./share-english.js";

/** The language of the nearest `lang`, also outside of shadow trees, else the browser's. */
export function languageOf(element) {
  let said;
  for (let node = element; node && !said; node = node.parentNode ?? node.host) said = node.lang;
  return (said || navigator.language).slice(0, 2);
}

/** What says a text by its key, filled in; nothing where there is no such text. Only English comes along, Spanish is fetched. */
export async function speaker(language) {
  const texts = language === "es" ? await import(new URL("cart-share.es.js", import.meta.url)).then(({ spanish }) => spanish, () => english) : english;
  return (key, values = {}) => texts[key]?.split("|").at(values.n === 1 ? 0 : -1).replace(/{(\w+)}/g, (_, name) => values[name]);
}
