// SPDX-License-Identifier: Apache-2.0
// The guided path: which steps really happened, as the service tells, and which one is next.
import { element, say } from "./demo-elements.js";
import { call } from "./demo-service.js";
import { present, text } from "./demo-texts.js";

const STARTED = "cartlink-demo-started";
const section = document.querySelector(".stories");
const steps = [...section.querySelectorAll("[data-step]")];
let shownNext;

function draw(done) {
  for (const step of steps) {
    const isDone = done.includes(step.dataset.step);
    if (isDone === step.classList.contains("done")) continue;
    step.classList.toggle("done", isDone);
    step.querySelector(".tick")?.remove();
    if (isDone) step.querySelector("summary").append(element("span", { class: "tick unseen" }, ` (${text("stepDone")})`));
  }
  const next = steps.find((step) => !done.includes(step.dataset.step));
  for (const step of steps) step.classList.toggle("next", step === next);
  // Whoever opened another step keeps it open until there is news.
  if (next !== shownNext) {
    for (const step of steps) step.querySelector("details").open = step === next;
    shownNext = next;
  }
  const progress = section.querySelector(".progress");
  progress.hidden = false;
  progress.textContent = next ? text("progress", { done: done.length, all: steps.length }) : text("allDone");
  section.querySelector(".again").hidden = done.length === 0;
}

/** Shows how far the stories are; answers whether the page still shows who is logged in, and else loads it anew. */
export async function drawStories() {
  const since = localStorage.getItem(STARTED);
  try {
    const { person, done } = await call("GET", `/demo/stories${since ? `?since=${encodeURIComponent(since)}` : ""}`);
    // In another tab somebody else was chosen, and what this page would do now it would do as them.
    if (person === present.id) draw(done);
    else location.reload();
    return person === present.id;
  } catch {
    // The next time will tell.
    return true;
  }
}

export function enlivenStories() {
  section.querySelector(".again").addEventListener("click", async () => {
    try {
      localStorage.setItem(STARTED, (await call("POST", "/demo/again")).now);
      location.assign("/demo");
    } catch (error) {
      say(text("failed", { reason: error.message }));
    }
  });
}
