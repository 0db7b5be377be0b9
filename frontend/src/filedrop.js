// A file is hashed here and never leaves the browser. Its digest goes into the address, and for a report in our format
// the body, number and version that it states, so that an altered copy of a known report can be told from an unknown one.
import { readReport } from "./canonical.js";
import { sha256 } from "./digest.js";

export async function hashed(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const report = readReport(bytes);
  return { digest: await sha256(report ? report.bytes : bytes), kind: report ? "report" : "file", names: report ? report.names : {} };
}

async function take(zone, file) {
  const words = zone.querySelector("[data-filedrop-state]");
  if (!file) return;
  if (file.size > Number(zone.dataset.maxBytes || 268435456)) {
    words.textContent = zone.dataset.tooLarge;
    return;
  }
  words.textContent = zone.dataset.working;
  const found = await hashed(file);
  const place = zone.querySelector("[data-filedrop-digest]");
  if (place) place.textContent = found.digest;
  words.textContent = zone.dataset.done;
  zone.dispatchEvent(new CustomEvent("zs:digest", { bubbles: true, detail: { ...found, name: file.name } }));
  if (!zone.dataset.url) return;
  const address = new URL(zone.dataset.url, location.href);
  address.searchParams.set(zone.dataset.parameter || "digest", found.digest);
  for (const [name, value] of Object.entries(found.names)) if (value !== undefined && value !== "") address.searchParams.set(name, value);
  if (zone.dataset.target && window.htmx) {
    window.htmx.ajax("GET", address.pathname + address.search, { target: zone.dataset.target, swap: "innerHTML" });
  } else {
    location.assign(address.pathname + address.search);
  }
}

export function fileDrops(root) {
  for (const zone of root.querySelectorAll("[data-filedrop]")) {
    if (zone.dataset.ready) continue;
    zone.dataset.ready = "1";
    const input = zone.querySelector("input[type=file]");
    input.addEventListener("change", () => take(zone, input.files[0]));
    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("is-over"); });
    }
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("is-over"));
    zone.addEventListener("drop", (event) => { event.preventDefault(); take(zone, event.dataTransfer.files[0]); });
  }
}
