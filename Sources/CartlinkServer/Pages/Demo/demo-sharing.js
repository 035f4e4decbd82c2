// SPDX-License-Identifier: Apache-2.0
// How a shop embeds the share dialog: the cart's id, a login when it asks for one, and names for ids.
import { say } from "./demo-elements.js";
import { call } from "./demo-service.js";
import { nameFor, present, text } from "./demo-texts.js";

let session = null;

/** A login for the dialog; it is short-lived, and fetched anew when the dialog says that it isn't good any more. */
async function login({ renew } = {}) {
  if (renew || !session || Date.now() > session.end) {
    const fresh = await call("POST", "/demo/session");
    // In another tab somebody else was chosen: this page still shows the former one.
    if (fresh.person.id !== present.id) return location.reload();
    session = { login: fresh.login, end: Date.now() + fresh.expiresIn * 1000 };
  }
  return session.login;
}

/** Puts the dialog into the page; it is opened by the button. */
export async function enlivenSharing(cartId, onChange) {
  const place = document.querySelector(".sharing");
  place.hidden = false;
  try {
    await import("/assets/cart-share.js");
  } catch {
    say(text("dialogMissing"));
    return null;
  }
  const dialog = document.createElement("cart-share");
  for (const [name, value] of [["cart-id", cartId], ["lang", document.documentElement.lang], ["no-button", ""]]) dialog.setAttribute(name, value);
  dialog.login = login;
  dialog.nameFor = async (personId) => nameFor(personId);
  for (const event of ["created", "changed", "revoked"]) dialog.addEventListener(`cart-share-${event}`, onChange);
  place.append(dialog);
  place.querySelector("button.share").addEventListener("click", () => dialog.open());
  return dialog;
}
