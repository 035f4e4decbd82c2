// SPDX-License-Identifier: Apache-2.0

/** Whether what was to be changed isn't there any more. */
export const hasEnded = ({ status }) => status === 404 || status === 410;

/** Whether going on needs nothing but another try. */
export const mayPass = ({ status }) => !status || status === 429 || status >= 500;

/** A trouble in plain words. */
export function explain(trouble, say) {
  const { status, code, wait, requestId } = trouble;
  const kind = hasEnded(trouble) ? "gone" : status === 422 ? "invalid" : wait ? "wait" : code;
  return say(`trouble.${kind}`, { n: wait }) ?? say("trouble.other", { id: requestId ?? code });
}

/** The names of the fields that are wrong. */
export const faultsOf = ({ code, errors = [] }) =>
  code === "cannot-share-with-oneself" ? ["personId"] : errors.map(({ pointer }) => pointer.slice(1));
