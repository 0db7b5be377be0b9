// Numbers in [0, 1) from a seed: HMAC-SHA-256(seed, k) with k in 8 bytes, the first 53 bits divided by 2^53.
import { sha256InScript } from "../digest.js";

export function bytesOf(hex) {
  return Uint8Array.from(hex.match(/../g) || [], (pair) => parseInt(pair, 16));
}

function counter(k) {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(k / 4294967296));
  view.setUint32(4, k >>> 0);
  return bytes;
}

function joined(...parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { out.set(part, at); at += part.length; }
  return out;
}

function hmacInScript(key, message) {
  const pad = (value) => Uint8Array.from({ length: 64 }, (_, k) => (key[k] || 0) ^ value);
  const inner = bytesOf(sha256InScript(joined(pad(0x36), message)));
  return bytesOf(sha256InScript(joined(pad(0x5c), inner)));
}

async function hmac(key) {
  if (!globalThis.crypto || !crypto.subtle) return async (message) => hmacInScript(key, message);
  const kept = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return async (message) => new Uint8Array(await crypto.subtle.sign("HMAC", kept, message));
}

// Returns a source of exactly `count` numbers; it throws when more are asked for, and counts in `used`.
export async function uniformsOf(seed, count) {
  const sign = await hmac(bytesOf(seed));
  const numbers = new Float64Array(count);
  for (let start = 0; start < count; start += 512) {
    const batch = [];
    for (let k = start; k < Math.min(start + 512, count); k++) batch.push(sign(counter(k)));
    (await Promise.all(batch)).forEach((bytes, place) => {
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      numbers[start + place] = (view.getUint32(0) * 2097152 + (view.getUint32(4) >>> 11)) / 9007199254740992;
    });
  }
  const source = {
    used: 0,
    next() {
      if (source.used >= count) throw new Error("uniforms: more are taken than the transcript says");
      return numbers[source.used++];
    },
  };
  return source;
}
