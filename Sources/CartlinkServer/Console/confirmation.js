// SPDX-License-Identifier: Apache-2.0
// The question before something ends for good.

import { say } from "./console-texts.js";
import { button, field, line, make } from "./nodes.js";

/** Says what would happen and asks; with `typed`, only who types that word can agree. */
export function confirmation({ text, more = null, typed = null, yes, no, onYes, onNo }) {
  const question = make("p", { class: "question", tabindex: -1 }, text);
  const agree = button(yes, () => {
    if (!typed || control.value.trim().toUpperCase() === typed) return onYes();
    control.setAttribute("aria-invalid", "true");
    control.focus();
  }, "danger");
  const control = line({ maxlength: 40 });
  const node = make(
    "div", { class: "confirmation", role: "group", "aria-label": say("confirm.title") },
    question,
    more,
    typed && field(say("confirm.type", { word: typed }), control),
    make("div", { class: "actions" }, agree, button(no, onNo)),
  );
  return { node, open: () => question.focus() };
}
