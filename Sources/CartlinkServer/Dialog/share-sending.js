// SPDX-License-Identifier: Apache-2.0

import { h, button } from "./share-elements.js";

const messengers = {
  whatsapp: ["WhatsApp", (url, hello) => `https://wa.me/?text=${hello}${url}`],
  telegram: ["Telegram", (url, hello) => `https://t.me/share/url?url=${url}&text=${hello}`],
  email: ["", (url, hello) => `mailto:?body=${hello}${url}`],
};

/** Copies the link; where the browser doesn't let pages copy, by selecting the field. Answers whether that worked. */
export async function copy(url, input) {
  try {
    await navigator.clipboard.writeText(url);
    return true;
  } catch {
    if (!input) return false;
    input.focus();
    input.select();
    return document.execCommand("copy");
  }
}

/** A link with all ways to send it: the only places that its token gets to. `names` are those of messengers. */
export function sending(url, names, say, news) {
  const input = h("input.url", { type: "text", readOnly: true, value: url, onfocus: () => input.select() });
  input.setAttribute("aria-label", say("link"));
  const [hello, escaped] = [say("hello"), url].map(encodeURIComponent);
  const ways = names.filter((name) => messengers[name]).map((name) =>
    h(
      "a.button", { href: messengers[name][1](escaped, hello), target: "_blank", rel: "noopener noreferrer" },
      messengers[name][0] || say("email"),
    ),
  );
  const share = () => navigator.share({ url, text: hello && say("hello").trim() }).catch(() => {});
  return h(
    "div.sending", {},
    h(
      "div.copy", {}, input,
      button(say("copy"), async () => news(say((await copy(url, input)) ? "copied" : "copyByHand")), { className: "main" }),
    ),
    h("div.actions", {}, navigator.share && button(say("send"), share), ways),
  );
}
