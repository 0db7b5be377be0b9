"""Who issues here: the installation's did:web, its keys, and the addresses that its credentials name."""

from django.conf import settings
from django.urls import reverse

from zhunsheng.foundation.credentials.issuers import did_document, did_web
from zhunsheng.foundation.signing import Ed25519Key
from zhunsheng.platform.accounts import keyring
from zhunsheng.platform.credentials import beside

PURPOSE = "credentials"
WITHOUT_ADDRESS = "http://localhost:8000"
"""What credentials name where ZHUNSHENG_ADDRESS is not set: good for a demonstration on one machine only."""


def has_place() -> bool:
    """Tell whether credentials may be issued: only a demonstration names this machine, where no verifier finds it."""
    return bool(settings.ZHUNSHENG_ADDRESS) or bool(settings.ZHUNSHENG_LOCAL_CREDENTIALS)


def base() -> str:
    """Return the installation's address without its final slash."""
    return str(settings.ZHUNSHENG_ADDRESS) or WITHOUT_ADDRESS


def did() -> str:
    """Return the issuer's identifier."""
    return did_web(base())


def signing_key() -> tuple[str, Ed25519Key]:
    """Return the newest key's verification method and the key, made at first use and kept in HOME/keys/credentials."""
    name, seed = keyring.load(PURPOSE)[0]
    return f"{did()}#{name}", Ed25519Key.from_seed(seed)


def public_keys() -> dict[str, bytes]:
    """Return the raw public keys by verification method, newest first; older ones still verify what they signed."""
    return {f"{did()}#{name}": Ed25519Key.from_seed(seed).public_bytes for name, seed in keyring.load(PURPOSE)}


def document() -> dict[str, object]:
    """Return the issuer's document for /.well-known/did.json."""
    own = {method.partition("#")[2]: key for method, key in public_keys().items()}
    return did_document(did(), own, beside.public_keys())


def keys_beside() -> dict[str, bytes]:
    """Return the public keys of SM2 by verification method, newest first."""
    return {f"{did()}#{name}": key for name, key in beside.public_keys().items()}


def credential_address(code: str) -> str:
    """Return where a credential's signed data stands; its identifier."""
    return f"{base()}/api/v1/credentials/{code}"


def context_address() -> str:
    """Return where the meaning of our own members stands."""
    return base() + reverse("credentials:context")


def page_address(code: str) -> str:
    """Return where people verify a credential."""
    return base() + reverse("credentials_public:answer", args=[code])


def list_address(number: int, purpose: str) -> str:
    """Return where a status list stands; its identifier."""
    return base() + reverse("credentials:status", args=[f"{purpose}-{number}"])
