// SPDX-License-Identifier: Apache-2.0

import { word } from "./console-texts.js";
import { make } from "./nodes.js";

/** A state as a word, with a colour for those who see it. */
export function statusWord(kind, status) {
  return make("span", { class: `status ${status}` }, word(kind, status));
}
