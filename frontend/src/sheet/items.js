// Reads and writes the items of a sheet: each is a group of fields with the version that the page shows.
export function itemsOf(root) {
  return new Map([...root.querySelectorAll("[data-item]")].map((one) => [one.dataset.item, one]));
}

export function valuesOf(item) {
  const values = {};
  for (const field of item.querySelectorAll("[data-field]")) {
    const name = field.dataset.field;
    if (field.type === "checkbox") values[name] = field.checked;
    else if (field.type === "radio") values[name] = field.checked ? field.value : values[name] || "";
    else values[name] = field.value.trim();
  }
  return values;
}

export function show(item, values) {
  for (const field of item.querySelectorAll("[data-field]")) {
    if (!(field.dataset.field in values)) continue;
    const value = values[field.dataset.field];
    if (field.type === "checkbox") field.checked = Boolean(value);
    else if (field.type === "radio") field.checked = field.value === value;
    else if (field.value.trim() !== value) field.value = value;
  }
  mark(item);
}

export function same(left, right) {
  return Object.keys({ ...left, ...right }).every((name) => left[name] === right[name]);
}

// An item counts as done when its verdict, or whether it is confirmed, is chosen.
export function mark(item) {
  const chosen = item.querySelector("[data-decides]:checked");
  item.classList.toggle("is-done", Boolean(chosen));
}

export function labelled(item, name, value) {
  const field = item.querySelector(`[data-field="${name}"]`);
  const group = field && field.closest("[data-label]");
  const words = (group && group.dataset.label) || name;
  if (typeof value === "boolean") return [words, value ? "✓" : "—"];
  const chosen = item.querySelector(`[data-field="${name}"][value="${CSS.escape(value)}"]`);
  const option = field && field.tagName === "SELECT" && [...field.options].find((one) => one.value === value);
  return [words, (chosen && chosen.dataset.words) || (option && option.textContent) || value || "—"];
}

// Items that come into being on the device share the beginning of their keys, which the template names.
export function beginning(root) {
  const template = root.querySelector("template[data-new-item]");
  return template ? template.dataset.newItem || "nonconformity:" : undefined;
}

export function newItem(root) {
  const key = crypto.randomUUID();
  const made = root.querySelector("template[data-new-item]").content.firstElementChild.cloneNode(true);
  made.dataset.item = beginning(root) + key;
  for (const field of made.querySelectorAll("[id]")) field.id = `${field.id}-${key}`;
  for (const label of made.querySelectorAll("label[for]")) label.htmlFor = `${label.htmlFor}-${key}`;
  for (const field of made.querySelectorAll("[name]")) field.name = `${key}.${field.name}`;
  root.querySelector("[data-new-items]").append(made);
  return made;
}

export function restored(root, key) {
  const made = newItem(root);
  made.dataset.item = key;
  return made;
}
