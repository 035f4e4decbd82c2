// SPDX-License-Identifier: Apache-2.0
// The demo's shop: a storefront as small as can be, on the service's own API.
import { drawCarts, OpenCart } from "./demo-cart.js";
import { drawComments, enlivenComments } from "./demo-comments.js";
import { enlivenConsole } from "./demo-console.js";
import { element, fill, say } from "./demo-elements.js";
import { drawLinks } from "./demo-links.js";
import { openShared, takeToken } from "./demo-opened.js";
import { call } from "./demo-service.js";
import { enlivenSharing } from "./demo-sharing.js";
import { drawStories, enlivenStories } from "./demo-stories.js";
import { isStranger, present, text } from "./demo-texts.js";

const wishes = new URLSearchParams(location.search);

/** Shows the links of the open cart as they are now; nobody but its owner has any. */
let redrawLinks = async () => {};

async function refresh() {
  if (await drawStories()) await redrawLinks().catch(() => {});
}

async function showCart(summary) {
  const isOwner = summary.access === "owner";
  const cart = new OpenCart(summary, {
    onChange: refresh,
    onComment: () => drawComments(cart.path, isOwner).catch(() => {}),
    onGone: () => { say(text("cartGone")); setTimeout(() => location.assign("/demo"), 1500); },
  });
  await cart.load();
  cart.follow();
  enlivenComments(cart.path, isOwner);
  await drawComments(cart.path, isOwner);
  if (!isOwner) return;
  redrawLinks = () => drawLinks(cart.path);
  await redrawLinks();
  const dialog = await enlivenSharing(summary.cartId, refresh);
  if (dialog && wishes.get("open") === "share") {
    history.replaceState(null, "", `/demo?cart=${encodeURIComponent(summary.cartId)}`);
    dialog.open();
  }
}

async function start() {
  const token = takeToken();
  enlivenConsole();
  enlivenStories();
  const stories = drawStories();
  const shared = token ? await openShared(token) : null;
  if (!isStranger) {
    const { carts } = await call("GET", "/v1/carts");
    const wished = carts.find((cart) => cart.cartId === (shared ?? wishes.get("cart")));
    const open = wished ?? (token ? null : carts.find((cart) => cart.cartId === "demo-cart") ?? carts[0]);
    drawCarts(carts, open?.cartId);
    if (!carts.length) fill(document.querySelector(".cart-list"), element("p", { class: "note" }, text("noCarts", { name: present.name })));
    if (open) await showCart(open);
  }
  await stories;
}

// The back button may bring the page of someone else who was chosen before.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// Much happens in other tabs, and opens are written down a second later.
for (const event of ["focus", "visibilitychange"]) addEventListener(event, refresh);
setTimeout(refresh, 1500);

start().catch((error) => say(text("failed", { reason: error.message }))).finally(() => { document.body.dataset.ready = ""; });
