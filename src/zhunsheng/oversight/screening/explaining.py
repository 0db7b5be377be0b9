"""Signs in words, and the ordinary explanations to rule out, as the law folder holds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from zhunsheng.foundation.lawbook import Entry, Lawbook, LawbookError
from zhunsheng.oversight.screening.detectors.base import LAW

ANY: Final = "any"
FAMILIES: Final[Mapping[str, Mapping[str, str]]] = {
    "copies": {"zh": "数值重复", "en": "Repeated numbers"},
    "values": {"zh": "数值分布", "en": "How values are spread"},
    "clock": {"zh": "时间与顺序", "en": "Times and order"},
    "people": {"zh": "人员", "en": "Who signs"},
    "other": {"zh": "其他", "en": "Other"},
}
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sign:
    """A detector's sign in words: its title, the sentence with {seen}, {n}, {expected}, what is counted, and how."""

    detector: str
    family: str
    title: Words
    seen: Words
    unit: Words
    scale: str
    innocent: tuple[str, ...]
    rule: str
    version: str
    basis: str


@dataclass(frozen=True, slots=True)
class Innocent:
    """An ordinary explanation, and how to check it."""

    kind: str
    title: Words
    check: Words


@cache
def book() -> Lawbook:
    """Return signs and explanations of every day. Raises: LawbookError for an explanation that is not there."""
    found = Lawbook.load(LAW / "explanations.yaml")
    kinds = {one.values["kind"] for one in found if "kind" in one.values}
    for entry in found:
        lost = set(entry.values.get("innocent", ())) - kinds
        if lost:
            raise LawbookError(entry.id, f"unknown explanations {', '.join(sorted(lost))}")
    return found


def sign_of(detector: str, on: date) -> Sign:
    """Return a detector's words on a day; one that has none of its own gets those of any."""
    entry = _entry("detector", detector, on) or _entry("detector", ANY, on)
    if entry is None:
        raise LawbookError("explanations.yaml", "no words for any detector")
    values = entry.values
    return Sign(
        detector, values["family"], entry.title, values["seen"], values["unit"], values["scale"],
        tuple(values["innocent"]), entry.id, book().version_of(entry),
        "；".join(f"{one.law} {one.article}" for one in entry.basis),
    )  # fmt: skip


def innocents(on: date) -> dict[str, Innocent]:
    """Return every ordinary explanation by its kind."""
    held = [one for one in book() if "kind" in one.values and one.holds_on(on)]
    return {str(one.values["kind"]): Innocent(one.values["kind"], one.title, one.values["check"]) for one in held}


def family_of(detector: str, on: date) -> str:
    """Return the family of signs that a detector belongs to."""
    return sign_of(detector, on).family


def _entry(key: str, value: str, on: date) -> Entry | None:
    found: Any = (one for one in book() if one.values.get(key) == value and one.holds_on(on))
    return next(found, None)


def said(sign: Sign, signal: Mapping[str, Any]) -> dict[str, str]:
    """Return the sentence of a sign with its numbers, in both languages."""
    filled = {name: plain(signal[key]) for name, key in (("seen", "statistic"), ("n", "n"), ("expected", "expected"))}
    return {language: words.format_map(filled) for language, words in sign.seen.items()}


def plain(number: float) -> str:
    """Return a number as people read it: whole ones whole, small ones to two figures, others to one decimal."""
    if float(number).is_integer():
        return f"{int(number):,}"
    if abs(number) < 1:
        return f"{number:.2g}" if abs(number) >= 0.01 else f"{number:.4f}".rstrip("0").rstrip(".") or "0"
    return f"{number:,.1f}"


def one_in(p: float) -> int:
    """Return a p-value as "one in so many", to two figures and at most a million."""
    if p <= 1e-6:
        return 1_000_000
    whole = 1 / p
    digits = max(0, len(str(int(whole))) - 2)
    step: int = 10**digits
    return max(1, round(whole / step) * step)


def percent(share: float) -> str:
    """Return a share as a percentage that doesn't pretend to be nought."""
    return "0.01%" if share < 0.0001 else f"{100 * share:.2g}%"
