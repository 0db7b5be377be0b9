"""The lot by which a decision is drawn for verification: recomputable by anyone from seed and number. Pure."""

import hashlib
from decimal import Decimal
from typing import Final

PURPOSE: Final = "zhunsheng-verification-lot/1"
PLACES: Final = 12
"""Decimals of a lot: few enough that every database keeps them exactly."""


def lot_of(seed: str, number: str) -> Decimal:
    """Return the lot in [0, 1) of an application: SHA-256 of purpose, seed and number, read as a fraction.

    Args:
        seed: hexadecimal text drawn when the task is opened; number: the application's number.
    Returns: the first 12 decimals of the digest divided by 2**256.
    """
    digest = hashlib.sha256(f"{PURPOSE}\n{seed}\n{number}".encode()).digest()
    whole = int.from_bytes(digest) * 10**PLACES >> 256
    return Decimal(whole).scaleb(-PLACES)


def drawn(lot: Decimal, rate: Decimal) -> bool:
    """Tell whether a lot is drawn at a rate: always at 1, never at 0."""
    return lot < rate
