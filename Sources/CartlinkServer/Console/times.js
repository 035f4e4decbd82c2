// SPDX-License-Identifier: Apache-2.0
// Times, which the API writes in UTC and people read in their own zone.

import { current, say } from "./console-texts.js";
import { make } from "./nodes.js";

/** The moment in the reader's zone, with UTC for whoever compares it with logs. */
export function time(text) {
  const moment = new Date(text);
  const shown = new Intl.DateTimeFormat(current(), { dateStyle: "medium", timeStyle: "short" }).format(moment);
  return make("time", { datetime: text, title: `${moment.toISOString().replace("T", " ").slice(0, 19)} UTC` }, shown);
}

/** A length of time in its largest whole unit. */
export function duration(seconds) {
  const units = [["day", 86_400], ["hour", 3_600], ["minute", 60]];
  const [unit, size] = units.find(([, size]) => seconds >= size) ?? ["second", 1];
  const format = new Intl.NumberFormat(current(), { style: "unit", unit, unitDisplay: "long" });
  return format.format(Math.floor(seconds / size));
}

/** A control for a moment in the reader's zone. */
export function momentControl() {
  return make("input", { type: "datetime-local", autocomplete: "off", title: say("time.zone", { zone: zone() }) });
}

/** What such a control holds, as the API writes it; null for nothing. */
export function moment(control) {
  return control.value ? new Date(control.value).toISOString() : null;
}

function zone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
