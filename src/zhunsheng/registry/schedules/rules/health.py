"""The health of a schedule: what is outdated, doubled, contradictory, unknown or unclear in it, line by line.

Sources: Order 163 Art. 12 (changes of standards are declared), law.md §1.6 and §1.7.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from zhunsheng.foundation.identifiers import normalise_name

BAD, ATTENTION, WAITING = "bad", "attention", "waiting"
MEANINGS = {
    "outdated": BAD,
    "expired": BAD,
    "contradiction": BAD,
    "two_editions": ATTENTION,
    "duplicate": ATTENTION,
    "expiring": ATTENTION,
    "year_missing": ATTENTION,
    "said_withdrawn": ATTENTION,
    "sweeping": ATTENTION,
    "open_list": ATTENTION,
    "not_read": ATTENTION,
    "abolished_in_library": BAD,
    "not_in_library": ATTENTION,
    "other_edition_in_library": ATTENTION,
    "cite_only_in_library": WAITING,
    "unknown_object": WAITING,
    "unknown_parameter": WAITING,
    "unknown_method": WAITING,
}
_SAID = ("sweeping", "open_list", "said_withdrawn")


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One line of a schedule; `where` is its row. `successor` replaces an `outdated` edition; ids are None if unknown.

    `said` are the reasons of reading that matter here: sweeping, open_list, said_withdrawn, year_missing.
    """

    where: str
    object_id: int | None
    object: str
    parameter_id: int | None
    parameter: str
    method: str
    base: str
    year: int | None
    known_method: bool
    outdated: bool
    successor: str
    clause: str
    limitation: str
    site: str
    said: frozenset[str] = frozenset()
    library: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend: its code, where, the texts it is about, and facts for the sentence."""

    code: str
    where: str
    object: str = ""
    parameter: str = ""
    method: str = ""
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def meaning(self) -> str:
        """How grave it is: bad, attention or waiting."""
        return MEANINGS[self.code]


def examine(lines: Sequence[HealthLine]) -> list[Finding]:
    """Return what is to be mended in some lines, in the order of the lines for each kind."""
    found = [finding for line in lines for finding in _alone(line)]
    found += _doubled(lines)
    found += _two_editions(lines)
    order = {code: place for place, code in enumerate(MEANINGS)}
    return sorted(found, key=lambda one: order[one.code])


def certificate(number: str, valid_to: date | None, *, today: date, within: int) -> Iterator[Finding]:
    """Yield a finding if a certificate has ended or ends within so many days."""
    if valid_to is None or valid_to > today + timedelta(days=within):
        return
    facts = {"number": number, "day": valid_to.isoformat(), "days": str((valid_to - today).days)}
    yield Finding("expired" if valid_to < today else "expiring", number, facts=facts)


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings of each kind there are, gravest kinds first."""
    made = dict.fromkeys(MEANINGS, 0)
    for one in findings:
        made[one.code] += 1
    return {code: number for code, number in made.items() if number}


def _alone(line: HealthLine) -> Iterator[Finding]:
    if line.outdated:
        yield _finding("outdated", line, successor=line.successor)
    if line.base and line.year is None and not line.base.startswith("~"):
        yield _finding("year_missing", line)
    for code in _SAID:
        if code in line.said:
            yield _finding(code, line)
    if line.object_id is None:
        yield _finding("unknown_object", line)
    if line.parameter_id is None and "sweeping" not in line.said:
        yield _finding("unknown_parameter", line)
    if not line.known_method:
        yield _finding("unknown_method", line)
    if line.library:
        yield _finding(line.library, line)


def _doubled(lines: Iterable[HealthLine]) -> Iterator[Finding]:
    """Yield lines that grant the same as an earlier one, and those that grant it with another limitation."""
    first: dict[tuple[str, ...], HealthLine] = {}
    for line in lines:
        key = (line.site, _name(line.object_id, line.object), _name(line.parameter_id, line.parameter),
               normalise_name(line.method), line.clause)  # fmt: skip
        held = first.setdefault(key, line)
        if held is line:
            continue
        same = normalise_name(held.limitation) == normalise_name(line.limitation)
        yield _finding("duplicate" if same else "contradiction", line, other=held.where, limitation=held.limitation)


def _two_editions(lines: Iterable[HealthLine]) -> Iterator[Finding]:
    """Yield lines whose object and parameter are held by two editions of one standard, once for each pair."""
    held: dict[tuple[str, ...], dict[str, HealthLine]] = defaultdict(dict)
    for line in lines:
        if line.year is None:
            continue
        key = (line.site, _name(line.object_id, line.object), _name(line.parameter_id, line.parameter), line.base)
        others = held[key]
        if others and line.method not in others:
            yield _finding("two_editions", line, other=next(iter(others)))
        others.setdefault(line.method, line)


def _name(pk: int | None, text: str) -> str:
    return f"={pk}" if pk is not None else normalise_name(text)


def _finding(code: str, line: HealthLine, **facts: str) -> Finding:
    return Finding(code, line.where, line.object, line.parameter, line.method, facts)
