// Everything a page does beyond HTML. Each part looks for its own data attributes and works after htmx swaps too.
import "./htmx.js";
import { announce } from "./announce.js";
import { copyButtons } from "./copy.js";
import { fileDrops } from "./filedrop.js";
import { fileLists } from "./filelist.js";
import { listTables } from "./listtable.js";
import { menus } from "./menus.js";
import { secretMaker, twoParties } from "./secrets.js";
import { signOut } from "./signout.js";
import { columnChoosers, wideTables } from "./tables.js";
import { keptTicks } from "./ticks.js";

const parts = [copyButtons, fileDrops, fileLists, listTables, menus, columnChoosers, wideTables, secretMaker, twoParties];

function start(root) {
  for (const part of parts) part(root);
}

function themeSwitch(event) {
  const button = event.target.closest("[data-theme-switch]");
  if (!button) return;
  const next = document.documentElement.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
  window.zsTheme(next);
  button.setAttribute("aria-pressed", String(next === "dark"));
}

document.addEventListener("click", (event) => {
  themeSwitch(event);
  if (event.target.closest("[data-print]")) window.print();
});
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  const words = document.body.dataset.errorWords || "";
  if (!event.detail.xhr.getResponseHeader("HX-Retarget")) announce(`${words} (${status})`, "bad");
});
document.addEventListener("htmx:sendError", () => announce(document.body.dataset.offlineWords || "", "bad"));
keptTicks();
signOut();
document.addEventListener("DOMContentLoaded", () => {
  start(document);
  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();
});
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
