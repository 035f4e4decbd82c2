// SPDX-License-Identifier: Apache-2.0
// Elements. What somebody typed goes in as text and is never read as HTML.

import { say } from "./console-texts.js";

/** An element with attributes; those named `on…` are listeners, and null, undefined or false are left out. */
export function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  return fill(node, ...children);
}

/** Puts these children in place of those that a node has. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function button(text, onclick, kind = "quiet") {
  return make("button", { type: "button", class: `button ${kind}`, onclick }, text);
}

let fields = 0;

/** A control under its label, with a hint that screen readers read, too. */
export function field(label, control, hint = null) {
  control.id = `field-${++fields}`;
  if (hint) control.setAttribute("aria-describedby", `${control.id}-hint`);
  return make(
    "div", { class: "field" },
    make("label", { for: control.id }, label),
    control,
    hint && make("p", { class: "hint", id: `${control.id}-hint` }, hint),
  );
}

/** A line of text. No browser keeps it for the next time. */
export function line(attributes = {}) {
  return make("input", { type: "text", autocomplete: "off", autocapitalize: "none", spellcheck: "false", ...attributes });
}

/** A choice among [value, text]. */
export function choice(options) {
  return make("select", {}, options.map(([value, text]) => make("option", { value }, text)));
}

/** A list of facts: [name, value], those without a value left out; the texts have the names. */
export function facts(pairs, kind = "facts") {
  const known = pairs.filter(([, value]) => value !== null && value !== undefined);
  return make("dl", { class: kind }, known.map(([name, value]) => make("div", {}, make("dt", {}, say(`fact.${name}`)), make("dd", {}, value))));
}
