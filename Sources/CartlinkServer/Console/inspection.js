// SPDX-License-Identifier: Apache-2.0
// What a link is that somebody sent in. It opens a cart, so it is kept nowhere.

import { call } from "./admin-calls.js";
import { say, word } from "./console-texts.js";
import { lookFor } from "./id-button.js";
import { linkRow } from "./link-row.js";
import { field, fill, line, make } from "./nodes.js";
import { isFilled, notice, working } from "./notices.js";

export function inspection() {
  const told = notice();
  const place = make("div");
  const verdict = make("p", { class: "verdict", role: "status" });
  const found = make("ul", { class: "rows" });
  const form = make(
    "form", { class: "panel", novalidate: true, onsubmit: submit },
    place,
    make("div", { class: "actions" }, make("button", { class: "button" }, say("inspect.go"))),
    told.node,
  );
  let control = null;
  renew();

  /** A new control in place of the old one, which remembers what was pasted: undo would bring it back. */
  function renew() {
    control = line();
    fill(place, field(say("inspect.field"), control, say("inspect.hint")));
  }

  async function submit(event) {
    event.preventDefault();
    if (!isFilled(control, told, say("inspect.missing"))) return;
    const text = control.value.trim();
    renew();
    control.focus();
    verdict.textContent = "";
    fill(found);
    await working(form, told, async () => {
      const answer = await call("POST", "inspect", { body: text.includes("/") ? { url: text } : { token: text } });
      verdict.textContent = word("verdict", answer.verdict);
      fill(found, answer.link && linkRow(answer.link, () => lookFor(found, "links", { linkId: answer.link.id })));
    });
  }

  return {
    node: make("section", { class: "view" }, make("h2", { tabindex: -1 }, say("view.inspect")), form, verdict, found),
    open() {},
  };
}
