"""The plain facts that arrival rules judge: no database, no clock, no request.

`checks` fills them for a whole batch. Absent means None or an empty value; nothing is guessed here.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, Protocol

from msgspec import Struct, field

from zhunsheng.foundation.quantities import Measured, read_value
from zhunsheng.registry.bodies.facts import BodyFacts
from zhunsheng.registry.bodies.rules.scope import ScopeAnswer

_NO_VALUE = read_value("")

FactValue = str | int | bool | None | list[str] | list[int]
Decision = Literal["pass", "fail", "undecided"]


class Edition(Protocol):
    """One dated edition of a standard, as the catalogue's vocabulary gives it."""

    @property
    def code(self) -> str:
        """The number with its year."""
        ...

    @property
    def status(self) -> str:
        """coming, in_force, replaced or withdrawn."""
        ...

    @property
    def effective_to(self) -> date | None:
        """The last day in force, None while it is or where nobody knows."""
        ...

    @property
    def replaced_by_code(self) -> str | None:
        """The edition that took its place."""
        ...


class Found(Struct, frozen=True, gc=False):
    """What one rule found: its code, the facts that its words are filled with, and where in the report.

    `line` is the place in `results` from 1, as people count, None for the whole report; `field` is the path inside the
    report as problems name it, so `results[0]` is line 1.
    """

    code: str
    facts: dict[str, FactValue]
    line: int | None = None
    field: str = ""


class Moment(Struct, frozen=True, gc=False):
    """A date or a time as stated: somewhere between `first` and `last` (UTC), `exact` only with a time of day.

    A bare date covers its whole day in the local zone, so two moments are in a certain order only when their spans
    do not touch: day precision never accuses.
    """

    text: str
    first: datetime
    last: datetime
    day: date
    exact: bool

    def surely_before(self, other: "Moment") -> bool:
        """Whether this moment is before the other whatever the time of day was."""
        return self.last < other.first


class Uncertainty(Struct, frozen=True, gc=False):
    """A stated uncertainty: expanded (in the line's unit) with its coverage factor, each None where not stated."""

    expanded: Decimal | None = None
    k: Decimal | None = None


class LimitFacts(Struct, frozen=True, gc=False):
    """A limit and its decision rule; `unit` empty means the line's own unit; `required` is a word such as 不得检出."""

    standard: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: str = ""
    rule: str = "simple"
    required: str = ""


class Subcontract(Struct, frozen=True, gc=False):
    """A line's subcontractor: as stated, whether the register knows it, and how its papers stand on the test date."""

    stated: str
    known: bool
    name: str = ""
    slug: str = ""
    standing: str = ""
    scope: ScopeAnswer | None = None


class LineFacts(Struct, gc=False):
    """One result line, its texts as stated and what the catalogue and the register say to them.

    `decision` is what the stated verdict says; `national` what the national library says against the method;
    `line` the place in `results` from 1, `label` the printed number.
    """

    line: int
    label: str = ""
    parameter: str = ""
    parameter_code: str = ""
    conditions: tuple[tuple[str, str, str], ...] = ()
    method: str = ""
    method_clause: str = ""
    value: str = ""
    unit: str = ""
    loq: Decimal | None = None
    uncertainty: Uncertainty | None = None
    limit: LimitFacts | None = None
    verdict: str = ""
    instrument: str = ""
    analyst: str = ""
    started: Moment | None = None
    finished: Moment | None = None
    subcontractor: str | None = None
    consent: Moment | None = None
    measured: Measured = _NO_VALUE
    decision: Decision | None = None
    parameter_id: int | None = None
    unit_known: bool = True
    edition: Edition | None = None
    national: str = ""
    catalogue_limit: LimitFacts | None = None
    scope: ScopeAnswer | None = None
    subcontract: Subcontract | None = None


class Stay(Struct, frozen=True, gc=False):
    """A person or an instrument at work at a site for a span of exact times, by one report."""

    kind: str
    code: str
    site: str
    started: datetime
    finished: datetime
    report: str
    line: int | None = None


class Namesake(Struct, frozen=True, gc=False):
    """A report of the same body under the same number that came before this one.

    `agrees` when one of the two is registered by digest alone and the other is its content.
    """

    digest: str
    version: int
    agrees: bool = False


class ReportFacts(Struct, gc=False):
    """One report as the rules see it: its own statements, its body, and what else has been received.

    `by_digest` is true where only number and digest were registered; `missing_business` names the paths about its
    statutory business that it leaves out.
    `missing` names the paths of the format that the report leaves out; `law` the values of each rule's law entry on
    the day of issue; `published` a report taken over from a publication, where what is absent is merely not stated;
    `object_names` the tested object and those above it; `known_fields` the normalised names of all domains, categories
    and objects, for reading signing fields.
    """

    number: str
    version: int
    digest: str
    received_at: datetime
    body: BodyFacts | None = None
    domestic: bool = False
    stated_certificate: str = ""
    published: bool = False
    site: str = ""
    object_text: str = ""
    object_names: tuple[str, ...] = ()
    sampled: Moment | None = None
    received: Moment | None = None
    started: Moment | None = None
    finished: Moment | None = None
    issued: Moment | None = None
    signatory_code: str = ""
    signatory_name: str = ""
    conclusion: str = ""
    conclusion_decision: Decision | None = None
    lines: list[LineFacts] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    business: str = ""
    purpose: str = ""
    by_digest: bool = False
    missing_business: tuple[str, ...] = ()
    absent_attachments: tuple[str, ...] = ()
    namesakes: tuple[Namesake, ...] = ()
    known_fields: frozenset[str] = frozenset()
    stays: tuple[Stay, ...] = ()
    other_stays: tuple[Stay, ...] = ()
    points_back: bool = False
    withdrawal: bool = False
    law: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def licensed(self) -> bool:
        """Whether the rules of domestic accreditation apply: a domestic body, not merely a publisher's file."""
        return self.domestic and self.body is not None and not self.published

    def test_span(self) -> tuple[date, date] | None:
        """Return the first and last day of testing as stated, or None where no date of testing is stated.

        The day of issue is not a test date; a single stated end counts for both.
        """
        first = self.started or self.finished
        last = self.finished or self.started
        return (first.day, last.day) if first and last else None
