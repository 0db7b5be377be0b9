// Signatures of both sides: drawn with a finger, bound to the SHA-256 of everything that the sheet says at that moment.
// A signature is an item of the sheet like any other, so that it waits, is sent and is answered the same way.
import { write } from "../canonical.js";
import { sha256 } from "../digest.js";
import { itemsOf, valuesOf } from "./items.js";

const SAID_NOTHING = (key, values) => (key.startsWith("finding:") ? !values.fact : Object.values(values).every((one) => one === ""));

// The canonical form of what is signed: every item that says something, and the digests of all photos.
export async function digestOf(root) {
  const items = {};
  for (const [key, item] of itemsOf(root)) {
    if (key.startsWith("signature:") || item.closest(".zs-sheet-blank")) continue;
    const values = valuesOf(item);
    if (!SAID_NOTHING(key, values)) items[key] = values;
  }
  const photos = [...new Set([...root.querySelectorAll("[data-photo-sha]")].map((one) => one.dataset.photoSha))].sort();
  const content = { items, photos, visit: root.dataset.number };
  return sha256(new TextEncoder().encode(write(content)));
}

export class Signing {
  constructor(sheet) {
    this.sheet = sheet;
    this.root = sheet.root;
  }

  begin() {
    for (const item of this.root.querySelectorAll("[data-signature]")) this.prepare(item);
  }

  prepare(item) {
    const canvas = item.querySelector("canvas");
    const pen = canvas.getContext("2d");
    let drawn = false;
    Object.assign(pen, { lineWidth: 3, lineCap: "round", lineJoin: "round", strokeStyle: "#111" });
    const at = ({ clientX, clientY }) => {
      const box = canvas.getBoundingClientRect();
      return [((clientX - box.left) * canvas.width) / box.width, ((clientY - box.top) * canvas.height) / box.height];
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (item.classList.contains("is-done")) return;
      canvas.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(...at(event));
      drawn = true;
      event.preventDefault();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!canvas.hasPointerCapture(event.pointerId)) return;
      pen.lineTo(...at(event));
      pen.stroke();
    });
    item.querySelector("[data-sign-clear]")?.addEventListener("click", () => {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      drawn = false;
    });
    item.querySelector("[data-sign]")?.addEventListener("click", () => this.sign(item, drawn ? canvas.toDataURL("image/png") : ""));
    this.showImage(item, pen);
  }

  // What was drawn before the page was closed is shown again.
  showImage(item, pen) {
    const image = item.querySelector('[data-field="image"]').value;
    if (!image.startsWith("data:image/png")) return;
    const picture = new Image();
    picture.onload = () => pen.drawImage(picture, 0, 0);
    picture.src = image;
  }

  async sign(item, image) {
    const field = (name) => item.querySelector(`[data-field="${name}"]`);
    const place = item.querySelector("[data-sign-problem]");
    const refusal = field("refusal");
    const refused = refusal && refusal.value.trim() !== "";
    if (!field("name").value.trim() || (!image && !refused)) {
      place.textContent = this.sheet.words.sign_first;
      place.hidden = false;
      return;
    }
    place.hidden = true;
    const digest = await digestOf(this.root);
    field("image").value = image;
    field("digest").value = digest;
    field("signed_at").value = new Date().toISOString();
    field("signed").checked = true;
    field("signed").dispatchEvent(new Event("change", { bubbles: true }));
  }
}
