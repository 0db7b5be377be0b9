// Verifies a credential with the public library @digitalbazaar/vc alone, for our tests. Standard input: JSON with the
// members credential, issuer (its did.json), contexts and lists (both by address), now. Standard output: JSON: verified, status lists
// verified, purposes whose bit is raised, errors.
import { verifyCredential } from "@digitalbazaar/vc";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { createVerifyCryptosuite } from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import { named } from "@digitalbazaar/credentials-context";
import { text } from "node:stream/consumers";

const { credential, issuer, contexts, lists, now } = JSON.parse(await text(process.stdin));
const v2 = named.get("v2");
const methods = Object.fromEntries(issuer.verificationMethod.map((method) => [method.id, method]));
const known = { [v2.id]: v2.context, [issuer.id]: issuer, ...methods, ...contexts, ...lists };

async function documentLoader(url) {
  if (!(url in known)) throw new Error(`${url} is not at hand`);
  const document = methods[url] ? { "@context": issuer["@context"][1], ...known[url] } : known[url];
  return { contextUrl: null, document, documentUrl: url, tag: "static" };
}

const suite = () => new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() });
const errorsOf = (error) => (error ? (error.errors ?? [error]).map((one) => one.message) : []);
const result = await verifyCredential({ credential, suite: suite(), documentLoader, checkStatus, now: new Date(now) });
process.stdout.write(JSON.stringify({
  verified: result.verified,
  status: result.statusResult?.verified ?? null,
  raised: (result.statusResult?.results ?? []).filter((one) => one.status).map((one) => one.credentialStatus.statusPurpose),
  errors: [...errorsOf(result.error), ...errorsOf(result.statusResult?.error)],
}) + "\n");
