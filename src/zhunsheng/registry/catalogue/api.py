"""The catalogue as JSON: standards with editions, parameters. Public."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.params.functions import Query

from zhunsheng.registry.catalogue import selectors
from zhunsheng.registry.catalogue.models import Parameter, Standard, StandardEdition
from zhunsheng.registry.catalogue.paging import PER_PAGE, page

router = Router(tags=["catalogue"])


class EditionOut(Schema):
    """An edition of a standard."""

    code: str
    year: int | None
    status: str
    effective_from: date | None
    effective_to: date | None
    replaced_by: str | None


class StandardOut(Schema):
    """A standard with its editions, oldest first."""

    base_code: str
    title: str
    title_en: str
    editions: list[EditionOut]


class StandardPage(Schema):
    """A page of standards; `next` is the cursor of the following page."""

    items: list[StandardOut]
    next: str | None


class ParameterOut(Schema):
    """A parameter with its synonyms."""

    code: str
    name: str
    name_en: str
    cas: str
    quantity_kind: str
    unit: str
    synonyms: list[str]


class ParameterPage(Schema):
    """A page of parameters; `next` is the cursor of the following page."""

    items: list[ParameterOut]
    next: str | None


@router.get("catalogue/standards", response=StandardPage, summary="Standards with their editions")
def standards(
    request: HttpRequest, q: str = Query("", max_length=100), after: str = "", limit: int = PER_PAGE
) -> StandardPage:
    """Return standards in the order of their numbers, filtered by number or title."""
    found = selectors.standards(words=q).prefetch_related("editions__replaced_by")
    rows, following = page(found, key="base_code", after=after, limit=limit)
    return StandardPage(items=[_standard(row) for row in rows], next=following)


@router.get("catalogue/parameters", response=ParameterPage, summary="Parameters with their synonyms")
def parameters(
    request: HttpRequest, q: str = Query("", max_length=100), after: str = "", limit: int = PER_PAGE
) -> ParameterPage:
    """Return parameters in the order of their codes, filtered by code, any name or CAS number."""
    rows, following = page(selectors.parameters(words=q), key="code", after=after, limit=limit)
    return ParameterPage(items=[_parameter(row) for row in rows], next=following)


def _standard(row: Standard) -> StandardOut:
    editions = sorted(row.editions.all(), key=lambda one: (one.year or 0, one.code))
    return StandardOut(
        base_code=row.base_code, title=row.title, title_en=row.title_en, editions=[_edition(one) for one in editions]
    )


def _edition(one: StandardEdition) -> EditionOut:
    return EditionOut(
        code=one.code,
        year=one.year,
        status=one.status,
        effective_from=one.effective_from,
        effective_to=one.effective_to,
        replaced_by=one.replaced_by.code if one.replaced_by else None,
    )


def _parameter(row: Parameter) -> ParameterOut:
    return ParameterOut(
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        cas=row.cas,
        quantity_kind=row.quantity_kind,
        unit=row.unit,
        synonyms=sorted(one.text for one in row.synonyms.all()),
    )
