// SPDX-License-Identifier: Apache-2.0
// What the page says, in the reader's language.

import english from "./texts-en.js";
import spanish from "./texts-es.js";

const LANGUAGES = { en: english, es: spanish };

let language = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in LANGUAGES) ?? "en";

export const current = () => language;
export const other = () => (language === "en" ? "es" : "en");

export function speak(tag) {
  language = tag;
  document.documentElement.lang = tag;
}

/** The text under a key, with its `{names}` filled in; `n` chooses between one and more. */
export function say(key, values = {}) {
  const texts = LANGUAGES[language];
  const plural = "n" in values ? `${key}.${new Intl.PluralRules(language).select(values.n)}` : key;
  const text = texts[plural] ?? texts[`${key}.other`] ?? texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return typeof value === "number" ? value.toLocaleString(language) : (value ?? whole);
  });
}

/** The word for a value of the API; one that this page doesn't know is shown as it is. */
export function word(kind, value) {
  return LANGUAGES[language][`${kind}.${value}`] ?? value;
}
