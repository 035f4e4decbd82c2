// SPDX-License-Identifier: Apache-2.0

/** An element such as `p.note` with properties or attributes, listeners (`onclick`) and children. What is text stays text. */
export function h(name, properties = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

export const button = (text, onclick, properties = {}) =>
  h("button", { type: "button", onclick, ...properties }, text);

/** Puts new children in place of the old ones; whoever stood on one with the keyboard stands on the one of the same id, else on the whole. */
export function renew(place, ...children) {
  const focused = place.getRootNode().activeElement;
  const wasInside = place.contains(focused);
  place.replaceChildren(...children.flat().filter((child) => child != null && child !== false));
  if (wasInside && place.getRootNode().activeElement !== focused) {
    const same = focused.id && place.querySelector(`[id="${CSS.escape(focused.id)}"]`);
    (same || place).focus();
  }
}

/** A field under its label, with room for a hint and for what is wrong. */
export function field(id, label, input, hint) {
  input.id = id;
  input.setAttribute("aria-describedby", `${id}-hint ${id}-fault`);
  return h(
    "div.field", {},
    h("label", { htmlFor: id }, label), input,
    h("p.hint", { id: `${id}-hint` }, hint ?? ""),
    h("p.fault", { id: `${id}-fault` }),
  );
}

export const check = (id, label, onchange) => {
  const input = h("input", { type: "checkbox", id, onchange });
  return { input, row: h("label.check", {}, input, h("span", {}, label)) };
};
