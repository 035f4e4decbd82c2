// SPDX-License-Identifier: Apache-2.0
// Opinions on the open cart, among its owner and the people with access.
import { element, fill, say } from "./demo-elements.js";
import { call } from "./demo-service.js";
import { nameFor, present, text } from "./demo-texts.js";

const section = document.querySelector("section.comments");
const failed = (error) => say(text("failed", { reason: error.message }));

/** @param path the cart's. */
export async function drawComments(path, isOwner) {
  const { comments } = await call("GET", `${path}/comments`);
  const rows = comments.map((comment) => {
    const name = nameFor(comment.personId) ?? comment.personId;
    const remove = async () => {
      await call("DELETE", `${path}/comments/${comment.id}`).catch(failed);
      await drawComments(path, isOwner).catch(failed);
    };
    return element("li", {},
      element("strong", {}, name), " ", element("span", { class: "text", dir: "auto" }, comment.text), " ",
      (isOwner || name === present.name) && element("button", {
        type: "button", class: "plain", "aria-label": text("deleteComment", { name }), onclick: remove,
      }, text("delete")));
  });
  fill(section.querySelector("ul"), rows.length ? rows : [element("li", { class: "note" }, text("noComments"))]);
  section.hidden = false;
}

export function enlivenComments(path, isOwner) {
  let isSending = false;
  section.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    // A second press, before the first one's answer, would say the same again.
    if (isSending) return;
    isSending = true;
    const field = event.target.elements.text;
    try {
      await call("POST", `${path}/comments`, { text: field.value.trim() });
      field.value = "";
      await drawComments(path, isOwner);
    } catch (error) {
      failed(error);
    } finally {
      isSending = false;
    }
  });
}
