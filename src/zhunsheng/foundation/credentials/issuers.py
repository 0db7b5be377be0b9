"""Issuers: did:web for one that has an address in the web, did:key for a key alone.

Source: did:web Method Specification; W3C Decentralized Identifiers 1.0, 5; W3C Controlled Identifiers 1.0, 2.2.2.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

from zhunsheng.foundation.credentials.multibase import from_multikey, from_sm2_multikey, multikey, sm2_multikey

CONTEXTS: Final = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


def did_web(address: str) -> str:
    """Return the did:web of an installation's address: `https://example.cn:8443/a` is `did:web:example.cn%3A8443:a`.

    Raises: ValueError for what is no web address.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError("not the address of an installation")
    host = parts.hostname + (f"%3A{parts.port}" if parts.port else "")
    folders = [quote(one, safe="") for one in parts.path.split("/") if one]
    return ":".join(["did:web", host, *folders])


def document_address(did: str) -> str:
    """Return where the document of a did:web stands.

    Raises: ValueError for another method.
    """
    if not did.startswith("did:web:"):
        raise ValueError("not a did:web")
    host, *folders = (unquote(part) for part in did.removeprefix("did:web:").split(":"))
    if not host or any("/" in part for part in (host, *folders)):
        raise ValueError("not a did:web")
    scheme = "http" if host.split(":")[0] == "localhost" else "https"
    place = "/".join(quote(one) for one in folders) if folders else ".well-known"
    return f"{scheme}://{host}/{place}/did.json"


def did_document(did: str, keys: Mapping[str, bytes], beside: Mapping[str, bytes] | None = None) -> dict[str, Any]:
    """Return an issuer's document: which keys may sign what it asserts.

    Args:
        keys: raw Ed25519 public keys by the name that stands behind `#`, newest first.
        beside: SM2 public keys of 65 bytes, likewise.
    """
    written = {name: multikey(public) for name, public in keys.items()}
    written |= {name: sm2_multikey(public) for name, public in (beside or {}).items()}
    methods = [
        {"id": f"{did}#{name}", "type": "Multikey", "controller": did, "publicKeyMultibase": text}
        for name, text in written.items()
    ]
    return {
        "@context": CONTEXTS,
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def keys_of(document: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the Ed25519 keys that may sign assertions, by verification method.

    Raises: ValueError if the document has no identifier; methods of other kinds are passed over.
    """
    return _keys(document, from_multikey)


def sm2_keys_of(document: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the SM2 keys that may sign assertions, 65 bytes each, by verification method.

    Raises: ValueError if the document has no identifier.
    """
    return _keys(document, from_sm2_multikey)


def _keys(document: Mapping[str, Any], read: Callable[[str], bytes]) -> dict[str, bytes]:
    did = document.get("id")
    if not isinstance(did, str) or not did.startswith("did:"):
        raise ValueError("not the document of an issuer")
    listed = document.get("verificationMethod")
    purposes = document.get("assertionMethod")
    allowed = {
        each if isinstance(each, str) else each.get("id") for each in purposes or [] if isinstance(each, str | dict)
    }
    inside = [each for each in purposes or [] if isinstance(each, dict)]
    found: dict[str, bytes] = {}
    for method in [*(listed if isinstance(listed, list) else []), *inside]:
        if not isinstance(method, dict) or method.get("controller") != did or method.get("id") not in allowed:
            continue
        try:
            found[str(method["id"])] = read(str(method.get("publicKeyMultibase", "")))
        except ValueError:
            continue
    return found


def key_of_did_key(did: str) -> dict[str, bytes]:
    """Return the key of a did:key of Ed25519, by its verification method.

    Raises: ValueError for anything else.
    """
    text = did.removeprefix("did:key:")
    if text == did:
        raise ValueError("not a did:key")
    return {f"{did}#{text}": from_multikey(text)}
