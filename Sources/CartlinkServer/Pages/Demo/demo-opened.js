// SPDX-License-Identifier: Apache-2.0
// A cart that a link's page led to: the token comes behind the # and is taken out of the address before anything else.
import { element, fill, say } from "./demo-elements.js";
import { lines } from "./demo-lines.js";
import { call, cartPath } from "./demo-service.js";
import { isStranger, text } from "./demo-texts.js";

/** The token that the address brought, if it did. */
export function takeToken() {
  const token = location.hash.match(/^#share=(\w+)$/)?.[1] ?? null;
  if (token) history.replaceState(null, "", location.pathname + location.search);
  return token;
}

const showCart = (cartId) => location.assign(`/demo?cart=${encodeURIComponent(cartId)}`);

/** Shows what a link opens; answers which cart is the person's own or shared with him already, and whether he may take it over. */
export async function openShared(token) {
  const found = await call("POST", "/demo/resolve", { token });
  const isHeld = !isStranger && await call("GET", cartPath(found.cartId)).then(() => true, () => false);
  const section = document.querySelector(".opened");
  const act = (key, path, done) => element("button", {
    type: "button", class: "button", onclick: async () => {
      try {
        await call("POST", `/v1/shared/${token}/${path}`, {});
        say(text(done));
        showCart(found.cartId);
      } catch (error) {
        say(text("failed", { reason: error.message }));
      }
    },
  }, text(key));
  section.hidden = false;
  if (isHeld) {
    const mayTakeOver = found.allowTakeOver && found.viewer.relation !== "owner";
    section.hidden = !mayTakeOver;
    if (mayTakeOver) {
      fill(section, element("h3", { id: "opened" }, text("openedCart")), element("p", {}, text("takeOverLead")),
        act("takeOver", "take-over", "takenOver"));
    }
    return found.cartId;
  }
  const { cart } = await call("GET", `/v1/shared/${token}`);
  fill(section, element("h3", { id: "opened" }, text("openedCart")), element("p", { class: "note" }, text("openedLead")), lines(cart, null),
    found.viewer.relation === "member" && act("accept", "accept", "accepted"));
  return null;
}
