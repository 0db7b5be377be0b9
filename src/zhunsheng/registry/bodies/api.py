"""The public register of bodies as JSON. People and instruments aren't in it."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.params.functions import Query

from zhunsheng.foundation.errors import DomainError
from zhunsheng.registry.bodies import selectors
from zhunsheng.registry.bodies.models import Accreditation, Body, ScopeLine, Site
from zhunsheng.registry.bodies.rules.standing import standing_since, status_on
from zhunsheng.registry.catalogue.paging import PER_PAGE, page

router = Router(tags=["bodies"])


class NotHeld(DomainError):
    """What the register can't speak of: that is no statement about the body."""

    code = "outside-coverage"
    status = HTTPStatus.NOT_FOUND


class CertificateOut(Schema):
    """A certificate; `status` is how it stands on the day asked for."""

    number: str
    status: str
    valid_from: date
    valid_to: date | None
    status_on: date | None


class SiteOut(Schema):
    """A place where a body tests."""

    code: str
    name: str
    address: str
    valid_from: date | None
    valid_to: date | None


class BodyOut(Schema):
    """A body as the public register shows it; `generated` marks made-up demonstration data."""

    id: str
    uscc: str
    cma: str
    foreign_register: str
    foreign_number: str
    name: str
    name_en: str
    kind: str
    division: str | None
    address: str
    approval_no: str
    founded_on: date | None
    existed_until: date | None
    generated: bool
    source: str


class NameOut(Schema):
    """Another name of a body."""

    name: str
    kind: str
    valid_from: date | None
    valid_to: date | None


class EventOut(Schema):
    """What happened to a body; `inward` when the other body merged into this one or this one split off it."""

    kind: str
    happened_on: date
    document_no: str
    before: str
    after: str
    other: str
    inward: bool


class BodyPage(Schema):
    """A page of bodies; `next` is the cursor of the following page."""

    items: list[BodyOut]
    next: str | None


class BodyDetail(BodyOut):
    """A body with what held on a day."""

    on: date
    known: date | None
    standing: str
    certificates: list[CertificateOut]
    sites: list[SiteOut]
    names: list[NameOut]
    events: list[EventOut]


class ScopeLineOut(Schema):
    """A scope line as printed in the schedule."""

    site: str
    domain: str
    category: str
    object: str
    parameter: str
    method: str
    clause: str
    limitation: str
    remark: str
    valid_from: date | None
    valid_to: date | None


class ScopePage(Schema):
    """A page of the scope that held on a day; the standing of the certificates is told beside it."""

    on: date
    known: date | None
    standing: str
    items: list[ScopeLineOut]
    next: str | None


@router.get("bodies", response=BodyPage, summary="Bodies")
def bodies(
    request: HttpRequest,
    q: str = Query("", max_length=100, description="part of a name, or an identifier"),
    division: str = Query("", pattern=r"^(\d{6})?$", description="six digits; includes what lies below"),
    kind: str = "",
    after: str = "",
    limit: int = PER_PAGE,
) -> BodyPage:
    """Return bodies in the order of their identifiers."""
    found = selectors.bodies_visible_to(request.user)
    if q:
        found = found.filter(selectors.named(q))
    if division:
        found = selectors.at_or_below(found, division)
    if kind:
        found = found.filter(kind=kind)
    rows, following = page(found, key="slug", after=after, limit=limit)
    return BodyPage(items=[BodyOut(**_body(row)) for row in rows], next=following)


@router.get("bodies/{slug}", response=BodyDetail, summary="One body as of a day")
def body(request: HttpRequest, slug: str, on: date | None = None, known: date | None = None) -> BodyDetail:
    """Return a body by its identifier, credit code or certificate number, with what held on a day (default today).

    With `known` the register answers with what it had recorded by the end of that day, before later corrections.
    """
    found = _found(slug)
    held = selectors.body_as_of(found, on or timezone.localdate(), known_at=selectors.end_of(known))
    if held.body is None:
        raise NotHeld(
            "The register held no such body on %(day)s.",
            params={"day": held.on.isoformat()},
            field="on",
            remedy="Ask for a later day, or for what is known today.",
        )
    return BodyDetail(
        **_body(held.body),
        on=held.on,
        known=known,
        names=[
            NameOut(name=one.text, kind=one.kind, valid_from=one.valid_from, valid_to=one.valid_to)
            for one in held.life.names
        ],
        events=[_event(one) for one in held.life.events],
        standing=held.standing,
        certificates=_certificates(held.accreditations, held.on),
        sites=[_site(one) for one in held.sites],
    )


@router.get("bodies/{slug}/scope", response=ScopePage, summary="What a body may test on a day")
def scope(
    request: HttpRequest,
    slug: str,
    on: date | None = None,
    known: date | None = None,
    q: str = Query("", max_length=100, description="part of object, parameter or method"),
    after: str = "",
    limit: int = PER_PAGE,
) -> ScopePage:
    """Return the scope lines that held on a day (default today), first and last day included.

    With `known` the register answers with what it had recorded by the end of that day, before later corrections.
    """
    found, day = _found(slug), on or timezone.localdate()
    held = selectors.body_as_of(found, day, known_at=selectors.end_of(known))
    lines = selectors.search_scope(held.scope, q)
    rows, following = page(lines, key="id", after=after, limit=limit)
    return ScopePage(on=day, known=known, standing=held.standing, items=[_line(row) for row in rows], next=following)


def _found(slug: str) -> Body:
    try:
        return selectors.body_by_slug(slug)
    except Body.DoesNotExist as error:
        raise NotHeld(
            "This register doesn't hold such a body.",
            field="slug",
            remedy="Check the number; a body of another province or sector stands in the register of that authority.",
        ) from error


def _body(row: Body) -> dict[str, Any]:
    names = ("uscc", "cma", "name", "name_en", "kind", "address", "approval_no", "generated", "source")
    abroad = {"foreign_register": row.register, "foreign_number": row.register_id}
    span = {"founded_on": row.valid_from, "existed_until": row.valid_to}
    return {"id": row.slug, "division": row.division_id, **abroad, **span, **{one: getattr(row, one) for one in names}}


def _event(one: selectors.Event) -> EventOut:
    return EventOut(
        kind=one.kind,
        happened_on=one.happened_on,
        document_no=one.document_no,
        before=one.before,
        after=one.after,
        other=one.other_slug or "",
        inward=one.inward,
    )


def _certificates(rows: Sequence[Accreditation], day: date) -> list[CertificateOut]:
    return [_certificate(one, day) for one in rows]


def _certificate(one: Accreditation, day: date) -> CertificateOut:
    return CertificateOut(
        number=one.number,
        status=status_on(one, day),
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        status_on=standing_since(one, day),
    )


def _site(one: Site) -> SiteOut:
    return SiteOut(code=one.code, name=one.name, address=one.address, valid_from=one.valid_from, valid_to=one.valid_to)


def _line(row: ScopeLine) -> ScopeLineOut:
    return ScopeLineOut(
        site=row.site.code if row.site else "",
        domain=row.domain,
        category=row.category,
        object=row.object_text,
        parameter=row.parameter_text,
        method=row.method_text,
        clause=row.clause,
        limitation=row.limitation,
        remark=row.remark,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
