// The canonical form of a report (RFC 8785) in the browser: JavaScript's own number and string forms are the standard's.
export class Refused extends Error {}

// Reads strictly: JSON.parse keeps the last of two equal keys, which would let one file say two things.
export function parseStrictly(text) {
  let at = 0;
  const space = () => { while (" \t\n\r".includes(text[at]) && at < text.length) at++; };
  const string = () => {
    const from = at++;
    while (text[at] !== '"') { if (at >= text.length) throw new Refused("string"); at += text[at] === "\\" ? 2 : 1; }
    at++;
    return JSON.parse(text.slice(from, at));
  };
  const list = () => {
    at++; space();
    if (text[at] === "]") { at++; return; }
    for (;;) { value(); space(); if (text[at] === ",") { at++; continue; } if (text[at] === "]") { at++; return; } throw new Refused("list"); }
  };
  const object = () => {
    at++; space();
    const seen = new Set();
    if (text[at] === "}") { at++; return; }
    for (;;) {
      space();
      if (text[at] !== '"') throw new Refused("key");
      const key = string();
      if (seen.has(key)) throw new Refused("duplicate");
      seen.add(key);
      space();
      if (text[at++] !== ":") throw new Refused("colon");
      value(); space();
      if (text[at] === ",") { at++; continue; }
      if (text[at] === "}") { at++; return; }
      throw new Refused("object");
    }
  };
  const value = () => {
    space();
    if (text[at] === "{") return object();
    if (text[at] === "[") return list();
    if (text[at] === '"') return string();
    while (at < text.length && !",]} \t\n\r".includes(text[at])) at++;
  };
  value(); space();
  if (at !== text.length) throw new Refused("end");
  return JSON.parse(text);
}

export function write(value) {
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  if (value && typeof value === "object") {
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${write(value[key])}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

// The public identifier of a body, as addresses use it: certificate number, credit code, or register and number.
function slugOf(body) {
  if (!body) return "";
  return body.cma || body.uscc || (body.register && body.id ? `${body.register}:${body.id}` : "");
}

// Returns the canonical bytes of a report without its proof, with what it calls itself; null for any other file.
export function readReport(bytes) {
  let report;
  try {
    report = parseStrictly(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (_) {
    return null;
  }
  if (!report || report.format !== "zhunsheng-report/1") return null;
  delete report.proof;
  const names = { body: slugOf(report.body), number: report.number, version: report.version };
  return { bytes: new TextEncoder().encode(write(report)), names };
}
