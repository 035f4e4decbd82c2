// SPDX-License-Identifier: Apache-2.0
// The admin key: in this module's memory and nowhere else.

const FORGOTTEN_AFTER = 15 * 60 * 1000;

let key = null;
let lastUse = 0;
let ended = () => {};

/** Keeps a key until it is forgotten; `onEnd` then hears why: "asked", "idle" or "refused". */
export function keep(text, onEnd) {
  key = text;
  ended = onEnd;
  lastUse = Date.now();
}

/** The key, or null once it was forgotten. */
export function held() {
  if (key !== null && Date.now() - lastUse >= FORGOTTEN_AFTER) forget("idle");
  return key;
}

export function forget(why) {
  if (key === null) return;
  key = null;
  ended(why);
}

/** Whoever comes back too late doesn't bring the key back to life by a touch. */
function use() {
  if (held() !== null) lastUse = Date.now();
}

for (const sign of ["keydown", "pointerdown"]) addEventListener(sign, use, { capture: true, passive: true });
// A timer alone would miss a lid that was closed.
setInterval(held, 10_000);
document.addEventListener("visibilitychange", held);
// A page that the back button can bring back would bring the key, too.
addEventListener("pagehide", () => forget("asked"));
