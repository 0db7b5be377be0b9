"""Text that the database holds only encrypted, found again by a keyed index, shown masked.

AES-256-GCM (NIST SP 800-38D) under a key of HOME/keys/personal; the field's name is bound as associated data, so a
value copied into another column does not open. Every key of the ring opens; the newest seals.
"""

import base64
import hashlib
import hmac
import os
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts import keyring

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    _TextField = models.TextField[str, str]
else:
    _TextField = models.TextField

PURPOSE = "personal"
INDEX_PURPOSE = "personal-index"
NONCE_BYTES = 12
MARK = "z1"


class CannotUnseal(DomainError):
    """The stored text was altered, or its key is not in the ring."""

    code = "cannot-unseal"

    def __init__(self) -> None:
        super().__init__(
            "An encrypted value could not be read.",
            remedy="Restore the key folder of the installation that wrote it.",
        )


def seal(text: str, context: str) -> str:
    """Return the text encrypted for this context (the name of its column)."""
    name, key = keyring.load(PURPOSE)[0]
    nonce = os.urandom(NONCE_BYTES)
    body = AESGCM(key).encrypt(nonce, text.encode(), context.encode())
    return f"{MARK}.{name}.{base64.urlsafe_b64encode(nonce + body).decode()}"


def unseal(sealed: str, context: str) -> str:
    """Return the text. Raises CannotUnseal if it was altered, moved to another column, or its key is gone."""
    parts = sealed.split(".")
    key = dict(keyring.load(PURPOSE)).get(parts[1]) if len(parts) == 3 and parts[0] == MARK else None
    if key is None:
        raise CannotUnseal
    try:
        raw = base64.urlsafe_b64decode(parts[2])
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode()).decode()
    except (InvalidTag, ValueError):
        raise CannotUnseal from None


def blind_index(text: str, context: str) -> str:
    """Return 64 hex digits that are equal for equal texts of a context and say nothing without the key.

    Case, spaces and hyphens do not count. HMAC-SHA-256; its key is never rotated, or look-ups would miss old rows.
    """
    plain = "".join(text.split()).replace("-", "").upper()
    _, key = keyring.load(INDEX_PURPOSE)[-1]
    return hmac.new(key, f"{context}\n{plain}".encode(), hashlib.sha256).hexdigest()


def masked(text: str) -> str:
    """Return what may be shown: of an identity number the first 3 and last 4, of a shorter text its first sign."""
    if len(text) >= 11:
        return f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}"
    return text[:1] + "*" * max(len(text) - 1, 0)


class EncryptedTextField(_TextField):
    """A text column that holds ciphertext; Python sees the text. Empty stays empty; look up by a blind index column."""

    @property
    def context(self) -> str:
        """What the ciphertext is bound to; a history table shares its model's column."""
        model = self.model._meta.model_name or ""
        return f"{self.model._meta.app_label}.{model.removeprefix('historical')}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way to the database."""
        text = super().get_prep_value(value)
        return seal(text, self.context) if text else text

    def from_db_value(self, value: str | None, expression: object, connection: "BaseDatabaseWrapper") -> str | None:
        """Decrypt on the way back."""
        return unseal(value, self.context) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow only isnull: a comparison with ciphertext would silently find nothing."""
        if lookup_name != "isnull":
            raise TypeError("look an encrypted text up by its blind index")
        return super().get_lookup(lookup_name)
