// SPDX-License-Identifier: Apache-2.0
// The door: a key is typed, tried, and handed on.

import { Fault, callWith } from "./admin-calls.js";
import { say } from "./console-texts.js";
import { field, make } from "./nodes.js";
import { explain, notice, working } from "./notices.js";

/** The form that asks for the key; `entered` gets it with whose it is, and `why` says why it is asked for again. */
export function logIn(entered, why = null) {
  const told = notice();
  const key = make("input", {
    type: "password", autocomplete: "off", autocapitalize: "none", spellcheck: "false", required: true,
  });
  const form = make(
    "form", { class: "panel", novalidate: true, onsubmit: submit },
    make("h2", {}, say("log-in.title")),
    field(say("log-in.key"), key, say("log-in.hint")),
    make("button", { class: "button" }, say("log-in.go")),
    told.node,
  );

  async function submit(event) {
    event.preventDefault();
    const text = key.value.trim();
    if (!text) return key.focus();
    await working(form, told, async () => {
      try {
        // What no header can carry can be no key.
        if (!/^[\x21-\x7e]+$/.test(text)) throw new Fault(401);
        entered(text, await callWith(text, "GET", "me"));
      } catch (fault) {
        if (![401, 403, 429].includes(fault.status)) throw fault;
        key.value = "";
        told.bad(fault.status === 401 ? say("log-in.wrong") : explain(fault));
        key.focus();
      }
    });
  }

  if (why) queueMicrotask(() => told[why === "asked" ? "good" : "bad"](say(`log-in.${why}`)));
  return { node: make("main", { class: "narrow" }, form), open: () => key.focus() };
}
