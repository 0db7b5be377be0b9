"""The public register of bodies as JSON. People and instruments aren't in it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.params.functions import Query

from zhunsheng.registry.bodies import selectors
from zhunsheng.registry.bodies.models import Accreditation, Body, ScopeLine, Site
from zhunsheng.registry.bodies.rules.standing import status_on
from zhunsheng.registry.catalogue.paging import PER_PAGE, page

router = Router(tags=["bodies"])


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
    generated: bool
    source: str


class BodyPage(Schema):
    """A page of bodies; `next` is the cursor of the following page."""

    items: list[BodyOut]
    next: str | None


class BodyDetail(BodyOut):
    """A body with what held on a day."""

    on: date
    standing: str
    certificates: list[CertificateOut]
    sites: list[SiteOut]


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
    standing: str
    items: list[ScopeLineOut]
    next: str | None


class CertificateDetail(CertificateOut):
    """A certificate with its body, as it stands on a day."""

    on: date
    body: BodyOut


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
def body(request: HttpRequest, slug: str, on: date | None = None) -> BodyDetail:
    """Return a body by its identifier, credit code or certificate number, with what held on a day (default today)."""
    found = _found(slug)
    held = selectors.body_as_of(found, on or timezone.localdate())
    return BodyDetail(
        **_body(found),
        on=held.on,
        standing=held.standing,
        certificates=_certificates(held.accreditations, held.on),
        sites=[_site(one) for one in held.sites],
    )


@router.get("bodies/{slug}/scope", response=ScopePage, summary="What a body may test on a day")
def scope(
    request: HttpRequest,
    slug: str,
    on: date | None = None,
    q: str = Query("", max_length=100, description="part of object, parameter or method"),
    after: str = "",
    limit: int = PER_PAGE,
) -> ScopePage:
    """Return the scope lines that held on a day (default today), first and last day included."""
    found, day = _found(slug), on or timezone.localdate()
    held = selectors.body_as_of(found, day)
    lines = selectors.search_scope(held.scope, q).select_related("site")
    rows, following = page(lines, key="pk", after=after, limit=limit)
    return ScopePage(on=day, standing=held.standing, items=[_line(row) for row in rows], next=following)


@router.get("certificates/{number}", response=CertificateDetail, summary="One certificate as of a day")
def certificate(request: HttpRequest, number: str, on: date | None = None) -> CertificateDetail:
    """Return a certificate and how it stands on a day (default today)."""
    try:
        found = selectors.certificate(number)
    except Accreditation.DoesNotExist as error:
        raise Http404 from error
    day = on or timezone.localdate()
    return CertificateDetail(**_certificate(found, day).dict(), on=day, body=BodyOut(**_body(found.body)))


def _found(slug: str) -> Body:
    try:
        return selectors.body_by_slug(slug)
    except Body.DoesNotExist as error:
        raise Http404 from error


def _body(row: Body) -> dict[str, Any]:
    names = ("uscc", "cma", "name", "name_en", "kind", "address", "generated", "source")
    abroad = {"foreign_register": row.register, "foreign_number": row.register_id}
    return {"id": row.slug, "division": row.division_id, **abroad, **{name: getattr(row, name) for name in names}}


def _certificates(rows: Sequence[Accreditation], day: date) -> list[CertificateOut]:
    return [_certificate(one, day) for one in rows]


def _certificate(one: Accreditation, day: date) -> CertificateOut:
    return CertificateOut(
        number=one.number,
        status=status_on(one, day),
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        status_on=one.status_on,
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
