"""Who can test what, as JSON. Public."""

from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.params.functions import Query as Param

from zhunsheng.registry.capabilities import selectors
from zhunsheng.registry.capabilities.forms import Asked
from zhunsheng.registry.catalogue.paging import MOST, PER_PAGE, BadCursor

router = Router(tags=["capabilities"])


class WordOut(Schema):
    """How a word was read. `terms` are keys of the catalogue (or "~" and a printed text); `guessed`: a likely error."""

    text: str
    kind: str
    terms: list[str]
    guessed: bool


class CapabilityLineOut(Schema):
    """A matching scope line. `current`: the cited edition is in force on the day."""

    id: int
    object: str
    parameter: str
    method: str
    domain: str
    current: bool
    limited: bool


class CapabilityOut(Schema):
    """A body that can do it, with its best lines. `complete`: its lines meet every word."""

    body: str
    name: str
    division: str
    certificate: str
    standing: str
    complete: bool
    met: list[str]
    lines_total: int
    lines: list[CapabilityLineOut]
    generated: bool


class CapabilityPage(Schema):
    """A page of bodies, best first. `given_up`: kinds of words that no body meets; `as_of`: when scope was read."""

    on: date
    as_of: datetime | None
    total: int
    understood: list[WordOut]
    unknown: list[str]
    given_up: list[str]
    items: list[CapabilityOut]
    next: str | None


@router.get("capabilities", response=CapabilityPage, summary="Who can test what")
def capabilities(
    request: HttpRequest,
    q: str = Param("", max_length=200, description="words in any order: object, parameter, standard, place"),
    parameter: str = Param("", max_length=200, description="code or any name of a parameter"),
    method: str = Param("", max_length=200, description="standard number, whole or a fragment"),
    object: str = Param("", max_length=200, description="code or any name of a test object"),  # noqa: A002 - the contract's name
    region: str = Param("", max_length=80, description="division: six digits or its name; includes what lies below"),
    domain: str = Param("", max_length=60, description="domain of the schedule"),
    on: date | None = None,
    after: str = "",
    limit: int = PER_PAGE,
) -> CapabilityPage:
    """Return the bodies that can do this on a day (default today), the best first."""
    given = {"q": q, "parameter": parameter, "method": method, "object": object, "region": region, "domain": domain}
    asked = Asked.of(given)
    if after and not (after.isascii() and after.isdecimal() and len(after) < 19):
        raise BadCursor
    answer = selectors.search(
        asked.words, on=on or timezone.localdate(), refine=asked.refine(), after=int(after) if after else None,
        limit=min(max(limit, 1), MOST),
    )  # fmt: skip
    return CapabilityPage(
        on=answer.on,
        as_of=answer.as_of,
        total=answer.total,
        understood=_understood(answer),
        unknown=list(answer.asked.unknown),
        given_up=[kind.name.lower() for kind in answer.gave_up],
        items=[_found(one) for one in answer.found],
        next=str(answer.last) if answer.more else None,
    )


def _understood(answer: selectors.Answer) -> list[WordOut]:
    if answer.index is None:
        return []
    terms = answer.index.dictionary.terms
    return [
        WordOut(
            text=slot.text,
            kind=slot.kind.name.lower(),
            terms=[terms[one.term].key for one in slot.meanings],
            guessed=bool(slot.read_as),
        )
        for slot in answer.asked.slots
    ]


def _found(one: selectors.Found) -> CapabilityOut:
    return CapabilityOut(
        body=one.entry.slug,
        name=one.entry.name,
        division=one.entry.division,
        certificate=one.certificate,
        standing=one.standing,
        complete=one.complete,
        met=list(one.fulfilled),
        lines_total=one.matches,
        lines=[_line(line) for line in one.lines],
        generated=one.entry.generated,
    )


def _line(line: selectors.Line) -> CapabilityLineOut:
    return CapabilityLineOut(**{name: getattr(line, name) for name in CapabilityLineOut.model_fields})
