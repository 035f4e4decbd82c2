// SPDX-License-Identifier: Apache-2.0
// The links of the owner's cart, each with one click to open it as anyone of the demo.
import { element, fill } from "./demo-elements.js";
import { call } from "./demo-service.js";
import { day, people, text } from "./demo-texts.js";

const section = document.querySelector("section.links");

/** Changes the person and leads to the link's page: the token goes in a form's body, never in a query. */
function openAs(link) {
  return element("form", { method: "post", action: "/demo/login", class: "open-as" },
    element("input", { type: "hidden", name: "return", value: new URL(link.url).pathname }),
    element("span", {}, text("openAs")),
    people.map((person) => element("button", {
      name: "person", value: person.id, "data-focus": `${link.id} ${person.id}`,
    }, person.name)));
}

function row(link) {
  const { opens } = link;
  const facts = [
    `${text(`link.${link.within ?? "external"}`)}, ${text(`link.${link.access}`)}`,
    text(`status.${link.status}`),
    link.status === "active" && text("until", { date: day(link.expiresAt) }),
    opens.people > 0 && (opens.people === 1 ? text("openedOnce") : text("opened", { count: opens.people })),
  ];
  return element("li", { "data-link": link.id, class: link.status },
    link.label && element("strong", { dir: "auto" }, link.label),
    element("span", { class: "facts" }, facts.filter(Boolean).join(" · ")),
    openAs(link));
}

/** @param path the cart's. */
export async function drawLinks(path) {
  const { links } = await call("GET", `${path}/links`);
  const newest = links.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt));
  // A revoked link has no address any more.
  const shown = newest.filter((link) => link.url);
  const ended = newest.length - shown.length;
  fill(section.querySelector("div"),
    shown.length ? element("ul", {}, shown.map(row)) : element("p", { class: "note" }, text("noLinks")),
    ended > 0 && element("p", { class: "note" }, text("endedLinks", { count: ended })));
  section.hidden = false;
}
