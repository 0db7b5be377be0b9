// Recomputes a draw from its transcript alone and names every place that differs; asks nobody for anything.
import { parseStrictly, write } from "../canonical.js";
import { sha256 } from "../digest.js";
import { readFrame } from "./frame.js";
import { staffVisits } from "./inspectors.js";
import { drawPanel } from "./panel.js";
import { drawSample } from "./sample.js";
import { bytesOf, uniformsOf } from "./uniforms.js";

const ENGINES = { panel: ["1", drawPanel], sample: ["1", drawSample], inspectors: ["1", staffVisits] };
const TAG = "zhunsheng-draw/1";
const MOST_UNIFORMS = 1000000;
const hash = (text) => sha256(new TextEncoder().encode(text));

async function materialLine({ source, reference }, material) {
  const parts = Object.keys(material).sort().join();
  if (source === "two_party" && parts === "a,b") {
    const [one, other] = reference.split(";").map((party) => party.split("=")[1]);
    if ((await hash(material.a)) !== one) throw new Error("material.a: its SHA-256 is not the one that was committed");
    if ((await hash(material.b)) !== other) throw new Error("material.b: its SHA-256 is not the one that was committed");
    return `${material.a} ${material.b}`;
  }
  if (source === "public_numbers" && parts === "numbers") {
    const series = material.numbers.split("/").slice(0, -1).map((one) => one.split(".").slice(0, -1));
    const sorted = series.map((one) => one.map(Number).sort((a, b) => a - b).map((n) => `${n}.`).join("") + "/").join("");
    if (sorted !== material.numbers || !series.length) throw new Error("material.numbers: not in canonical form");
    return material.numbers;
  }
  if (source === "drand" && parts === "signature") return sha256(bytesOf(material.signature));
  throw new Error("material: not that of the source");
}

function* orderProblems({ commitment, entered, drawn_at: drawnAt, drawn_by: drawnBy }) {
  const first = commitment.known_at > commitment.committed_at ? commitment.known_at : commitment.committed_at;
  if (commitment.known_at && commitment.known_at <= commitment.committed_at) {
    yield "commitment.known_at: the source was known before the commitment";
  }
  for (const [k, one] of entered.entries()) {
    if (!(first <= one.at && one.at <= drawnAt)) yield `entered[${k}].at: not between the source and the draw`;
  }
  const persons = entered.map((one) => one.person);
  if (persons.includes(1) || drawnBy === 1) yield "entered: the person who chose the frame entered the source or drew";
  if (commitment.source === "public_numbers" && (persons.length !== 2 || persons[0] === persons[1])) {
    yield "entered: the numbers were not entered by two persons";
  }
}

function* differences(place, said, found) {
  const plain = (value) => value && typeof value === "object" && !Array.isArray(value);
  if (plain(said) && plain(found)) {
    for (const name of new Set([...Object.keys(said), ...Object.keys(found)])) {
      if (name in said && name in found) yield* differences(`${place}.${name}`, said[name], found[name]);
      else yield `${place}.${name}: ${name in said ? "not part of the result" : "missing"}`;
    }
  } else if (Array.isArray(said) && Array.isArray(found) && said.length === found.length) {
    for (const k of said.keys()) yield* differences(`${place}[${k}]`, said[k], found[k]);
  } else if (write(said) !== write(found)) {
    yield `${place}: the transcript says ${write(said).slice(0, 80)}, recomputed is ${write(found).slice(0, 80)}`;
  }
}

async function recomputed(transcript, problems) {
  const { commitment, frame, result } = transcript;
  const rows = readFrame(frame);
  if (rows.length !== commitment.frame_rows) problems.push(`commitment.frame_rows: the frame has ${rows.length} rows`);
  const frameHash = await hash(frame);
  if (frameHash !== commitment.frame_sha256) problems.push("frame: its SHA-256 is not the one that was committed");
  const commitmentHash = await hash(write(commitment));
  if (commitmentHash !== transcript.commitment_sha256) problems.push("commitment: its SHA-256 is not commitment_sha256");
  const line = await materialLine(commitment, transcript.material);
  const lines = [TAG, frameHash, commitmentHash, commitment.source, commitment.reference, line];
  const seed = await hash(lines.map((one) => `${one}\n`).join(""));
  if (seed !== transcript.seed) problems.push("seed: not the SHA-256 of tag, frame, commitment and source");
  const [version, engine] = ENGINES[commitment.kind] || [];
  if (version !== commitment.engine) throw new Error(`commitment.kind: this page has no engine for ${commitment.kind} ${commitment.engine}`);
  if (!(transcript.uniforms >= 0 && transcript.uniforms <= MOST_UNIFORMS)) throw new Error("uniforms: no count");
  const uniforms = await uniformsOf(seed, transcript.uniforms);
  problems.push(...differences("result", result, engine(rows, commitment.parameters, uniforms, result)));
  if (uniforms.used !== transcript.uniforms) problems.push(`uniforms: ${uniforms.used} are taken`);
}

// Returns the places that differ; none: everything was recomputed and agrees to the byte.
export async function verifyTranscript(bytes) {
  const problems = [];
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const transcript = parseStrictly(text);
    if (transcript.format !== TAG || transcript.commitment.format !== TAG) return ["format: not a transcript"];
    problems.push(...orderProblems(transcript));
    await recomputed(transcript, problems);
    const { transcript_sha256: said, ...rest } = transcript;
    if ((await hash(write(rest))) !== said) problems.push("transcript_sha256: is not that of the rest, so a part of it was changed");
    if (!problems.length && write(transcript) !== text) problems.push("file: not the bytes that were published");
  } catch (error) {
    problems.push(error.message || String(error));
  }
  return problems;
}
