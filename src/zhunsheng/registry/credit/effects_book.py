"""What a grade does, how events are objected to and repaired, and who reads grades: law as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from zhunsheng.foundation.lawbook import Entry, Lawbook, LawbookError
from zhunsheng.registry.credit import law_book
from zhunsheng.registry.credit.rules.scorecard import LETTERS
from zhunsheng.registry.credit.rules.scoring import forward


@dataclass(frozen=True)
class Effects:
    """What follows from a grade on a day; `law` names the entry and its version."""

    letter: str
    least_rate: Decimal
    most_rate: Decimal
    usual_rate: Decimal
    every_months: int
    remote_checks: bool
    route: Mapping[str, str]
    law: str
    verified: bool

    @property
    def rates(self) -> str:
        """Return the draw rate in words: one figure, or the least and the most."""
        least, most = (f"{rate * 100:f}".rstrip("0").rstrip(".") for rate in (self.least_rate, self.most_rate))
        return f"{least} %" if least == most else f"{least}–{most} %"


@dataclass(frozen=True)
class Terms:
    """When an event may be repaired: how grave it counts, and from which day."""

    severity: str
    title: Mapping[str, str]
    opens_on: date
    law: str
    open: bool


@cache
def book() -> Lawbook:
    """Return the entries, checked. Raises: LawbookError."""
    found = Lawbook.load(law_book.FOLDER / "effects.yaml")
    kinds = set(law_book.words(law_book.events()))
    for entry in found:
        unknown = set(entry.values.get("kinds", ())) - kinds
        if unknown:
            raise LawbookError(entry.id, f"unknown kinds {sorted(unknown)}")
    if {str(one.values["letter"]) for one in found if "letter" in one.values} != set(LETTERS):
        raise LawbookError("effects.yaml", "an effect for every grade")
    return found


def effects_of(letter: str, on: date) -> Effects:
    """Return what a grade does on a day."""
    entry = book().on(f"EFFECT-{letter}", on)
    rate = entry.values["draw_rate"]
    return Effects(
        letter=letter,
        least_rate=Decimal(rate["least"]),
        most_rate=Decimal(rate["most"]),
        usual_rate=Decimal(rate["usual"]),
        every_months=int(entry.values["every_months"]),
        remote_checks=bool(entry.values["remote_checks"]),
        route=entry.values["route"],
        law=law_book.named(book(), entry),
        verified=entry.verified,
    )


def request_law(sort: str, on: date) -> Entry:
    """Return the law of objections or repairs on a day: how long an officer has to decide."""
    return book().on(sort.upper(), on)


def remind_days(sort: str, on: date) -> int:
    """Return how many days before a request must be decided the offices are reminded."""
    return int(request_law(sort, on).values["remind_days"])


def repair_terms(kind: str, happened_on: date, on: date) -> Terms | None:
    """Return from when on an event may be repaired; None where law knows no repair of its kind."""
    least = request_law("repair", on).values["least_months"]
    for entry in book():
        if "severity" in entry.values and entry.holds_on(on) and kind in entry.values["kinds"]:
            severity = str(entry.values["severity"])
            opens = forward(happened_on, int(least[severity]))
            return Terms(severity, entry.title, opens, law_book.named(book(), entry), opens <= on)
    return None


def published(on: date) -> bool:
    """Tell whether grades are shown to the public on a day."""
    return bool(book().on("PUBLICATION", on).values["public"])
