// The list of reports to register as a table to fill in. The text area beside stays what is sent, and what is there without scripts.
const SHORT = 12;

function fieldsOf(line) {
  const fields = {};
  for (const part of line.split("\t")) {
    const at = part.indexOf("=");
    if (at > 0) fields[part.slice(0, at).trim()] = part.slice(at + 1).trim();
  }
  return fields;
}

function lineOf(fields) {
  return Object.entries(fields).filter(([, value]) => value !== "").map(([name, value]) => `${name}=${value}`).join("\t");
}

function rowOf(template, fields, changed, removed) {
  const row = template.content.firstElementChild.cloneNode(true);
  for (const input of row.querySelectorAll("[data-field]")) {
    input.value = fields[input.dataset.field] || input.value;
    input.addEventListener("input", () => { fields[input.dataset.field] = input.value.replace(/[\t\r\n]+/g, " ").trim(); changed(); });
  }
  const digest = fields.digest || fields.content || "";
  row.querySelector("[data-shown=file]").textContent = fields.file || "—";
  const code = row.querySelector("[data-shown=digest]");
  code.textContent = digest.length > SHORT ? `${digest.slice(0, SHORT)}…` : digest || "—";
  code.title = digest;
  row.querySelector("[data-shown=kind]").textContent = fields.content ? row.dataset.data : "";
  row.querySelector("[data-remove]").addEventListener("click", removed);
  return row;
}

function draw(part, list) {
  const template = part.querySelector("template");
  const body = part.querySelector("tbody");
  const lines = list.value.split(/\r?\n/).filter((line) => line.trim()).map(fieldsOf);
  const write = () => { list.value = lines.map(lineOf).join("\n"); };
  body.replaceChildren(...lines.map((fields, place) => rowOf(template, fields, write, () => {
    lines.splice(place, 1);
    write();
    draw(part, list);
    part.querySelector("[data-remove]")?.focus();
  })));
  part.hidden = !lines.length;
  list.parentElement.closest("[id^=div_], .mb-3").hidden = lines.length > 0 && !list.classList.contains("is-invalid");
}

export function listTables(root) {
  for (const part of root.querySelectorAll("[data-listtable]")) {
    if (part.dataset.ready) continue;
    part.dataset.ready = "1";
    const list = part.closest("form").querySelector("[data-filelist-target]");
    for (const name of ["zs:listed", "change"]) list.addEventListener(name, () => draw(part, list));
    draw(part, list);
  }
}
