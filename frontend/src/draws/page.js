// The button "recompute in this browser" on a draw's page; without scripts the command beside it does the same.
import { verifyTranscript } from "./verify.js";

function said(box, meaning, words, places = []) {
  const message = document.createElement("div");
  message.className = `zs-message zs-${meaning}`;
  const text = document.createElement("div");
  const first = document.createElement("strong");
  first.textContent = words;
  text.append(first);
  if (places.length) {
    const list = document.createElement("ul");
    for (const place of places) {
      const item = document.createElement("li");
      item.textContent = place;
      list.append(item);
    }
    text.append(list);
  }
  message.append(text);
  box.replaceChildren(message);
}

async function recompute(root, box) {
  said(box, "waiting", root.dataset.busy);
  try {
    const response = await fetch(root.dataset.recompute, { cache: "no-store" });
    if (!response.ok) throw new Error(String(response.status));
    const problems = await verifyTranscript(new Uint8Array(await response.arrayBuffer()));
    if (problems.length) said(box, "bad", root.dataset.bad, problems);
    else said(box, "good", root.dataset.good);
  } catch (error) {
    said(box, "attention", root.dataset.unable, [String(error.message || error)]);
  }
}

for (const root of document.querySelectorAll("[data-recompute]")) {
  const button = root.querySelector("[data-recompute-start]");
  const box = root.querySelector("[data-recompute-answer]");
  button.hidden = false;
  button.addEventListener("click", () => recompute(root, box));
}
