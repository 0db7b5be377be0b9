"""A quick proof that a decoded report is sound; where it fails, `exact` finds out whether and why it isn't.

One joined match over all numbers and a cached look-up for each date cost a tenth of a pattern for each field.
"""

import re
from typing import Final, cast

from msgspec import UNSET, UnsetType

from .moments import fault_of, is_moment
from .structs import (
    ALGORITHM_PATTERN,
    CMA_PATTERN,
    DECIMAL_PATTERN,
    SIGNATURE_PATTERN,
    USCC_PATTERN,
    Body,
    Party,
    Proof,
    Report,
    Result,
)

_numbers_match: Final = re.compile(f"(?:{DECIMAL_PATTERN.strip('^$')}\n)*", re.ASCII).fullmatch
_cma: Final = re.compile(CMA_PATTERN.strip("^$")).fullmatch
_uscc: Final = re.compile(USCC_PATTERN.strip("^$")).fullmatch
_algorithm: Final = re.compile(ALGORITHM_PATTERN.strip("^$")).fullmatch
_signature: Final = re.compile(SIGNATURE_PATTERN.strip("^$")).fullmatch


def surely_sound(report: Report) -> bool:
    """Return whether a decoded report surely keeps every rule about numbers, dates, codes and line numbers.

    False means "look closely". Characters are looked at elsewhere; that look also catches a line break in a number,
    which the joined match would take for two numbers.
    """
    if report.attachments or report.replaces is not UNSET or report.published is not UNSET or not report.results:
        return False
    if report.number != report.number.strip():
        return False
    if not (_body_is_sound(report.body) and _party_is_sound(report.client) and _party_is_sound(report.producer)):
        return False
    whens: set[str | UnsetType] = set()
    numbers: set[str | UnsetType] = set()
    dates, sample = report.dates, report.sample
    if dates is not UNSET:
        whens.update((dates.received, dates.started, dates.finished, dates.issued))
    if sample is not UNSET:
        whens.update((sample.sampled, sample.received))
        if not _party_is_sound(sample.sampled_from):
            return False
    if not _gathered(report.results, whens, numbers):
        return False
    whens.discard(UNSET)
    numbers.discard(UNSET)
    if any(map(fault_of, cast("set[str]", whens))):
        return False
    if numbers and not _numbers_match("\n".join(cast("set[str]", numbers)) + "\n"):
        return False
    return _proof_is_sound(report.proof)


def _body_is_sound(body: Body) -> bool:
    if body.register is not UNSET or (body.cma is UNSET and body.uscc is UNSET):
        return False
    return (body.cma is UNSET or _cma(body.cma) is not None) and (body.uscc is UNSET or _uscc(body.uscc) is not None)


def _party_is_sound(party: Party | UnsetType) -> bool:
    return party is UNSET or party.uscc is UNSET or _uscc(party.uscc) is not None


def _proof_is_sound(proof: Proof | UnsetType) -> bool:
    if proof is UNSET:
        return True
    return (
        fault_of(proof.created) is None
        and is_moment(proof.created)
        and _algorithm(proof.type) is not None
        and _signature(proof.signature) is not None
    )


def _gathered(results: tuple[Result, ...], whens: set[str | UnsetType], numbers: set[str | UnsetType]) -> bool:
    """Gather dates and numbers of all lines; False where a line needs a closer look."""
    lines: set[int] = set()
    for result in results:
        value, uncertainty, limit = result.value, result.uncertainty, result.limit
        if result.subcontractor is not UNSET or (value is not UNSET and not value.isascii()):
            return False
        lines.add(result.line)
        whens.add(result.started)
        whens.add(result.finished)
        numbers.add(result.loq)
        if uncertainty is not UNSET:
            numbers.update((uncertainty.expanded, uncertainty.k, uncertainty.probability))
        if limit is not UNSET:
            numbers.update((limit.min, limit.max))
    return len(lines) == len(results)
