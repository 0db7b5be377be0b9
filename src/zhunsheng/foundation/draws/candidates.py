"""From what is known of an assessor and of the matter to a row of a panel's frame: who is barred, and why.

The frame is public after the draw: it has register numbers and reasons, never names, employers or relatives.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

REASONS = (
    "not_in_register",
    "suspended",
    "untrained",
    "employer",
    "consultancy",
    "family",
    "interest",
    "last_panel",
    "declined",
    "replaced",
)
"""Every reason that `barred_reasons` gives, in the order in which it gives them."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from first to last, both included; no last day is without end."""

    first: date
    last: date | None = None

    def holds(self, on: date) -> bool:
        """Tell whether a day lies within."""
        return self.first <= on and (self.last is None or on <= self.last)


@dataclass(frozen=True, slots=True)
class Consultancy:
    """That somebody advised a body for pay, until a day; none is until now."""

    body: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Assessor:
    """What is known of an assessor; bodies by their public identifier.

    `employers` names present employers, `families` bodies with which a relative has to do, `interests` bodies in
    which an interest was declared, `load` the panels served in the period, `last_served` the last day of service.
    """

    register_number: str
    fields: Sequence[str]
    rank: str
    registered: Interval | None
    trained_until: date | None
    suspended: Sequence[Interval] = ()
    employers: Sequence[str] = ()
    consultancies: Sequence[Consultancy] = ()
    families: Sequence[str] = ()
    interests: Sequence[str] = ()
    load: int = 0
    last_served: date | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """What the panel is for: the body with those of its group, the day, and the rules' figures.

    `last_panel` has the register numbers of the body's last panel; `consultancy_days` is how long a past consultancy
    bars; `rest_days` is the length of one period of rest.
    """

    bodies: Sequence[str]
    on: date
    consultancy_days: int
    last_panel: Sequence[str] = ()
    declined: Sequence[str] = ()
    replaced: Sequence[str] = ()
    rest_days: int = 30


def barred_reasons(one: Assessor, matter: Matter) -> tuple[str, ...]:
    """Return every reason for which an assessor may not sit on this panel, in the order of `REASONS`."""
    return tuple(dict.fromkeys(_reasons(one, matter)))


def _reasons(one: Assessor, matter: Matter) -> Iterator[str]:
    on, bodies = matter.on, set(matter.bodies)
    if one.registered is None or not one.registered.holds(on):
        yield "not_in_register"
    if any(interval.holds(on) for interval in one.suspended):
        yield "suspended"
    if one.trained_until is None or one.trained_until < on:
        yield "untrained"
    if bodies & set(one.employers):
        yield "employer"
    for consultancy in one.consultancies:
        ended = consultancy.until
        if consultancy.body in bodies and (ended is None or (on - ended).days <= matter.consultancy_days):
            yield "consultancy"
    if bodies & set(one.families):
        yield "family"
    if bodies & set(one.interests):
        yield "interest"
    for reason, numbers in (
        ("last_panel", matter.last_panel), ("declined", matter.declined), ("replaced", matter.replaced),
    ):  # fmt: skip
        if one.register_number in numbers:
            yield reason


def frame_row(one: Assessor, matter: Matter) -> dict[str, str]:
    """Return the assessor's row of the frame of a panel."""
    return {
        "id": one.register_number,
        "fields": " ".join(sorted(set(one.fields))),
        "rank": one.rank,
        "barred": " ".join(barred_reasons(one, matter)),
        "load": str(one.load),
        "rest": str(rest_of(one.last_served, matter)),
    }


def rest_of(last_served: date | None, matter: Matter) -> int:
    """Return how many whole periods lie since the last service; 999 for whoever never served."""
    if last_served is None:
        return 999
    return min(max((matter.on - last_served).days, 0) // matter.rest_days, 999)
