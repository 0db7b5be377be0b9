// Copy buttons: the text is in data-copy; the button's own words say that it worked.
import { announce } from "./announce.js";

async function write(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

export function copyButtons(root) {
  for (const button of root.querySelectorAll("[data-copy]")) {
    if (button.dataset.ready) continue;
    button.dataset.ready = "1";
    button.hidden = false;
    button.addEventListener("click", async () => {
      await write(button.dataset.copy);
      button.classList.add("is-done");
      announce(button.dataset.copied, "good");
      setTimeout(() => button.classList.remove("is-done"), 2000);
    });
  }
}
