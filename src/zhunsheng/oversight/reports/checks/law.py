"""The arrival-check entries of the lawbook, by day: which rules held, how severe, with which values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from zhunsheng.foundation.lawbook import Entry, Lawbook, LawbookError, read_entries
from zhunsheng.oversight.reports.checks.findings import SEVERITIES
from zhunsheng.oversight.reports.rules import RULES, Rule
from zhunsheng.oversight.reports.rules.occasions import ALWAYS, OCCASIONS

FOLDER = Path(__file__).parents[1] / "law"


@dataclass(frozen=True, slots=True)
class DayLaw:
    """The law of one day: rules in force in their order, and what is stored with their findings.

    `steps` holds the same rules, each with its code and behind the occasion without which it can find nothing.
    """

    rules: tuple[Rule, ...]
    steps: tuple[tuple[str, str, Rule], ...]
    severity: Mapping[str, int]
    version: Mapping[str, str]
    values: Mapping[str, Mapping[str, Any]]


@cache
def book() -> Lawbook:
    """Return the arrival checks.

    Raises: LawbookError where a rule has no entry, an entry no rule, or a severity or text is missing.
    """
    found = Lawbook.load(FOLDER / "arrival_checks.yaml")
    if set(found.ids()) != set(RULES):
        raise LawbookError("arrival_checks.yaml", f"rules and entries differ: {set(found.ids()) ^ set(RULES)}")
    for entry in found:
        texts = (entry.title, entry.values.get("message", {}), entry.values.get("remedy", {}))
        if entry.values.get("severity") not in SEVERITIES or any(set(text) != {"zh", "en"} for text in texts):
            raise LawbookError(f"arrival_checks.yaml, {entry.id}", "severity, title, message and remedy in zh and en")
    return found


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Return what stands in findings for the codes in their facts, by code and language."""
    return {entry.id: entry.values for entry in read_entries(FOLDER / "finding_words.yaml")}["FINDING-WORDS"]


@cache
def fact_names() -> Mapping[str, Mapping[str, str]]:
    """Return what people call the facts of findings, by fact and language."""
    return {entry.id: entry.values for entry in read_entries(FOLDER / "finding_words.yaml")}["FACT-NAMES"]


@cache
def law_names() -> Mapping[str, str]:
    """Return the English names of the laws, by the Chinese."""
    return {entry.id: entry.values for entry in read_entries(FOLDER / "finding_words.yaml")}["LAW-NAMES"]


@cache
def _held() -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    by_id: dict[str, list[Entry]] = {}
    for entry in book():
        by_id.setdefault(entry.id, []).append(entry)
    return tuple((code, tuple(by_id[code])) for code in RULES)


@cache
def _law_of(entries: tuple[tuple[str, date], ...]) -> DayLaw:
    held = [book().on(code, start) for code, start in entries]
    return DayLaw(
        rules=tuple(RULES[entry.id] for entry in held),
        steps=tuple((entry.id, OCCASIONS.get(entry.id, ALWAYS), RULES[entry.id]) for entry in held),
        severity={entry.id: SEVERITIES.index(entry.values["severity"]) for entry in held},
        version={entry.id: book().version_of(entry) for entry in held},
        values={entry.id: entry.values for entry in held},
    )


@lru_cache(maxsize=20_000)
def law_on(day: date) -> DayLaw:
    """Return the rules in force on a day; days under the same entries share one answer."""
    found = ((code, next((entry for entry in entries if entry.holds_on(day)), None)) for code, entries in _held())
    return _law_of(tuple((code, entry.effective_from) for code, entry in found if entry is not None))


def entry_of(code: str, version: str) -> Entry | None:
    """Return the entry by which a finding was judged; the one of its number if the texts were mended since."""
    number = version.partition(".")[0]
    held = dict(_held()).get(code, ())
    return next((entry for entry in held if book().version_of(entry) == version), None) or next(
        (entry for entry in reversed(held) if str(entry.version) == number), None
    )
