// SPDX-License-Identifier: Apache-2.0

import { h, button } from "./share-elements.js";

const messengers = {
  whatsapp: ["WhatsApp", "https://wa.me/?text="],
  telegram: ["Telegram", "https://t.me/share/url?url="],
  email: ["", "mailto:?body="],
};

/** A link with the ways to send it: the only places that its token gets to. `names` are those of messengers. */
export function sending(url, names, say, news) {
  const input = h("input.url", { readOnly: true, value: url, ariaLabel: say("link") });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      news(say("copied"));
    } catch {
      // Not every browser lets a page copy, and none a page without TLS.
      input.select();
      news(say("copyByHand"));
    }
  };
  const way = ([name, start]) =>
    h(
      "a.button", { href: start + encodeURIComponent(name === "Telegram" ? url : say("hello") + url), target: "_blank", rel: "noopener noreferrer" },
      name || say("email"),
    );
  return h(
    "div.more", {},
    h("div.actions", {}, input, button(say("copy"), copy, { className: "main" })),
    h(
      "div.actions", {},
      navigator.share && button(say("share"), () => navigator.share({ url, text: say("hello") }).catch(() => {})),
      names.filter((name) => messengers[name]).map((name) => way(messengers[name])),
    ),
  );
}
