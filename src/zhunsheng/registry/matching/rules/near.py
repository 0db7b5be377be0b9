"""Identifiers that are one slip of the finger away."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA


def near_codes(text: str, codes: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return (owner, code) of the codes that differ from a text in one sign, or in two neighbours changed round."""
    given = text.strip().upper()
    return [
        (owner, code)
        for owner, code in codes
        if abs(len(code) - len(given)) <= 1 and OSA.distance(given, code, score_cutoff=1) == 1
    ]
