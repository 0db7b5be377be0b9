"""A file as one archive: an index with the digest of everything, signed, and sealed in the log."""

import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO, Any, Final

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation import signing
from zhunsheng.foundation.canonical import canonical_bytes, digest_hex
from zhunsheng.platform.credentials import issuer
from zhunsheng.platform.documents import files
from zhunsheng.platform.ledger import services as ledger

FORMAT: Final = "zhunsheng-file/1"
SIGNED: Final = FORMAT.encode() + b"\n"
"""What stands before the index in what is signed, so that the signature serves no other purpose."""
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of an archive: its name for people and its digest in the store."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Archive:
    """A finished archive: open for reading, and the digest of its index."""

    stream: IO[bytes]
    index_sha256: str


@transaction.atomic
def build(*, content: Mapping[str, Any], pieces: Iterable[Piece], kind: str, body: str, at: datetime) -> Archive:
    """Write an archive: `index.json` (canonical), `index.sig.json`, and each file under `files/`.

    The digest of the index is sealed in the log under `kind`. A file of the store that is missing or altered fails.
    Raises: FileMissing, FileAltered.
    """
    out = tempfile.TemporaryFile(suffix=".zip")  # noqa: SIM115 - handed to the answer, which closes it
    listed = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, piece in enumerate(pieces, 1):
            name = f"files/{number:04d}-{_safe(piece.name)}"
            files.prove(piece.sha256)
            with files.open_by_digest(piece.sha256) as source, archive.open(name, "w", force_zip64=True) as target:
                while chunk := source.read(_CHUNK):
                    target.write(chunk)
            listed.append({"path": name, "name": piece.name, "sha256": piece.sha256})
        index = canonical_bytes(
            {"format": FORMAT, "made": timezone.localtime(at).isoformat(), "content": dict(content), "files": listed}
        )
        method, key = issuer.signing_key()
        signature = {"algorithm": "ed25519", "key": method, "signature": signing.sign_text(key, SIGNED + index)}
        archive.writestr("index.json", index, zipfile.ZIP_DEFLATED)
        archive.writestr("index.sig.json", canonical_bytes(signature), zipfile.ZIP_DEFLATED)
    digest = digest_hex(index)
    ledger.append(kind=kind, subject=digest, body=body, at=at)
    out.seek(0)
    return Archive(out, digest)


def _safe(name: str) -> str:
    """Return a name that leads nowhere but into its folder."""
    plain = PurePosixPath(name.replace("\\", "/")).name
    return "".join(sign for sign in plain if sign.isprintable() and sign not in '<>:"|?*')[:80] or "file"
