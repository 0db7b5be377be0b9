"""The reasons of a decision, generated from outcomes and clauses; people edit the words, the rules stay beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhunsheng.foundation.lawbook import Entry

MOST_PLACES = 20
"""Numbers of lines named in one sentence; the table of the document has all of them."""
BY_ROUTE = {
    "commitment": "DECIDE-GRANT-COMMITMENT",
    "self_declaration": "DECIDE-GRANT-DECLARATION",
    "change_filing": "DECIDE-GRANT-FILING",
    "documents": "DECIDE-GRANT-DOCUMENTS",
}
"""The sentence by which a grant on each route is reasoned; every other route rests on its review."""


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """What the review found of one line: its number in the application, whether confirmed, why not."""

    place: int
    granted: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unmet:
    """A clause of the criteria that is still not met, and the fact that shows it."""

    clause: str
    fact: str


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """What the reasons are made from. Dates are ISO text; `late` says which limit passed, and why."""

    route: str
    outcome: str
    conclusion: str = ""
    lines: tuple[LineOutcome, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    commitment: str = ""
    signed_on: str = ""
    late: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence with the rule it comes from, the rule's version, its article and what was filled in."""

    rule: str
    version: str
    article: str
    inputs: Mapping[str, str]
    words: Mapping[str, str]

    def as_dict(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {
            "rule": self.rule,
            "version": self.version,
            "article": self.article,
            "inputs": dict(self.inputs),
            "words": dict(self.words),
        }


def said(entry: Entry, version: str, /, **inputs: object) -> Reason:
    """Fill an entry's message. Raises: KeyError for a name that the message wants and nobody gave."""
    given = {name: str(value) for name, value in inputs.items()}
    words = {language: str(text).format_map(given) for language, text in entry.values["message"].items()}
    article = "；".join(f"{one.law}{one.article}" for one in entry.basis)
    return Reason(entry.id, version, article, given, words)


def reasons(facts: DecisionFacts, entries: Mapping[str, tuple[Entry, str]]) -> list[Reason]:
    """Return the sentences that reason a decision, in the order of the document.

    Args:
        entries: the entries of `law/decisions.yaml` in force, each with its version, by id.
    """
    found = list(_headline(facts, entries))
    found += [said(*entries["DECIDE-CLAUSES"], clause=one.clause, fact=one.fact) for one in facts.unmet]
    if facts.outcome != "granted":
        found += [
            said(*entries["DECIDE-LINES-REFUSED"], count=len(places), reason=why, places=listed(places))
            for why, places in _by_reason(facts.lines).items()
        ]
    if facts.late:
        entry, version = entries["DECIDE-LATE"]
        found.append(said(entry, version, **facts.late))
    return found


def _headline(facts: DecisionFacts, entries: Mapping[str, tuple[Entry, str]]) -> Iterable[Reason]:
    confirmed = sum(one.granted for one in facts.lines)
    if facts.outcome == "refused":
        if facts.conclusion:
            yield said(*entries["DECIDE-REFUSE-CONCLUSION"], conclusion=facts.conclusion)
        return
    entry, version = entries[BY_ROUTE.get(facts.route, "DECIDE-GRANT-REVIEW")]
    yield said(
        entry, version, conclusion=facts.conclusion or "—", lines=len(facts.lines), granted=confirmed,
        commitment=facts.commitment or "—", signed_on=facts.signed_on or "—",
    )  # fmt: skip


def _by_reason(lines: Sequence[LineOutcome]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for one in lines:
        if not one.granted:
            found.setdefault(one.reason or "—", []).append(one.place)
    return found


def listed(places: Sequence[int]) -> str:
    """Return the numbers of lines as a sentence names them: the first MOST_PLACES."""
    shown = "、".join(str(place) for place in places[:MOST_PLACES])
    return shown if len(places) <= MOST_PLACES else f"{shown}……"
