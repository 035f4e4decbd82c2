// SPDX-License-Identifier: Apache-2.0

import { h, choice, field, hint, mark } from "./share-elements.js";
import { written, dayOf, endOfDay } from "./share-figures.js";
import { faultsOf } from "./share-troubles.js";
import { sending } from "./share-sending.js";
import { Rows } from "./share-rows.js";

export const isLive = ({ status }) => status === "active" || status === "paused";

/** The cart's links, and what their owner does with them. */
export function linkRows(dialog) {
  const { say, language, change } = dialog;

  const extending = (link, patch) => {
    const latest = new Date(Date.parse(link.createdAt) + (dialog.terms[link.audience] ?? 0)).toISOString();
    const input = h("input", { type: "date", max: dayOf(latest), value: dayOf(link.expiresAt) });
    const parts = field(`day${link.id}`, say("expiresAt"), input, say("latest", { date: written(language, latest, "short") }));
    const blame = (isWrong) => mark(parts, isWrong && say("fault.expiresAt"));
    return rows.question("save", parts, () => {
      blame(!input.value);
      return input.value && patch({ expiresAt: endOfDay(input.value, latest) }, (trouble) => blame(faultsOf(trouble).includes("expiresAt")));
    });
  };

  const revoking = (link) => {
    const keep = choice("checkbox", "keep", "", say("keep"));
    const query = () => (keep.firstChild.checked ? "?keepGrants=true" : "");
    return rows.question("revoke", [h("p", {}, say("revokes")), link.accepts > 0 && keep], () =>
      change("DELETE", `/v1/links/${link.id}${query()}`, undefined, "revoked", { linkId: link.id }),
    );
  };

  const rows = new Rows(dialog, (link) => {
    const { id, status, access, accepts, opens, audience, personId } = link;
    const who = say(link.within ?? audience);
    const name = link.label ?? who;
    const person = h("span", {}, who);
    if (personId) dialog.nameOf(personId).then((known) => (person.textContent = known ?? personId));
    const act = (key, body, place) => rows.act(key, link, name, () => patch(body), place);
    const patch = (body, blame) => change("PATCH", `/v1/links/${id}`, body, "changed", { linkId: id }, blame);
    const live = isLive(link);
    const facts = [
      say("opens", { n: opens.people }),
      opens.robots && say("robots", { n: opens.robots }),
      opens.lastAt && say("last", { date: written(language, opens.lastAt) }),
      audience === "internal" && say("accepts", { n: accepts }),
    ];
    return [
      h("p.head", {}, h("b", {}, name), h("small", {}, say(status))),
      hint((link.label || personId) && [person, " · "], `${say(access)} · ${say("until", { date: written(language, link.expiresAt, "short") })}`),
      hint(facts.filter((fact) => fact).join(" · ")),
      status !== "revoked" && h(
        "div.actions", {},
        live && link.url && rows.opener("send", link, name, () => sending(link.url, dialog.messengers, say, dialog.news)),
        live && (status === "paused" ? act("resume", { paused: false }, "hold") : act("pause", { paused: true }, "hold")),
        live && access === "full" && act("narrow", { access: "read-only" }),
        rows.opener("extend", link, name, () => extending(link, patch)),
        rows.opener("revoke", link, name, () => revoking(link)),
      ),
    ];
  });
  return rows;
}
