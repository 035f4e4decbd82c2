// SPDX-License-Identifier: Apache-2.0

const said = ["login", "offline", "unreachable", "limit-reached", "cart-locked", "not-allowed-here", "invalid-input"];

/** A trouble in plain words. */
export function explain(trouble, say) {
  if (trouble.wait || trouble.status === 429 || trouble.status === 503) return say("trouble.wait", { n: trouble.wait ?? 5 });
  if (hasEnded(trouble)) return say("trouble.gone");
  if (trouble.code === "cannot-share-with-oneself") return say("trouble.invalid-input");
  if (said.includes(trouble.code)) return say(`trouble.${trouble.code}`);
  return say("trouble.other", { id: trouble.requestId ?? trouble.code });
}

/** Whether what was to be changed isn't there any more. */
export const hasEnded = (trouble) => trouble.status === 404 || trouble.status === 410;

/** Whether the caller is none who may share the cart. */
export const isForOthers = (trouble) => trouble.code === "permission-denied" || trouble.code === "cart-not-found";

const fields = { personId: "personId", expiresIn: "until", expiresAt: "until", label: "label", maxAccepts: "most" };

/** What is wrong with which field: `[[field, text]]`. */
export function faultsOf(trouble, say) {
  if (trouble.code === "cannot-share-with-oneself") return [["personId", say("field.oneself")]];
  return trouble.errors.map(({ pointer }) => fields[pointer.slice(1)]).filter(Boolean).map((name) => [name, say(`field.${name}`)]);
}
