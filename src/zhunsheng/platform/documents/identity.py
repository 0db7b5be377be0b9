"""The installation's own document keys: an authority, a signer of documents, a signer of times, each P-256.

They lie in HOME/keys/documents and are made at first use. An operator may put a certificate of a recognised authority
in the signer's place: `signer.key` and `signer.pem`, the certificate first and its issuers after it.

Who may sign is pinned: `signers/` keeps each certificate that has ever signed here, with those above it, so that what a
former key signed still holds and what anybody else signed does not, though the same authority stands for both. To
distrust a former signer, remove its file. Times have a list of their own, `clocks.pem` beside the own authority.
"""

import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

from zhunsheng.foundation import durable
from zhunsheng.platform.accounts import keyring

PURPOSE: Final = "documents"
_FIRST: Final = datetime(2015, 1, 1, tzinfo=UTC)
"""Documents of earlier years that are loaded with their own date must find their signer valid on it."""
_YEARS: Final = 30
AUTHORITY, SIGNER, CLOCK = "authority", "signer", "time"
SIGNERS: Final = "signers"
CLOCKS: Final = "clocks.pem"


@dataclass(frozen=True, slots=True)
class Identity:
    """A private key with its certificate and those above it, up to the root."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    above: tuple[x509.Certificate, ...]


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose documents and whose times are believed.

    Attributes:
        signers: the very certificates that may have signed; nobody else under the same authority may.
        roots: what stands uppermost over a signer; it is no leave to sign.
        clocks: roots, or certificates themselves, of who may have signed the time.
    """

    signers: tuple[x509.Certificate, ...] = ()
    roots: tuple[x509.Certificate, ...] = ()
    clocks: tuple[x509.Certificate, ...] = ()


def signer() -> Identity:
    """Return what signs documents; its certificate is pinned before it signs anything."""
    folder = _folder()
    _remember(folder)
    return _kept(folder, SIGNER)


def clock() -> Identity:
    """Return what signs times."""
    return _kept(_folder(), CLOCK)


def trust() -> Trust:
    """Return whom whoever verifies this installation's documents has to trust, for documents and, apart, for times."""
    folder = _folder()
    _remember(folder)
    pinned = [path.read_bytes() for path in sorted((folder / SIGNERS).glob("*.pem"))]
    clocks = [(folder / f"{AUTHORITY}.pem").read_bytes()]
    others = folder / CLOCKS
    return read_trust(pinned, [*clocks, others.read_bytes()] if others.exists() else clocks)


def read_trust(signers: Iterable[bytes], clocks: Iterable[bytes]) -> Trust:
    """Return whom to trust by certificates as PEM: of signers with those above them, and of clocks.

    A certificate that may certify others signs no documents: it counts as one above a signer.
    Raises: ValueError for what holds no certificate.
    """
    given = [one for text in signers for one in x509.load_pem_x509_certificates(text)]
    above = [one for one in given if _certifies(one)]
    names = {one.subject for one in above}
    pinned = [one for one in given if not _certifies(one)]
    roots = [one for one in above if one.issuer == one.subject or one.issuer not in names]
    roots += [one for one in pinned if one.issuer not in names]
    times = [one for text in clocks for one in x509.load_pem_x509_certificates(text)]
    return Trust(*(tuple(dict.fromkeys(found)) for found in (pinned, roots, times)))


def _certifies(certificate: x509.Certificate) -> bool:
    try:
        return bool(certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except x509.ExtensionNotFound:
        return False


def _remember(folder: Path) -> None:
    """Pin the certificate that signs now, once."""
    own = _kept(folder, SIGNER)
    path = folder / SIGNERS / f"{fingerprint(own.certificate)}.pem"
    if not path.exists():
        durable.create(path, pem((own.certificate, *own.above)))


def in_asn1(certificates: Iterable[x509.Certificate]) -> list[asn1.Certificate]:
    """Return certificates as pyHanko reads them."""
    return [asn1.Certificate.load(one.public_bytes(serialization.Encoding.DER)) for one in certificates]


def pem(certificates: Iterable[x509.Certificate]) -> bytes:
    """Return certificates as PEM."""
    return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in certificates)


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


def _make_once(folder: Path) -> None:
    """Make keys and certificates in a draft folder and put it in place whole, unless another process was first."""
    draft = folder.with_name(f".{folder.name}.{secrets.token_hex(8)}")
    durable.make_folder(draft, mode=0o700)
    try:
        _make(draft)
        durable.put_folder_in_place(draft, folder)
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
    for path, content in ((folder / f"{name}.key", secret), (folder / f"{name}.pem", pem(chain))):
        durable.create(path, content)


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate in hexadecimal."""
    return certificate.fingerprint(hashes.SHA256()).hex()
