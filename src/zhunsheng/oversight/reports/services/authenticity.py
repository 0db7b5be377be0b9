"""Who vouches for a report: the body's signature, a signed manifest, its account, or an authority's publication."""

from datetime import datetime, timedelta

from msgspec import UNSET

from zhunsheng.foundation import signing
from zhunsheng.oversight.reports.format import BATCH_FORMAT, Parsed, ParsedManifest, Proof, signed_bytes
from zhunsheng.oversight.reports.models import Assurance, Channel
from zhunsheng.oversight.reports.permissions import Sender
from zhunsheng.oversight.reports.services.refusals import Refusal
from zhunsheng.oversight.reports.services.senders import Key, KnownBody

CLOCK_TOLERANCE = timedelta(minutes=5)


def assurance_of(
    parsed: Parsed, body: KnownBody, sender: Sender, channel: Channel, manifest: "SignedManifest | None", at: datetime
) -> Assurance:
    """Return how sure we are who sent this report.

    A signature whose key was revoked after it was made counts no more than the sender's own account.
    Raises: Refusal for a wrong, unknown, revoked or future signature, and for a sender who may not hand this in.
    """
    own = sender.speaks_for(body.place)
    importing = channel is Channel.IMPORT and sender.may_import(body.place)
    if not own and not sender.may_import(body.place):
        raise Refusal("foreign-body", "body", body=body.slug)
    proof = parsed.report.proof
    if proof is not UNSET:
        if verify(proof, parsed.form, parsed.digest, body, at) is None:
            return Assurance.SIGNED
        if not own:
            raise _revoked_since(proof, body)
        return Assurance.ACCOUNT
    if manifest is not None and manifest.covers(parsed.digest, body):
        return Assurance.SIGNED
    if own:
        return Assurance.ACCOUNT
    if importing and parsed.report.published is not UNSET:
        return Assurance.PUBLISHER
    raise Refusal("unsigned", "proof", body=body.slug)


class SignedManifest:
    """A manifest whose signature was verified: it vouches for the reports of its body that it lists."""

    def __init__(self, parsed: ParsedManifest, body: KnownBody, key: Key) -> None:
        self.parsed = parsed
        self.body = body
        self.key = key
        self._digests = frozenset(parsed.manifest.digests)

    def covers(self, digest: str, body: KnownBody) -> bool:
        """Return whether the manifest lists this report and is of the same body."""
        return digest in self._digests and body.id == self.body.id


def verify(
    proof: Proof, document_format: str, digest: str, body: KnownBody, at: datetime, *, where: str = "proof"
) -> datetime | None:
    """Pass a right signature by a key of this body that was in force when it was made.

    Returns: None, or when the key was revoked if that happened after the time of signing that the proof states.
    Raises: Refusal.
    """
    key = body.keys.get(proof.key)
    if key is None:
        raise Refusal("unknown-key", f"{where}.key", body=body.slug, key=proof.key)
    if proof.type != key.algorithm:
        raise Refusal("signature-algorithm", f"{where}.type", key=key.key_id, expected=key.algorithm, found=proof.type)
    created = datetime.fromisoformat(proof.created)
    if created > at + CLOCK_TOLERANCE:
        raise Refusal("signed-in-future", f"{where}.created", on=proof.created)
    if key.revoked_at is not None and created >= key.revoked_at:
        raise Refusal("key-revoked", f"{where}.key", key=key.key_id, on=_day(key.revoked_at))
    if created < key.valid_from or (key.valid_to is not None and created > key.valid_to):
        raise Refusal("key-not-in-force", f"{where}.created", key=key.key_id, on=proof.created)
    message = signed_bytes(document_format, proof.key, proof.created, digest)
    if not signing.verify(key.algorithm, key.public_key, message, proof.signature):
        raise Refusal("wrong-signature", f"{where}.signature")
    return key.revoked_at if key.revoked_at is not None and key.revoked_at <= at else None


def verify_manifest(parsed: ParsedManifest, body: KnownBody, sender: Sender, at: datetime) -> SignedManifest:
    """Return the manifest of a batch, verified. Raises: Refusal; a key revoked since is refused, too."""
    if not sender.speaks_for(body.place) and not sender.may_import(body.place):
        raise Refusal("foreign-body", "proof.key", body=body.slug)
    proof = parsed.manifest.proof
    if verify(proof, BATCH_FORMAT, parsed.digest, body, at) is not None:
        raise _revoked_since(proof, body)
    return SignedManifest(parsed, body, body.keys[proof.key])


def _revoked_since(proof: Proof, body: KnownBody) -> Refusal:
    revoked = body.keys[proof.key].revoked_at
    return Refusal("key-revoked-since", "proof.key", key=proof.key, on=_day(revoked) if revoked else "")


def _day(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC")
