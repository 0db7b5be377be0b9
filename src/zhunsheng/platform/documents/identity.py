"""The installation's own document keys: an authority, a signer of documents, a signer of times, each P-256.

They lie in HOME/keys/documents and are made at first use. An operator may put a certificate of a recognised authority
in the signer's place: `signer.key` and `signer.pem`, the certificate first and its issuers after it.
"""

import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

from zhunsheng.platform.accounts import keyring

PURPOSE: Final = "documents"
_FIRST: Final = datetime(2015, 1, 1, tzinfo=UTC)
"""Documents of earlier years that are loaded with their own date must find their signer valid on it."""
_YEARS: Final = 30
AUTHORITY, SIGNER, CLOCK = "authority", "signer", "time"


@dataclass(frozen=True, slots=True)
class Identity:
    """A private key with its certificate and those above it, up to the root."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    above: tuple[x509.Certificate, ...]


def signer() -> Identity:
    """Return what signs documents."""
    return _kept(_folder(), SIGNER)


def clock() -> Identity:
    """Return what signs times."""
    return _kept(_folder(), CLOCK)


def roots() -> tuple[x509.Certificate, ...]:
    """Return the certificates that whoever verifies this installation's documents has to trust.

    That is the own authority; the uppermost certificate over a signer that somebody else certified; and what stands
    in `others.pem`, for example the root of a time-stamping authority.
    """
    return _authority(_folder())


def roots_pem() -> bytes:
    """Return these certificates as PEM."""
    return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in roots())


def _folder() -> Path:
    folder = keyring.folder(PURPOSE)
    if not (folder / f"{AUTHORITY}.pem").exists():
        _make_once(folder)
    return folder


@lru_cache(maxsize=16)
def _kept(folder: Path, name: str) -> Identity:
    key = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{name}.key is no key on an elliptic curve")
    first, *above = x509.load_pem_x509_certificates((folder / f"{name}.pem").read_bytes())
    if first.public_key() != key.public_key():
        raise ValueError(f"{name}.pem is not the certificate of {name}.key")
    return Identity(key, first, tuple(above))


@lru_cache(maxsize=16)
def _authority(folder: Path) -> tuple[x509.Certificate, ...]:
    own = x509.load_pem_x509_certificate((folder / f"{AUTHORITY}.pem").read_bytes())
    found = [own, *_kept(folder, SIGNER).above[-1:]]
    others = folder / "others.pem"
    if others.exists():
        found += x509.load_pem_x509_certificates(others.read_bytes())
    return tuple(dict.fromkeys(found))


def _make_once(folder: Path) -> None:
    """Make keys and certificates in a draft folder and put it in place whole, unless another process was first."""
    draft = folder.with_name(f".{folder.name}.{secrets.token_hex(8)}")
    draft.mkdir(parents=True, mode=0o700)
    try:
        _make(draft)
        with suppress(FileExistsError, OSError):
            draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    if not (folder / f"{AUTHORITY}.pem").exists():
        raise FileNotFoundError(f"{folder} has no {AUTHORITY}.pem: restore it from a backup, or remove the folder")


def _make(folder: Path) -> None:
    host = settings.ZHUNSHENG_ADDRESS.partition("://")[2].partition("/")[0] or "localhost"
    top = ec.generate_private_key(ec.SECP256R1())
    root = _certified(top, _name(host, "authority"), top, None, authority=True)
    _write(folder, AUTHORITY, top, [root])
    for name, words, usage in (
        (SIGNER, "documents", None),
        (CLOCK, "times", ExtendedKeyUsageOID.TIME_STAMPING),
    ):
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _certified(key, _name(host, words), top, root, usage=usage)
        _write(folder, name, key, [certificate, root])


def _name(host: str, words: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "准绳 Zhunsheng"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{host[:40]} {words}"),
        ]
    )


def _certified(
    key: ec.EllipticCurvePrivateKey,
    subject: x509.Name,
    by: ec.EllipticCurvePrivateKey,
    root: x509.Certificate | None,
    *,
    authority: bool = False,
    usage: x509.ObjectIdentifier | None = None,
) -> x509.Certificate:
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(root.subject if root else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FIRST)
        .not_valid_after(datetime(datetime.now(UTC).year + _YEARS, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(_usage(authority=authority, documents=usage is None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    )
    if usage is not None:
        made = made.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    return made.sign(by, hashes.SHA256())


def _usage(*, authority: bool, documents: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=documents and not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _write(folder: Path, name: str, key: ec.EllipticCurvePrivateKey, chain: list[x509.Certificate]) -> None:
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = b"".join(one.public_bytes(serialization.Encoding.PEM) for one in chain)
    for path, content in ((folder / f"{name}.key", secret), (folder / f"{name}.pem", public)):
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate in hexadecimal."""
    return certificate.fingerprint(hashes.SHA256()).hex()
