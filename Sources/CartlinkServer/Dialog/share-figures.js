// SPDX-License-Identifier: Apache-2.0

/** A moment, or only its day, as people of that language write it. */
export const written = (language, moment, timeStyle) =>
  new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle }).format(new Date(moment));

/** An amount in minor units; nothing where there is none, or no currency to write it in. */
export function money(language, amount, currency) {
  try {
    const format = new Intl.NumberFormat(language, { style: "currency", currency });
    return amount != null && format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
  } catch {
    return "";
  }
}

/** The day of a moment in the reader's zone, as a date field has it: `2026-11-30`. */
export const dayOf = (moment) => new Intl.DateTimeFormat("sv").format(new Date(moment));

/** The end of a date field's day in the reader's zone, or `latest` where that comes first; nothing without a day. */
export function endOfDay(day, latest) {
  const end = day && new Date(`${day}T23:59:59`).toISOString();
  return dayOf(latest) === day && latest < end ? latest : end;
}
