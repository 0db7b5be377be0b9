"""The yardstick: what the law of a day attaches to a violation, and within which limits. It proposes, people decide.

The statute comes first: a rule's fine that gives way to a statute's is shown as superseded. One breach has one fine on
one person, the higher (administrative penalty law, Art. 29). A consequence that nobody has verified is shown, and may
not be applied until an administrator confirms it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, Final

from zhunsheng.foundation.lawbook import Entry
from zhunsheng.oversight.enforcement import law_book

_CENT: Final = Decimal("0.01")
_PERCENT: Final = Decimal(100)
_ORDER: Final = (
    "reminder", "order_to_correct", "warning", "confiscate", "fine", "qualification", "application_bar",
    "occupation_ban", "joint_liability", "police",
)  # fmt: skip
"""Kinds as a decision lists them."""


class Step(StrEnum):
    """Where within its limits a penalty belongs."""

    WAIVED = "waived"
    LENIENT = "lenient"
    ORDINARY = "ordinary"
    SEVERE = "severe"


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found that the yardstick reads.

    Attributes:
        field: in which field of law the work was done (product, food, agriculture, vehicle_emission, vehicle_safety,
            device, carbon, environment); empty = none that a statute names.
        fee, gain, goods: fees taken, unlawful gains, value of goods, in yuan; None = not established.
        circumstances: codes of law/benchmark.yaml.
    """

    field: str = ""
    fee: Decimal | None = None
    gain: Decimal | None = None
    goods: Decimal | None = None
    circumstances: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Range:
    """Least and most in yuan, both included."""

    least: Decimal
    most: Decimal

    def __contains__(self, amount: Decimal) -> bool:
        return self.least <= amount <= self.most


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that the law attaches to the violation, with its article and version.

    Attributes:
        limits: the law's own range; None where the consequence is no sum or a fact is missing.
        band: the part of it that the benchmark opens for these circumstances.
        missing: the fact without which the range can't be told ("fee", "gain", "goods").
        applicable: verified, or confirmed by an administrator.
    """

    id: str
    version: str
    kind: str
    title: Mapping[str, str]
    basis: str
    target: str
    by: str
    rank: str
    when: str
    verified: bool
    confirmed: bool
    limits: Range | None = None
    band: Range | None = None
    missing: str = ""
    measures: tuple[str, ...] = ()
    ground: str = ""
    years: int | None = None
    yields: bool = False

    @property
    def applicable(self) -> bool:
        """Whether it may be applied today."""
        return self.verified or self.confirmed

    @property
    def name(self) -> str:
        """Id and version, as decisions keep them."""
        return f"{self.id} {self.version}"

    @property
    def for_grantor(self) -> bool:
        """Whether only who granted the qualification may take it; others recommend."""
        return self.kind in {"qualification", "application_bar"}


@dataclass(frozen=True, slots=True)
class Ground:
    """A circumstance that moved the step, with its article."""

    code: str
    step: str
    title: Mapping[str, str]
    basis: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Superseded:
    """A consequence that doesn't apply beside another."""

    consequence: Consequence
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the yardstick proposes for one violation, and why.

    `open` are consequences whose condition isn't met by the facts; `may_waive` that the first minor breach may go
    without a penalty.
    """

    violation: str
    version: str
    title: Mapping[str, str]
    basis: str
    on: date
    step: Step
    grounds: tuple[Ground, ...]
    consequences: tuple[Consequence, ...]
    superseded: tuple[Superseded, ...] = ()
    open: tuple[Consequence, ...] = ()
    may_waive: bool = False
    may_mitigate: bool = False
    serious: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts that are needed to tell every range."""
        return tuple(sorted({one.missing for one in self.consequences if one.missing}))


def propose(violation: str, facts: Facts, on: date, *, confirmed: Collection[str] = ()) -> Proposal:
    """Return what the law of a day attaches to a violation.

    Args:
        on: the day of the conduct.
        confirmed: names ("id version") of unverified consequences that an administrator confirmed.
    Raises: UnknownViolation.
    """
    entry = law_book.violation(violation, on)
    grounds = tuple(_grounds(facts, on))
    steps = {one.step for one in grounds}
    serious = "serious" in steps
    opened = _opened(facts, on) | ({"serious"} if serious else set())
    step = _step(steps)
    every = [_read(row, facts, step, on, confirmed) for row in law_book.consequences(violation, on)]
    fitting = [one for one, row in zip(every, law_book.consequences(violation, on), strict=True) if _fits(row, facts)]
    held = [one for one in fitting if one.when == "always" or one.when in opened]
    kept, superseded = _one_fine(held)
    return Proposal(
        violation=violation, version=law_book.book().version_of(entry), title=entry.title,
        basis=law_book.cited(entry), on=on, step=step, grounds=grounds, consequences=tuple(kept),
        superseded=tuple(superseded), open=tuple(one for one in fitting if one not in held),
        may_waive="may_waive" in steps and step is not Step.SEVERE,
        may_mitigate=any(law_book.circumstances(on)[one.code].values.get("mitigates") for one in grounds),
        serious=serious,
    )  # fmt: skip


def _fits(row: Entry, facts: Facts) -> bool:
    fields = row.values["fields"]
    return not fields or facts.field in fields


def _grounds(facts: Facts, on: date) -> Iterable[Ground]:
    known = law_book.circumstances(on)
    for code in sorted(facts.circumstances):
        row = known.get(code)
        if row is None:
            continue
        fields = row.values["fields"]
        if row.values["step"] != "none" and (not fields or facts.field in fields):
            yield Ground(code, row.values["step"], row.title, law_book.cited(row), row.verified)


def _opened(facts: Facts, on: date) -> set[str]:
    known = law_book.circumstances(on)
    return {
        str(known[one].values["opens"]) for one in facts.circumstances if one in known and "opens" in known[one].values
    }


def _step(steps: set[str]) -> Step:
    """Return the step; what is severe and lenient at once is ordinary, and what must be waived is waived."""
    heavy = bool(steps & {"severe", "serious"})
    if "waived" in steps and not heavy:
        return Step.WAIVED
    light = bool(steps & {"lenient", "may_waive", "waived"})
    if heavy != light:
        return Step.SEVERE if heavy else Step.LENIENT
    return Step.ORDINARY


def _read(row: Entry, facts: Facts, step: Step, on: date, confirmed: Collection[str]) -> Consequence:
    values, version = row.values, law_book.book().version_of(row)
    found = Consequence(
        id=row.id, version=version, kind=values["kind"], title=row.title, basis=law_book.cited(row),
        target=values["target"], by=values["by"], rank=values["rank"], when=values["when"], verified=row.verified,
        confirmed=f"{row.id} {version}" in confirmed, measures=tuple(values.get("measures", ())),
        ground=values.get("ground", ""), years=values.get("years"), yields=bool(values.get("yields")),
    )  # fmt: skip
    if found.kind == "confiscate":
        sum_ = getattr(facts, values["of"])
        exact = Range(sum_, sum_) if sum_ is not None else None
        return replace(found, limits=exact, band=exact, missing="" if exact else values["of"])
    if found.kind != "fine":
        return found
    limits, missing = _limits(values, facts)
    band = part_of(limits, step, on) if limits else None
    return replace(found, limits=limits, band=band, missing=missing)


def _limits(values: Mapping[str, Any], facts: Facts) -> tuple[Range | None, str]:
    """Return the law's range for these facts, or the fact that is missing."""
    small = values.get("small")
    if small:
        base = getattr(facts, small["of"])
        if base is not None and base < small["limit"]:
            return Range(Decimal(0), _money(base * small["most"])), ""
    if "amount" in values:
        return Range(Decimal(values["amount"]["least"]), Decimal(values["amount"]["most"])), ""
    multiple = values["multiple"]
    base = getattr(facts, multiple["of"])
    if base is None:
        return None, str(multiple["of"])
    below = multiple.get("below")
    if below and base < below["limit"]:
        return Range(Decimal(below["least"]), Decimal(below["most"])), ""
    return Range(_money(base * multiple["least"]), _money(base * multiple["most"])), ""


def part_of(limits: Range, step: Step, on: date) -> Range:
    """Return the part of a range that the benchmark of a day opens for a step; nothing is due where it is waived."""
    if step is Step.WAIVED:
        return Range(Decimal(0), Decimal(0))
    low, high = law_book.rule("BENCHMARK-SHARES", on).values[step.value]
    width = limits.most - limits.least
    return Range(_money(limits.least + width * low / _PERCENT), _money(limits.least + width * high / _PERCENT))


def _money(value: Decimal) -> Decimal:
    return Decimal(value).quantize(_CENT, rounding=ROUND_HALF_UP)


def _one_fine(held: list[Consequence]) -> tuple[list[Consequence], list[Superseded]]:
    """Keep one fine for each person: a statute's before a rule's that gives way to it, and of several the higher."""
    kept = [one for one in held if one.kind != "fine"]
    gone: list[Superseded] = []
    for target in dict.fromkeys(one.target for one in held if one.kind == "fine"):
        fines = [one for one in held if one.kind == "fine" and one.target == target]
        firm = [one for one in fines if not one.yields] or fines
        best = max(firm, key=lambda one: (one.limits is None, one.limits.most if one.limits else 0))
        for one in fines:
            if one is best or (one.limits is None and one in firm):
                kept.append(one)
            else:
                gone.append(
                    Superseded(one, best.id, "statute_first" if one.yields and not best.yields else "higher_fine")
                )
    return sorted(kept, key=lambda one: (_ORDER.index(one.kind), one.target, one.id)), gone
