// Many files are hashed here, one after the other, and become lines of the list beside; none of them leaves the browser.
import { hashed } from "./filedrop.js";

const LARGEST = 268435456;

// A list that registers reports (data-name="number") takes the name of a file for the report's number, to be mended there.
function line(file, found, name) {
  const stem = file.name.replace(/\.[^.]*$/, "").trim();
  const key = found.kind === "report" ? "content" : "digest";
  const called = file.name.replace(/[\t\r\n]+/g, " ");
  const fields = name === "number" ? { number: stem, [key]: found.digest, ...found.names, file: called } : { file: called, digest: found.digest, ...found.names };
  return Object.entries(fields).filter(([, value]) => value !== undefined && value !== "").map(([name, value]) => `${name}=${value}`).join("\t");
}

async function take(zone, files) {
  const list = zone.closest("form").querySelector("[data-filelist-target]");
  const words = zone.querySelector("[data-filelist-state]");
  const refused = [];
  let done = 0;
  for (const file of files) {
    words.textContent = `${zone.dataset.working} ${done}/${files.length}`;
    if (file.size > LARGEST) { refused.push(file.name); continue; }
    const text = line(file, await hashed(file), zone.dataset.name);
    list.value = list.value.trim() ? `${list.value.trimEnd()}\n${text}` : text;
    done += 1;
  }
  list.dispatchEvent(new Event("zs:listed"));
  words.textContent = `${zone.dataset.done}${done}` + (refused.length ? ` · ${zone.dataset.tooLarge}${refused.join(", ")}` : "");
}

export function fileLists(root) {
  for (const zone of root.querySelectorAll("[data-filelist]")) {
    if (zone.dataset.ready) continue;
    zone.dataset.ready = "1";
    const input = zone.querySelector("input[type=file]");
    input.addEventListener("change", () => take(zone, [...input.files]));
    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("is-over"); });
    }
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("is-over"));
    zone.addEventListener("drop", (event) => { event.preventDefault(); take(zone, [...event.dataTransfer.files]); });
  }
}
