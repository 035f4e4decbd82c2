// SPDX-License-Identifier: Apache-2.0
// What the page can do beyond reading: sharing, times in the reader's zone, counting a visit, and following changes.
"use strict";

const address = location.origin + location.pathname;

function say(text) {
  const news = document.querySelector(".news");
  if (!news) return;
  news.textContent = "";
  // A live region speaks only of what comes into it later.
  setTimeout(() => { news.textContent = text; }, 50);
}

async function share(button) {
  if (navigator.share) {
    // Whoever closes the sheet has decided against it; that is no failure.
    await navigator.share({ title: document.title, url: address }).catch(() => {});
    return;
  }
  try {
    await navigator.clipboard.writeText(address);
    say(button.dataset.copied);
  } catch {
    // Without the right to the clipboard the reader can still copy by hand.
    prompt("", address);
  }
}

/** Enlivens what is on the page now; called again when its content was replaced. */
function enliven() {
  const button = document.querySelector("button.share");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => share(button));
  }
  for (const time of document.querySelectorAll("time[datetime]")) {
    const format = new Intl.DateTimeFormat(document.body.dataset.locale, { dateStyle: "long", timeStyle: "short" });
    time.textContent = format.format(new Date(time.dateTime));
  }
}

/** Tells the service that a person saw the page, once, and not before it is on the screen. */
function count() {
  if (!("counted" in document.body.dataset)) return;
  const send = () => {
    if (document.visibilityState !== "visible" || document.prerendering) return;
    document.removeEventListener("visibilitychange", send);
    document.removeEventListener("prerenderingchange", send);
    navigator.sendBeacon(location.pathname.replace(/\/+$/, "") + "/seen");
  };
  document.addEventListener("visibilitychange", send);
  document.addEventListener("prerenderingchange", send);
  send();
}

/** Puts the page's content as it is now in place of what is shown; answers whether there was anything new. */
async function refresh() {
  const answer = await fetch(location.href, { cache: "no-store", headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [shown, fresh] = [document.querySelector("main"), page.querySelector("main")];
  if (!fresh || page.body.dataset.page !== "cart") return location.reload();
  if (fresh.innerHTML === original) return;
  original = fresh.innerHTML;
  const focused = document.activeElement.className;
  shown.replaceWith(document.adoptNode(fresh));
  // Whoever stood on a button with the keyboard still stands on it.
  if (focused) [...fresh.querySelectorAll("a, button")].find((element) => element.className === focused)?.focus({ preventScroll: true });
  enliven();
  say(document.body.dataset.changed);
}

let original = document.querySelector("main")?.innerHTML;

function follow() {
  const events = document.body.dataset.events;
  if (!events) return;
  const source = new EventSource(events);
  const update = () => refresh().catch(() => {});
  // What changed between the page's making and the stream's opening is caught up with.
  source.addEventListener("open", update);
  source.addEventListener("changed", update);
  source.addEventListener("gone", () => { source.close(); location.reload(); });
}

enliven();
count();
follow();
