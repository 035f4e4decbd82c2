// SPDX-License-Identifier: Apache-2.0

/** An element such as `p.note` with properties or attributes, listeners (`onclick`) and children. What is text stays text. */
export function h(name, properties, ...children) {
  const [tag, className] = name.split(".");
  const element = document.createElement(tag);
  if (className) element.className = className;
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...shown(children));
  return element;
}

const shown = (children) => children.flat(2).filter((child) => child);

export const button = (text, onclick, properties) => h("button", { type: "button", onclick, ...properties }, text);

export const hint = (...children) => h("p.hint", {}, children);

/** Puts new children in place of the old ones; whoever stood on one with the keyboard stands on the one of that id, else on the whole. */
export function renew(place, ...children) {
  const root = place.getRootNode();
  const focused = place.contains(root.activeElement) && root.activeElement;
  place.replaceChildren(...shown(children));
  if (focused && !place.contains(root.activeElement)) (root.getElementById(focused.id) ?? place).focus();
}

/** A field under its label, with room for a hint and for what is wrong. */
export const field = (name, label, input, note = "") => {
  Object.assign(input, { id: name, name });
  input.setAttribute("aria-describedby", `${name}-hint ${name}-fault`);
  return h("div.field", { id: `${name}-field` }, h("label", { htmlFor: name }, label), input, h("p.hint", { id: `${name}-hint` }, note), h("p.fault", { id: `${name}-fault` }));
};

/** Says at a field what is wrong with it, or that nothing is. */
export const mark = (place, text) => {
  place.querySelector("input, select").ariaInvalid = !!text;
  place.querySelector(".fault").textContent = text || "";
};

export const choice = (type, name, value, text) =>
  h("label.choice", { id: `${name}-${value}` }, h("input", { type, name, value }), h("span", {}, text));
