// A sheet for assessors and inspectors: what is entered is kept on the device at once and sent when there is a network. The page works as
// a plain form without this script.
import { hideConflict, showConflict } from "./sheet/conflicts.js";
import { beginning, itemsOf, mark, newItem, restored, same, show, valuesOf } from "./sheet/items.js";
import { Photos } from "./sheet/photos.js";
import { Signing } from "./sheet/signing.js";
import { opened, othersForgotten } from "./sheet/store.js";

const AGAIN = 15000;
// A network that has just come back often fails once more: ask again soon, then ever later.
const SOON = 1000;

class Sheet {
  constructor(root, store) {
    Object.assign(this, { root, store, number: root.dataset.number, words: JSON.parse(root.dataset.words) });
    this.versions = new Map();
    this.shown = new Map();
    this.touched = new Set();
    this.sending = false;
    this.problem = "";
    this.wait = SOON;
    this.last = Promise.resolve();
    this.photos = new Photos(this);
    this.signing = new Signing(this);
  }

  // One after the other: two events of one tap, or an answer that arrives while somebody types, never see half a step.
  // What was entered while another step runs is `touched` until its own turn, and no answer is written over it.
  inTurn(step) {
    this.last = this.last.then(step, step);
    return this.last;
  }

  items() {
    return itemsOf(this.root);
  }

  itemFor(key) {
    const found = this.items().get(key);
    const start = beginning(this.root);
    return found || (start && key.startsWith(start) ? restored(this.root, key) : undefined);
  }

  // What the server last said, and above it what waits to be sent: both may be newer than a page that was kept.
  async begin() {
    for (const [key, item] of this.items()) {
      this.versions.set(key, Number(item.dataset.version || 0));
      this.shown.set(key, valuesOf(item));
      mark(item);
    }
    for (const one of await this.store.known(this.number)) {
      if (one.version <= (this.versions.get(one.item) || 0)) continue;
      this.learned(one.item, one);
    }
    for (const one of await this.store.changes(this.number)) {
      const item = this.itemFor(one.item);
      if (item) show(item, one.values);
      if (item && one.state === "conflict") this.conflict(item, one);
    }
    await this.photos.begin();
    this.signing.begin();
    await this.say();
  }

  learned(key, state) {
    const item = this.itemFor(key);
    this.versions.set(key, state.version);
    this.shown.set(key, state.values);
    if (!item) return;
    item.dataset.version = String(state.version);
    show(item, state.values);
    const writer = item.querySelector("[data-item-by]");
    if (writer && state.by) writer.textContent = `${state.by} · ${state.at}`;
  }

  // Kept at once, letter by letter; sent when the typing pauses.
  async edited(item, pause) {
    this.touched.add(item.dataset.item);
    if (!(await this.inTurn(() => this.kept(item)))) return;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.send(), pause);
  }

  async kept(item) {
    const key = item.dataset.item;
    const values = valuesOf(item);
    this.touched.delete(key);
    mark(item);
    const waiting = (await this.store.changes(this.number)).filter((one) => one.item === key);
    const last = waiting[waiting.length - 1];
    if (last ? same(last.values, values) : same(this.shown.get(key) || {}, values)) return false;
    if (last && last.state === "conflict") {
      await this.store.put({ ...last, values });
      this.conflict(item, { ...last, values });
    } else if (last && !last.sent) {
      await this.store.put({ ...last, values, state: "waiting", why: "", id: crypto.randomUUID(), madeAt: new Date().toISOString() });
    } else {
      await this.add({ item: key, base: this.versions.get(key) || 0, after: last ? last.id : "", values });
    }
    await this.say();
    return true;
  }

  add(change) {
    const made = { id: crypto.randomUUID(), sheet: this.number, after: "", resolves: "", state: "waiting", sent: false };
    return this.store.put({ ...made, madeAt: new Date().toISOString(), ...change });
  }

  conflict(item, change) {
    for (const one of this.root.querySelectorAll(`[data-open-conflict="${change.id}"]`)) one.hidden = true;
    showConflict(item, change, this.words, (chosen, values) => this.resolved(item, chosen, values));
  }

  async resolved(item, change, values) {
    await this.inTurn(() => this.chosen(item, change, values));
    this.send();
  }

  async chosen(item, change, values) {
    await this.add({ item: change.item, base: change.theirs.version, values, resolves: change.id });
    await this.store.remove(change);
    hideConflict(item);
    show(item, values);
    await this.say();
  }

  async send() {
    if (this.sending || !navigator.onLine) return;
    this.sending = true;
    try {
      await this.photos.send();
      const waiting = await this.inTurn(() => this.taken());
      const answer = await this.post({ changes: waiting.map(asSent), known: Object.fromEntries(this.versions) });
      if (answer) await this.inTurn(() => this.heard(answer));
    } finally {
      this.sending = false;
      await this.say();
    }
    const left = (await this.photos.count("waiting")) + (await this.store.changes(this.number)).filter((one) => one.state === "waiting" && !one.sent).length;
    if (this.problem) {
      this.later();
      return;
    }
    this.wait = SOON;
    if (left) this.send();
  }

  later() {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.send(), this.wait);
    this.wait = Math.min(2 * this.wait, AGAIN);
  }

  async taken() {
    const held = await this.photos.count("waiting");
    const ready = (one) => one.state === "waiting" && !(held && one.item.startsWith("signature:"));
    const waiting = (await this.store.changes(this.number)).filter(ready);
    for (const one of waiting) if (!one.sent) await this.store.put(Object.assign(one, { sent: true }));
    await this.say();
    return waiting;
  }

  post(body) {
    return this.posted(this.root.dataset.sync, JSON.stringify(body), { "Content-Type": "application/json" });
  }

  // Returns the answer; undefined where there is none, and `problem` says why. 422 is an answer: the rules refuse it.
  async posted(address, body, more = {}) {
    const token = (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || "";
    let response;
    try {
      const headers = { ...more, "X-CSRFToken": token, Accept: "application/json" };
      response = await fetch(address, { method: "POST", headers, body, redirect: "manual" });
    } catch {
      this.problem = "offline";
      return undefined;
    }
    if (response.ok || response.status === 422) {
      this.problem = "";
      return response.json();
    }
    this.problem = response.status === 401 || response.status === 403 || response.type === "opaqueredirect" ? "signedOut" : "failed";
    return undefined;
  }

  async heard({ owner, results, items }) {
    if (String(owner) !== this.root.dataset.owner) {
      this.problem = "signedOut";
      return;
    }
    for (const result of results) {
      const change = (await this.store.changes(this.number)).find((one) => one.id === result.id);
      if (change) await this.settled(change, result);
    }
    const busy = new Set((await this.store.changes(this.number)).map((one) => one.item));
    for (const [key, state] of Object.entries(items)) {
      await this.store.learn(this.number, key, state);
      if (this.touched.has(key)) continue;
      if (busy.has(key)) this.versions.set(key, state.version);
      else this.learned(key, state);
    }
  }

  async settled(change, result) {
    const item = this.itemFor(change.item);
    if (result.outcome === "conflict") {
      const later = (await this.store.changes(this.number)).filter((one) => one.after === change.id);
      const mine = later.length ? later[later.length - 1].values : change.values;
      for (const one of later) await this.store.remove(one);
      const kept = await this.store.put({ ...change, values: mine, state: "conflict", theirs: result.held });
      if (item) this.conflict(item, kept);
    } else if (result.outcome === "refused") {
      await this.store.put({ ...change, state: "refused", sent: false, why: result.why });
    } else {
      this.versions.set(change.item, result.version);
      this.shown.set(change.item, result.held.values);
      if (item) item.dataset.version = String(result.version);
      await this.store.learn(this.number, change.item, result.held);
      await this.store.remove(change);
    }
  }

  async say() {
    const changes = await this.store.changes(this.number);
    for (const [key, item] of this.items()) {
      const one = changes.filter((change) => change.item === key).pop();
      const place = item.querySelector("[data-item-state]");
      if (place) place.textContent = one ? (one.state === "refused" ? one.why : this.words[`item_${one.state}`]) : "";
      item.classList.toggle("is-waiting", Boolean(one));
    }
    const count = (state) => changes.filter((one) => one.state === state).length;
    const photos = { all: await this.photos.count(), refused: await this.photos.count("refused") };
    this.bar(new Set(changes.map((one) => one.item)).size + photos.all, count("conflict"), count("refused") + photos.refused);
  }

  bar(total, conflicts, refused) {
    const offline = this.problem === "offline" || !navigator.onLine;
    const kind = offline ? "offline" : this.problem || (conflicts ? "conflicts" : refused ? "refused" : total ? "waiting" : "sent");
    const bar = this.root.querySelector("[data-sheet-state]");
    const words = this.words[kind].replace("{n}", String(total)).replace("{conflicts}", String(conflicts || refused));
    bar.dataset.kind = kind;
    bar.querySelector("[data-sheet-words]").textContent = words;
    bar.querySelector("[data-sheet-login]").hidden = kind !== "signedOut";
    for (const part of this.root.querySelectorAll("[data-progress]")) progress(part, this.root);
  }
}

function asSent({ id, item, base, after, resolves, values, madeAt }) {
  return { id, item, base, after, resolves, values, made_at: madeAt };
}

function progress(part, root) {
  const items = [...root.querySelectorAll(`[data-item^="${part.dataset.progress}"]`)];
  part.textContent = `${items.filter((one) => one.classList.contains("is-done")).length} / ${items.length}`;
}

async function kept(root) {
  if (!("serviceWorker" in navigator)) return;
  const state = root.querySelector("[data-sheet-ready]");
  try {
    await navigator.serviceWorker.register(root.dataset.worker, { scope: root.dataset.scope });
    const { active } = await navigator.serviceWorker.ready;
    const assets = performance.getEntriesByType("resource").map((one) => one.name.split("#")[0]);
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => { state.hidden = data.kind !== "kept"; };
    const pages = JSON.parse(root.dataset.pages);
    const needed = [...new Set(assets)].filter((one) => new URL(one).pathname.startsWith("/static/"));
    active.postMessage({ kind: "keep", owner: root.dataset.owner, pages, assets: needed }, [channel.port2]);
  } catch {
    state.hidden = true;
  }
}

async function start() {
  const root = document.querySelector("[data-sheet]");
  if (!root || !window.indexedDB || !crypto.randomUUID) return;
  root.classList.add("is-live");
  const sheet = new Sheet(root, await opened(root.dataset.owner));
  await sheet.begin();
  for (const kind of ["input", "change"]) {
    root.addEventListener(kind, (event) => {
      const item = event.target.closest("[data-item]");
      if (item) sheet.edited(item, kind === "input" ? 800 : 0);
    });
  }
  root.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    sheet.send();
  });
  root.querySelector("[data-add-item]")?.addEventListener("click", () => newItem(root).querySelector("select, textarea").focus());
  window.addEventListener("online", () => { sheet.problem = ""; sheet.send(); });
  window.addEventListener("offline", () => sheet.say());
  setInterval(() => { if (navigator.onLine) sheet.send(); }, AGAIN);
  sheet.send();
  if (navigator.onLine) {
    await othersForgotten(root.dataset.owner);
    await kept(root);
  }
}

start();
