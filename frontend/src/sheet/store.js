// What a sheet remembers on this device, in a database of its own for each person: changes that wait to be sent, in
// their order, photos that wait, and what the server last said of each item.
export const DATABASES = "zs-sheet-";

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export async function opened(owner) {
  const request = indexedDB.open(DATABASES + owner, 2);
  request.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) {
      const changes = request.result.createObjectStore("changes", { keyPath: "place", autoIncrement: true });
      changes.createIndex("id", "id", { unique: true });
      request.result.createObjectStore("known", { keyPath: ["sheet", "item"] });
    }
    request.result.createObjectStore("photos", { keyPath: "id" });
  };
  const database = await asked(request);
  database.onversionchange = () => database.close();
  return new Store(database);
}

class Store {
  constructor(database) {
    this.database = database;
  }

  rows(name, mode = "readonly") {
    return this.database.transaction(name, mode, { durability: "strict" }).objectStore(name);
  }

  async changes(sheet) {
    return (await asked(this.rows("changes").getAll())).filter((one) => one.sheet === sheet);
  }

  async put(change) {
    change.place = await asked(this.rows("changes", "readwrite").put(change));
    return change;
  }

  remove(change) {
    return asked(this.rows("changes", "readwrite").delete(change.place));
  }

  async photos(sheet) {
    return (await asked(this.rows("photos").getAll())).filter((one) => one.sheet === sheet);
  }

  async putPhoto(photo) {
    await asked(this.rows("photos", "readwrite").put(photo));
    return photo;
  }

  removePhoto(id) {
    return asked(this.rows("photos", "readwrite").delete(id));
  }

  async known(sheet) {
    return (await asked(this.rows("known").getAll())).filter((one) => one.sheet === sheet);
  }

  learn(sheet, item, state) {
    return asked(this.rows("known", "readwrite").put({ sheet, item, ...state }));
  }
}

// How many changes and photos wait in a database.
async function waitingIn(database) {
  let total = 0;
  for (const name of ["changes", "photos"]) {
    if (database.objectStoreNames.contains(name)) total += await asked(database.transaction(name).objectStore(name).count());
  }
  return total;
}

// How many changes and photos wait in the databases of this device, whoever made them.
export async function waitingCount() {
  let total = 0;
  for (const { name } of await (indexedDB.databases ? indexedDB.databases() : [])) {
    if (!name || !name.startsWith(DATABASES)) continue;
    const database = await asked(indexedDB.open(name));
    total += await waitingIn(database);
    database.close();
  }
  return total;
}

// Everything kept for sheets is deleted: pages, changes, what is known, and the worker.
export async function forgotten() {
  for (const { name } of await (indexedDB.databases ? indexedDB.databases() : [])) {
    if (name && name.startsWith(DATABASES)) indexedDB.deleteDatabase(name);
  }
  if (window.caches) for (const name of await caches.keys()) if (name.startsWith(DATABASES)) await caches.delete(name);
  if (navigator.serviceWorker) {
    for (const one of await navigator.serviceWorker.getRegistrations()) {
      if (new URL(one.scope).pathname.endsWith("/sheet/")) await one.unregister();
    }
  }
}

// Databases of others in which nothing waits are deleted; one with unsent changes stays, closed, until its owner is back.
export async function othersForgotten(owner) {
  for (const { name } of await (indexedDB.databases ? indexedDB.databases() : [])) {
    if (!name || !name.startsWith(DATABASES) || name === DATABASES + owner) continue;
    const database = await asked(indexedDB.open(name));
    const waits = await waitingIn(database);
    database.close();
    if (!waits) indexedDB.deleteDatabase(name);
  }
}
