// SPDX-License-Identifier: Apache-2.0

/** Dates and amounts as people of that language write them. */
export class Figures {
  constructor(language) {
    this.language = language;
  }

  moment(text) {
    return new Intl.DateTimeFormat(this.language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(text));
  }

  day(text) {
    return new Intl.DateTimeFormat(this.language, { dateStyle: "medium" }).format(new Date(text));
  }

  /** An amount in minor units; nothing where there is none, or no currency to write it in. */
  money(amount, currency) {
    if (typeof amount !== "number") return "";
    try {
      const format = new Intl.NumberFormat(this.language, { style: "currency", currency });
      return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
    } catch {
      return "";
    }
  }
}

/** The day of a moment in the reader's zone, as a date field has it. */
export function dayField(moment) {
  const date = new Date(moment);
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The end of a date field's day in the reader's zone, or `latest` where that comes first; nothing without a day. */
export function endOfDay(day, latest) {
  if (!day) return undefined;
  const end = new Date(`${day}T23:59:59`).toISOString();
  return latest && dayField(latest) === day && latest < end ? latest : end;
}
