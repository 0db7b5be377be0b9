"""The catalogue as JSON: standards with editions and how they stand, parameters, methods, objects, limits. Public."""

from datetime import date

from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.params.functions import Query

from zhunsheng.registry.catalogue import selectors
from zhunsheng.registry.catalogue.models import Limit, Method, Parameter, Standard, StandardEdition, TestObject
from zhunsheng.registry.catalogue.paging import PER_PAGE, page
from zhunsheng.registry.catalogue.rows import Row, rows_of_answers

router = Router(tags=["catalogue"])


class EditionOut(Schema):
    """An edition of a standard."""

    code: str
    year: int | None
    status: str
    published_on: date | None
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


class DeterminationOut(Schema):
    """A parameter that a method determines: from which amount on, and on which days where those are known."""

    parameter: str
    name: str
    quantified_from: str
    unit: str
    effective_from: date | None
    effective_to: date | None


class MethodOut(Schema):
    """A clause of an edition with its technique."""

    id: int
    edition: str
    clause: str
    technique: str
    technique_en: str
    determines: list[DeterminationOut]


class MethodPage(Schema):
    """A page of methods; `next` is the cursor of the following page."""

    items: list[MethodOut]
    next: str | None


class ObjectOut(Schema):
    """A test object and the one above it."""

    code: str
    name: str
    name_en: str
    parent: str | None
    synonyms: list[str]


class ObjectPage(Schema):
    """A page of test objects; `next` is the cursor of the following page."""

    items: list[ObjectOut]
    next: str | None


class LimitOut(Schema):
    """A limit; minimum and maximum are decimals as the standard prints them, empty where there is none."""

    edition: str
    object: str | None
    parameter: str
    minimum: str
    maximum: str
    unit: str
    rule: str
    effective_from: date | None
    effective_to: date | None


class LimitPage(Schema):
    """A page of limits; `next` is the cursor of the following page."""

    items: list[LimitOut]
    next: str | None


class NumbersIn(Schema):
    """Standard numbers as written somewhere, and the day that the question is about (today if left out)."""

    numbers: list[str]
    on: date | None = None


class RemarkOut(Schema):
    """What another room remarks on a number."""

    title: str
    words: str


class CurrencyOut(Schema):
    """How one number stands; `state` as in docs/formats/imports.md, `sentence` in the reader's language."""

    given: str
    code: str
    title: str
    state: str
    words: str
    sentence: str
    since: date | None
    current: list[str]
    coming: list[str]
    chain: list[str]
    remarks: list[RemarkOut]


class CurrencyAnswers(Schema):
    """The answers, in the order of the numbers."""

    on: date
    items: list[CurrencyOut]


@router.get("catalogue/standards", response=StandardPage, summary="Standards with their editions")
def standards(
    request: HttpRequest, q: str = Query("", max_length=100), after: str = "", limit: int = PER_PAGE
) -> StandardPage:
    """Return standards in the order of their numbers, filtered by number or title."""
    editions = selectors.with_standing(StandardEdition.objects.select_related("replaced_by"), timezone.localdate())
    found = selectors.standards(words=q).prefetch_related(Prefetch("editions", editions))
    rows, following = page(found, key="base_code", after=after, limit=limit)
    return StandardPage(items=[_standard(row) for row in rows], next=following)


@router.get("catalogue/parameters", response=ParameterPage, summary="Parameters with their synonyms")
def parameters(
    request: HttpRequest, q: str = Query("", max_length=100), after: str = "", limit: int = PER_PAGE
) -> ParameterPage:
    """Return parameters in the order of their codes, filtered by code, any name or CAS number."""
    rows, following = page(selectors.parameters(words=q), key="code", after=after, limit=limit)
    return ParameterPage(items=[_parameter(row) for row in rows], next=following)


@router.get("catalogue/methods", response=MethodPage, summary="Methods with the parameters that they determine")
def methods(
    request: HttpRequest, q: str = Query("", max_length=100), after: str = "", limit: int = PER_PAGE
) -> MethodPage:
    """Return methods, filtered by standard, title, technique or parameter."""
    rows, following = page(selectors.methods(words=q), key="pk", after=after, limit=limit)
    return MethodPage(items=[_method(row) for row in rows], next=following)


@router.get("catalogue/objects", response=ObjectPage, summary="Test objects with what stands above them")
def objects(
    request: HttpRequest, q: str = Query("", max_length=100), after: str = "", limit: int = PER_PAGE
) -> ObjectPage:
    """Return test objects in the order of their codes, filtered by code or any name."""
    rows, following = page(selectors.objects_to_test(words=q), key="code", after=after, limit=limit)
    return ObjectPage(items=[_object(row) for row in rows], next=following)


@router.get("catalogue/limits", response=LimitPage, summary="Limits of product standards")
def limits(
    request: HttpRequest,
    standard: str = Query("", max_length=100),
    parameter: str = Query("", max_length=100),
    object: str = Query("", max_length=100),  # noqa: A002 - the name in the address
    on: date | None = None,
    after: str = "",
    limit: int = PER_PAGE,
) -> LimitPage:
    """Return limits by standard, parameter (any name or code), object (any name or code) and the day they hold on."""
    found = selectors.limits(on=on)
    if standard:
        found = found.filter(edition__code__icontains=standard)
    if parameter:
        found = found.filter(parameter__in=selectors.parameters(words=parameter))
    if object:
        found = found.filter(object__in=selectors.objects_to_test(words=object))
    rows, following = page(found, key="pk", after=after, limit=limit)
    return LimitPage(items=[_limit(row) for row in rows], next=following)


@router.post("catalogue/standards/check", response=CurrencyAnswers, summary="How a list of standard numbers stands")
def check(request: HttpRequest, asked: NumbersIn) -> CurrencyAnswers:
    """Return for each number its standing on a day, what is in force now, and what replaced it since when."""
    on = asked.on or timezone.localdate()
    rows = rows_of_answers(selectors.currency_of(asked.numbers, on), on)
    return CurrencyAnswers(on=on, items=[_currency(row) for row in rows])


def _standard(row: Standard) -> StandardOut:
    editions = sorted(row.editions.all(), key=lambda one: (one.year or 0, one.code))
    return StandardOut(
        base_code=row.base_code, title=row.title, title_en=row.title_en, editions=[_edition(one) for one in editions]
    )


def _edition(one: StandardEdition) -> EditionOut:
    return EditionOut(
        code=one.code,
        year=one.year,
        status=one.standing_on,  # type: ignore[attr-defined]  # with_standing adds it
        published_on=one.published_on,
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


def _method(row: Method) -> MethodOut:
    return MethodOut(
        id=row.pk,
        edition=row.edition.code,
        clause=row.clause,
        technique=row.technique,
        technique_en=row.technique_en,
        determines=[
            DeterminationOut(
                parameter=one.parameter.code,
                name=one.parameter.name,
                quantified_from=one.quantified_from,
                unit=one.unit,
                effective_from=one.effective_from,
                effective_to=one.effective_to,
            )
            for one in row.determinations.all()
        ],
    )


def _object(row: TestObject) -> ObjectOut:
    return ObjectOut(
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        parent=row.parent.code if row.parent else None,
        synonyms=sorted(one.text for one in row.synonyms.all()),
    )


def _limit(row: Limit) -> LimitOut:
    return LimitOut(
        edition=row.edition.code,
        object=row.object.code if row.object else None,
        parameter=row.parameter.code,
        minimum=row.minimum,
        maximum=row.maximum,
        unit=row.unit,
        rule=row.rule,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
    )


def _currency(row: Row) -> CurrencyOut:
    return CurrencyOut(
        given=row.given,
        code=row.code,
        title=row.title,
        state=row.state,
        words=row.words,
        sentence=row.sentence,
        since=row.since,
        current=[one.code for one in row.current],
        coming=[one.code for one in row.coming],
        chain=[one.code for one in row.chain],
        remarks=[RemarkOut(title=str(title), words=remark.words) for title, remark in row.remarks if remark],
    )
