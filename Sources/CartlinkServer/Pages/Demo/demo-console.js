// SPDX-License-Identifier: Apache-2.0
// The administrator's key, beside the way to the console: fetched when somebody wants to see it, and never in an address.
import { say } from "./demo-elements.js";
import { call } from "./demo-service.js";
import { text } from "./demo-texts.js";

export function enlivenConsole() {
  const place = document.querySelector(".key");
  if (!place) return;
  const [show, shown, copy] = ["button.show", "output", "button.copy"].map((selector) => place.querySelector(selector));
  place.hidden = false;
  const reveal = (key) => {
    shown.textContent = key ?? "";
    shown.hidden = copy.hidden = !key;
    show.textContent = text(key ? "hideKey" : "showKey");
    show.setAttribute("aria-expanded", `${Boolean(key)}`);
  };
  show.addEventListener("click", async () => {
    try {
      reveal(shown.hidden ? (await call("POST", "/demo/console")).key : null);
    } catch (error) {
      say(text("failed", { reason: error.message }));
    }
  });
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(shown.textContent);
      say(text("copied"));
    } catch {
      getSelection().selectAllChildren(shown);
      say(text("copyByHand"));
    }
  });
}
