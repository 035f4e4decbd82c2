// SPDX-License-Identifier: Apache-2.0

import { h, hint } from "./share-elements.js";
import { written } from "./share-figures.js";
import { Rows } from "./share-rows.js";

/** The people with access to the cart, with `name` and `way` filled in, and what its owner does about that. */
export function peopleRows(dialog) {
  const { say, language, change } = dialog;
  const rows = new Rows(dialog, (grant) => {
    const { id, name, access, way, createdAt } = grant;
    const path = `/v1/grants/${id}`;
    const [key, other] = access === "full" ? ["narrow", "read-only"] : ["raise", "full"];
    return [
      h("p.head", {}, h("b", {}, name), h("small", {}, say(access))),
      hint(`${say("since", { date: written(language, createdAt) })} · ${way}`),
      h(
        "div.actions", {},
        rows.act(key, grant, name, () => change("PATCH", path, { access: other }, "changed", { grantId: id }), "access"),
        rows.opener("withdraw", grant, name, () =>
          rows.question("withdraw", h("p", {}, say("withdraws", { name })), () => change("DELETE", path, undefined, "changed", { grantId: id })),
        ),
      ),
    ];
  });
  return rows;
}
