// SPDX-License-Identifier: Apache-2.0
// What the page says, in the reader's language.

const LANGUAGES = ["en", "es"];

let language = null;
let texts = {};

/** The language that is spoken now, and the one to change to. */
export const current = () => language;
export const other = () => LANGUAGES.find((tag) => tag !== language);

/** Speaks a language from now on, the reader's unless told; what is shown already stays as it is. */
export async function speak(tag = preferred()) {
  texts = (await import(`./texts-${tag}.js`)).default;
  language = tag;
  document.documentElement.lang = tag;
}

function preferred() {
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => LANGUAGES.includes(tag)) ?? "en";
}

/** The text under a key, with its `{names}` filled in; `n` chooses between one and more. */
export function say(key, values = {}) {
  const plural = "n" in values ? `${key}.${new Intl.PluralRules(language).select(values.n)}` : key;
  const text = texts[plural] ?? texts[`${key}.other`] ?? texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return typeof value === "number" ? value.toLocaleString(language) : (value ?? whole);
  });
}

/** The word for a value of the API; one that this page doesn't know is shown as it is. */
export function word(kind, value) {
  return texts[`${kind}.${value}`] ?? value;
}
