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
  const fetchKey = async () => (await call("POST", "/demo/console")).key;
  const failed = (error) => say(text("failed", { reason: error.message }));
  const reveal = (key) => {
    shown.textContent = key ?? "";
    shown.hidden = !key;
    show.textContent = text(key ? "hideKey" : "showKey");
    show.setAttribute("aria-expanded", `${Boolean(key)}`);
  };
  show.addEventListener("click", () => (shown.hidden ? fetchKey() : Promise.resolve(null)).then(reveal, failed));
  copy.addEventListener("click", async () => {
    let key;
    try {
      key = await fetchKey();
    } catch (error) {
      return failed(error);
    }
    try {
      await navigator.clipboard.writeText(key);
      say(text("copied"));
    } catch {
      reveal(key);
      getSelection().selectAllChildren(shown);
      say(text("copyByHand"));
    }
  });
}
