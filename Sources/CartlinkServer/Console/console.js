// SPDX-License-Identifier: Apache-2.0
// The console: the door, and behind it the views, one at a time.

import { forget, held, keep } from "./admin-key.js";
import { auditSearch } from "./audit-search.js";
import { other, say, speak } from "./console-texts.js";
import { inspection } from "./inspection.js";
import { keyList } from "./key-list.js";
import { linkSearch } from "./link-search.js";
import { logIn } from "./log-in.js";
import { massRevocation } from "./mass-revocation.js";
import { button, fill, make } from "./nodes.js";
import { webhookList } from "./webhook-list.js";

const VIEWS = {
  links: linkSearch, revoke: massRevocation, inspect: inspection, audit: auditSearch, keys: keyList, webhooks: webhookList,
};

let admin = null;
let view = "links";
let made = {};
/** What stood in the views' fields, and the link that was shown, before the language changed. */
let typed = {};

function showDoor(why = null) {
  admin = null;
  view = "links";
  made = {};
  typed = {};
  document.title = say("title");
  const door = logIn(enter, why);
  fill(document.body, header([]), door.node);
  door.open();
}

function enter(key, me) {
  admin = me;
  keep(key, showDoor);
  showViews();
  document.querySelector("nav button").focus();
}

/** Everything behind the door, made anew: what was shown before is gone with the key, or was in another language. */
function showViews() {
  const main = make("main");
  made = {};
  const tabs = Object.keys(VIEWS).map((name) => make("button", { type: "button", "data-view": name, onclick: () => show(name) }, say(`view.${name}`)));

  function show(name, search = null) {
    view = name;
    made[name] ??= opened(name);
    for (const tab of tabs) {
      if (tab.dataset.view === name) tab.setAttribute("aria-current", "page"); else tab.removeAttribute("aria-current");
    }
    document.title = `${say(`view.${name}`)} – ${say("title")}`;
    fill(main, made[name].node);
    made[name].open(search, typed.link);
    if (name === "links") delete typed.link;
  }

  main.addEventListener("look-for", (event) => show(event.detail.view, event.detail.search));
  const who = [
    make("p", { class: "who" }, say("who"), " ", make("strong", {}, admin.name)),
    button(say("log-out"), () => forget("asked")),
  ];
  fill(document.body, header(who), make("nav", { "aria-label": say("views") }, tabs), main);
  show(view);
}

const controls = (node) => [...node.querySelectorAll("form.panel :is(input, select)")];

/** A new view, with what was typed into it before. */
function opened(name) {
  const one = VIEWS[name]();
  for (const [index, value] of (typed[name] ?? []).entries()) {
    const control = controls(one.node)[index];
    if (!control || value === "") continue;
    control.value = value;
    // What is chosen may bring another field with it.
    control.dispatchEvent(new Event("change"));
    control.closest("details")?.toggleAttribute("open", true);
  }
  delete typed[name];
  return one;
}

function header(more) {
  const language = make("button", { type: "button", class: "button quiet language", lang: other(), onclick: translate }, say("language"));
  return make("header", {}, make("h1", {}, say("title")), language, more);
}

async function translate() {
  await speak(other());
  if (held() === null) {
    showDoor();
  } else {
    for (const [name, one] of Object.entries(made)) {
      // A link to inspect opens a cart and is kept nowhere.
      if (name !== "inspect") typed[name] = controls(one.node).map(({ value }) => value);
    }
    typed.link ??= made.links?.shown();
    showViews();
  }
  document.querySelector("button.language").focus();
}

await speak();
showDoor();
