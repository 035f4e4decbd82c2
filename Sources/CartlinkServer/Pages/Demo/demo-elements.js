// SPDX-License-Identifier: Apache-2.0
// Elements from data: text only ever becomes text.

/** An element with attributes, listeners (`onclick`) and children; what is null or false is left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === false || value === undefined) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== false && child !== undefined));
  return made;
}

/** Puts new children in place of the old ones; whoever stood on a control with the keyboard still stands on it. */
export function fill(parent, ...children) {
  const place = parent.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  parent.replaceChildren(...children.flat().filter(Boolean));
  if (place) [...parent.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === place)?.focus({ preventScroll: true });
}

/** Tells the reader, also with a screen reader, what has just happened. */
export function say(message) {
  const news = document.querySelector(".news");
  news.textContent = "";
  // A live region speaks only of what comes into it later.
  setTimeout(() => { news.textContent = message; }, 50);
}
