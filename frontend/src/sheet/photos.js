// Photos and files of a visit: kept on the device with time, place and SHA-256 at the moment of capture, sent one by one
// when there is a network, and taken off the device only when the server has them.
import { sha256 } from "../digest.js";

const PATIENCE = 4000;

// Returns where the device is, or nothing where it doesn't say so soon.
function whereabouts() {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve({});
    const said = ({ coords }) => resolve({ lat: coords.latitude.toFixed(6), lon: coords.longitude.toFixed(6), accuracy: String(Math.round(coords.accuracy)) });
    navigator.geolocation.getCurrentPosition(said, () => resolve({}), { timeout: PATIENCE, maximumAge: 60000, enableHighAccuracy: true });
  });
}

// A small picture on a canvas: an address of the file itself would outlive the page that is kept.
async function thumbnail(blob) {
  try {
    const picture = await createImageBitmap(blob);
    const canvas = document.createElement("canvas");
    const scale = 96 / Math.max(picture.width, picture.height);
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas;
  } catch {
    return undefined;
  }
}

export class Photos {
  constructor(sheet) {
    this.sheet = sheet;
    this.root = sheet.root;
    this.on = Boolean(this.root.dataset.photos);
  }

  async begin() {
    if (!this.on) return;
    for (const one of await this.sheet.store.photos(this.sheet.number)) await this.show(one);
    this.root.addEventListener("change", (event) => {
      const input = event.target.closest("input[data-photo]");
      if (input) this.taken(input);
    });
  }

  async count(state) {
    if (!this.on) return 0;
    return (await this.sheet.store.photos(this.sheet.number)).filter((one) => !state || one.state === state).length;
  }

  async taken(input) {
    const key = input.closest("[data-photos-of], [data-item]").dataset.photosOf || input.closest("[data-item]").dataset.item;
    const files = [...input.files];
    for (const file of files) await this.capture(file, key);
    input.value = "";
    await this.sheet.say();
    this.sheet.send();
  }

  // First on the device, then its place: what is photographed must not wait for a satellite.
  async capture(file, key) {
    const bytes = await file.arrayBuffer();
    const photo = {
      id: crypto.randomUUID(), sheet: this.sheet.number, item: key, name: file.name, type: file.type, state: "waiting", why: "",
      blob: new Blob([bytes], { type: file.type }), sha256: await sha256(new Uint8Array(bytes)),
      takenAt: new Date().toISOString(), modifiedAt: new Date(file.lastModified).toISOString(),
    };
    await this.sheet.store.putPhoto(photo);
    await this.show(photo);
    const place = await whereabouts();
    if ((await this.sheet.store.photos(this.sheet.number)).some((one) => one.id === photo.id)) await this.sheet.store.putPhoto({ ...photo, ...place });
  }

  placeOf(key) {
    return this.root.querySelector(`[data-photos-of="${CSS.escape(key)}"] [data-photo-list]`)
      || this.sheet.itemFor(key)?.querySelector("[data-photo-list]") || this.root.querySelector("[data-photo-list]");
  }

  async show(photo) {
    this.root.querySelector(`[data-photo-id="${photo.id}"]`)?.remove();
    const row = document.createElement("li");
    row.dataset.photoId = photo.id;
    row.dataset.photoSha = photo.sha256;
    row.className = photo.state === "sent" ? "" : "is-waiting";
    const words = document.createElement("span");
    words.textContent = `${photo.name} · ${photo.takenAt.slice(11, 16)}Z · ${photo.sha256.slice(0, 12)}`;
    const state = document.createElement("strong");
    state.textContent = photo.state === "refused" || photo.why ? photo.why : photo.state === "sent" ? "" : this.sheet.words.item_waiting;
    const small = photo.blob && (await thumbnail(photo.blob));
    if (small) row.append(small);
    row.append(words, " ", state);
    this.placeOf(photo.item)?.append(row);
  }

  async send() {
    if (!this.on) return;
    for (const photo of (await this.sheet.store.photos(this.sheet.number)).filter((one) => one.state === "waiting")) {
      const answer = await this.sheet.posted(this.root.dataset.photos, asForm(photo));
      if (!answer) return;
      await this.heard(photo, answer);
    }
  }

  async heard(photo, answer) {
    if (answer.owner !== undefined && String(answer.owner) !== this.root.dataset.owner) return;
    if (answer.outcome === "refused") {
      await this.sheet.store.putPhoto({ ...photo, state: "refused", why: answer.why });
      await this.show({ ...photo, state: "refused", why: answer.why });
    } else if (answer.outcome === "kept") {
      await this.sheet.store.removePhoto(photo.id);
      await this.show({ ...photo, state: "sent", why: answer.why });
    }
  }
}

function asForm(photo) {
  const form = new FormData();
  for (const name of ["id", "item", "name", "sha256", "takenAt", "modifiedAt", "lat", "lon", "accuracy"]) form.append(name, photo[name] || "");
  form.append("file", photo.blob, photo.name || "photo");
  return form;
}
