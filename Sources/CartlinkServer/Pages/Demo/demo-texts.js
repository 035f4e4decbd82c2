// SPDX-License-Identifier: Apache-2.0
// The page's language: its sentences, amounts, times, and the demo's people by name.

const texts = JSON.parse(document.body.dataset.texts);
const locale = document.body.dataset.locale;

export function text(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** An amount in minor units. */
export function money(amount, currency) {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
}

export function day(moment) {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(new Date(moment));
}

export const present = { id: document.body.dataset.person, name: document.body.dataset.name };
export const isStranger = present.id === "nobody";

/** The people whom the page offers: a real shop asks its customer directory. */
export const people = [...document.querySelectorAll(".people button")].map((button) => ({
  id: button.value, name: button.textContent, personId: button.dataset.personId,
}));

export function nameFor(personId) {
  return people.find((person) => person.personId && person.personId === personId)?.name;
}
