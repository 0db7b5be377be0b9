"""The log's own key and folder."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from zhunsheng.foundation import durable, signing
from zhunsheng.foundation.tlog.note import NoteKey


def ledger_folder() -> Path:
    """Return the folder of tiles and the published checkpoint."""
    return Path(settings.ZHUNSHENG_HOME) / "ledger"


def log_origin() -> str:
    """Return the log's name, the first line of its checkpoints."""
    return str(settings.ZHUNSHENG_LOG_ORIGIN)


def log_signer() -> signing.PrivateKey:
    """Return the log's private key, made at first use and kept in HOME/keys/log.key.

    Raises: KeyProblem when the file holds no Ed25519 key.
    """
    return _signer_in(settings.ZHUNSHENG_HOME)


def log_key() -> NoteKey:
    """Return the log's public key under its name: all that a reader needs to trust receipts and checkpoints."""
    return _named(log_origin(), log_signer().public_bytes)


@lru_cache(maxsize=16)
def _named(origin: str, public: bytes) -> NoteKey:
    return NoteKey(origin, public)


@lru_cache(maxsize=16)
def _signer_in(home: Path | str) -> signing.PrivateKey:
    path = Path(home) / "keys" / "log.key"
    if not path.exists():  # of two processes the first one's key counts
        durable.create(path, signing.generate_key("ed25519").pem())
    key = signing.load_private(path)
    if key.algorithm != "ed25519":
        raise signing.KeyProblem("The log signs with Ed25519, not %(name)s.", params={"name": key.algorithm})
    return key
