// Draws by two parties: each makes its secret in its own browser and hands out only the digest; who seals the draw
// enters two names and two digests, from which the reference is written. No secret leaves the page it was made on.
import { sha256 } from "./digest.js";

const DIGEST = /^[0-9a-f]{64}$/;

function random() {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
}

export function secretMaker(root) {
  for (const place of root.querySelectorAll("[data-secret-maker]")) {
    if (place.dataset.ready) continue;
    place.dataset.ready = "1";
    place.hidden = false;
    const secret = place.querySelector("[data-secret]");
    const digest = place.querySelector("[data-secret-digest]");
    const told = async () => {
      const fits = /^[!-~]{32,200}$/.test(secret.value);
      digest.value = fits ? await sha256(new TextEncoder().encode(secret.value)) : "";
      for (const [field, copy] of [[secret, "[data-secret-copy]"], [digest, "[data-digest-copy]"]]) {
        place.querySelector(copy).dataset.copy = field.value;
        place.querySelector(copy).disabled = !fits;
      }
    };
    secret.addEventListener("input", told);
    place.querySelector("[data-secret-make]").addEventListener("click", () => {
      secret.value = random();
      told();
    });
  }
}

function labelled(words, attributes) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  label.className = "form-label d-block";
  input.className = "form-control mt-1";
  Object.assign(input, { type: "text", autocomplete: "off", spellcheck: false }, attributes);
  label.append(words, input);
  return [label, input];
}

export function twoParties(root) {
  for (const reference of root.querySelectorAll("[data-two-parties]")) {
    if (reference.dataset.ready) continue;
    reference.dataset.ready = "1";
    const words = JSON.parse(reference.dataset.twoParties);
    const source = reference.form.querySelector("[name=source]");
    const box = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.className = "fs-6 fw-bold";
    legend.textContent = words.title;
    const note = document.createElement("p");
    const link = document.createElement("a");
    link.href = words.address;
    link.textContent = words.link;
    note.append(words.note, " ", link);
    box.append(legend, note);
    const parties = [1, 2].map((place) => {
      const [first, name] = labelled(`${words.name} ${place}`, { maxLength: 80 });
      const [second, digest] = labelled(`${words.digest} ${place}`, { maxLength: 64 });
      name.dataset.party = digest.dataset.partyDigest = String(place);
      box.append(first, second);
      return { name, digest };
    });
    const write = () => {
      for (const { digest } of parties) {
        const text = digest.value.trim().toLowerCase();
        digest.setCustomValidity(!text || DIGEST.test(text) ? "" : words.wrong);
        if (text) digest.reportValidity();
      }
      reference.value = parties
        .map(({ name, digest }) => `${name.value.trim().replace(/[=;]/g, " ")}=${digest.value.trim().toLowerCase()}`)
        .join(";");
    };
    for (const { name, digest } of parties) {
      name.addEventListener("change", write);
      digest.addEventListener("change", write);
    }
    reference.closest(".mb-3, div").before(box);
    const show = () => { box.hidden = source.value !== "two_party"; };
    source.addEventListener("change", show);
    show();
  }
}
