// Serves an assessor's sheet without a network. Its scope is the folder of sheets alone. A page and what it needs are
// kept under the name of the person whose sheet it is; as soon as somebody else's sheet comes, the former is forgotten.
const PREFIX = "zs-sheet-";
const PATIENCE = 6000;

const scopePath = new URL(self.registration.scope).pathname;
const isSheet = (url) => url.origin === self.location.origin && url.pathname.startsWith(scopePath) && url.pathname.endsWith("/");
const isAsset = (url) => url.origin === self.location.origin && url.pathname.startsWith("/static/");

async function ours() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

async function cacheOf(owner) {
  const wanted = PREFIX + owner;
  for (const name of await ours()) if (name !== wanted) await caches.delete(name);
  return caches.open(wanted);
}

async function kept(request, options) {
  for (const name of await ours()) {
    const found = await (await caches.open(name)).match(request, options);
    if (found) return found;
  }
  return undefined;
}

async function keepPage(request, response) {
  const owner = response.headers.get("X-Sheet-Owner");
  if (response.ok && !response.redirected && owner) await (await cacheOf(owner)).put(request.url, response.clone());
  return response;
}

function inTime(promise) {
  return Promise.race([promise, new Promise((_resolve, reject) => setTimeout(() => reject(new Error("slow")), PATIENCE))]);
}

async function page(event) {
  const fresh = fetch(event.request).then((response) => keepPage(event.request, response));
  event.waitUntil(fresh.catch(() => undefined));
  const held = await kept(event.request.url);
  try {
    return await (held ? inTime(fresh) : fresh);
  } catch {
    return held || Response.error();
  }
}

async function asset(request) {
  const held = await kept(request);
  if (held) return held;
  const response = await fetch(request);
  const [name] = await ours();
  if (name && response.ok) await (await caches.open(name)).put(request, response.clone());
  return response;
}

async function keepAll({ owner, pages, assets }) {
  const cache = await cacheOf(owner);
  for (const address of pages) await keepPage({ url: new URL(address, self.location.origin).href }, await fetch(address, { credentials: "same-origin" }));
  for (const address of assets) if (!(await cache.match(address))) await cache.add(address);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const url = new URL(event.request.url);
  if (event.request.mode === "navigate" && isSheet(url)) event.respondWith(page(event));
  else if (isAsset(url)) event.respondWith(asset(event.request));
});
self.addEventListener("message", (event) => {
  if (event.data.kind !== "keep") return;
  const answer = (kind) => event.ports[0].postMessage({ kind });
  event.waitUntil(keepAll(event.data).then(() => answer("kept"), () => answer("failed")));
});
