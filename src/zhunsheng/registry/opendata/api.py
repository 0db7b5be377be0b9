"""Open data for programs: the files with their manifest and dictionary, changes, and the three answers on a day."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from ninja import Router, Schema
from ninja.params.functions import Query

from zhunsheng.foundation.errors import DomainError
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.rules.standing import standing_since
from zhunsheng.registry.opendata import credentials, selectors, store
from zhunsheng.registry.opendata.registers import registers
from zhunsheng.registry.opendata.rules import words_for
from zhunsheng.registry.opendata.serving import answer_file

router = Router(tags=["open data"])


class OutsideCoverage(DomainError):
    """The register can't tell: it doesn't hold what was asked for."""

    code = "outside-coverage"
    status = 404


class FileOut(Schema):
    """One published file."""

    name: str
    format: str
    file: str
    rows: int
    bytes: int
    sha256: str


class ManifestOut(Schema):
    """The current publication; every file is of the moment `as_of`."""

    publication: str
    schema_version: int
    as_of: datetime
    division: str
    licence: str
    licence_url: str
    files: list[FileOut]


class ColumnOut(Schema):
    """One column: its name, type (text, day, whole, decimal, yes), meaning, unit, and whether it is the key."""

    name: str
    type: str
    meaning: dict[str, str]
    unit: str
    key: bool


class RegisterOut(Schema):
    """One register of the dictionary."""

    name: str
    title: dict[str, str]
    about: dict[str, str]
    schema_version: int
    columns: list[ColumnOut]


class ChangeOut(Schema):
    """One change: created, changed or deleted, when it was recorded, and the row's public columns."""

    change: str
    at: datetime
    row: dict[str, Any]


class ChangesOut(Schema):
    """A page of changes; `next` is the cursor of the following page."""

    name: str
    since: date
    items: list[ChangeOut]
    next: str | None


class CoverageOut(Schema):
    """What the register speaks of: which division, recorded from which day on, as of which moment."""

    division: str
    since: date | None
    as_of: datetime


class LookUpOut(Schema):
    """One of three answers: valid_on_day, known_not_valid, outside_coverage; `words` say it for people."""

    answer: str
    state: str
    words: dict[str, str]
    on: date
    coverage: CoverageOut
    body: str | None
    body_name: str | None
    certificate: str | None
    line: int | None


class HolderOut(Schema):
    """The body that holds a certificate, as the public register shows it."""

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


class CredentialOut(Schema):
    """A signed document that stood for the certificate on the day.

    `kind` is certificate or schedule, `status` how it stands now, `page` the address that verifies it for people,
    `data` that of the signed data (W3C Verifiable Credential).
    """

    kind: str
    code: str
    version: int
    status: str
    valid_from: date
    page: str
    data: str


class CertificateAnswer(Schema):
    """A certificate and how it stands on a day: `answer` is valid_on_day, known_not_valid or outside_coverage.

    `credentials` is empty for a certificate that was issued before the authority signed electronically.
    """

    answer: str
    words: dict[str, str]
    coverage: CoverageOut
    number: str
    status: str
    valid_from: date
    valid_to: date | None
    status_on: date | None
    on: date
    body: HolderOut
    credentials: list[CredentialOut]


@router.get("open-data", response=ManifestOut, summary="The published registers")
def manifest(request: HttpRequest) -> dict[str, Any]:
    """Return the current publication: files with rows, bytes and SHA-256, their moment and licence."""
    found = store.manifest()
    if found is None:
        raise OutsideCoverage("Nothing is published yet.", remedy="The worker publishes within minutes of its start.")
    return found


@router.get("open-data/dictionary", response=list[RegisterOut], summary="What every column means")
def dictionary(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the dictionary, made from the definition that makes the files."""
    return selectors.dictionary()


@router.get("open-data/look-up", response=LookUpOut, summary="A certificate, a body or a scope line on a day")
def look_up(
    request: HttpRequest,
    on: date | None = None,
    certificate: str = Query("", max_length=60),
    body: str = Query("", max_length=120),
    object: str = Query("", max_length=200),  # noqa: A002 - the field's own word
    parameter: str = Query("", max_length=200),
    method: str = Query("", max_length=300),
) -> LookUpOut:
    """Answer for a certificate number, for a body, or for a body's object, parameter and method; default today."""
    day, now = on or timezone.localdate(), timezone.now()
    if certificate:
        return _looked(selectors.certificate_on(certificate, day, now))
    if body and (object or parameter or method):
        return _looked(selectors.scope_on(body, (object, parameter, method), day, now))
    if body:
        return _looked(selectors.body_on(body, day, now))
    raise DomainError("Nothing is asked for.", field="certificate", remedy="Give a certificate number or a body.")


@router.get("open-data/{name}/changes", response=ChangesOut, summary="What changed in a register since a day")
def changes(request: HttpRequest, name: str, since: date, after: str = "", limit: int = 200) -> ChangesOut:
    """Return created, changed and deleted rows in the order of their recording, page by page."""
    found = registers().get(name)
    if found is None:
        raise Http404
    page = selectors.changes(found, since, after=after, limit=limit)
    return ChangesOut(name=name, since=since, items=[ChangeOut(**one) for one in page.items], next=page.next)


@router.get("open-data/{file}", response={200: None}, summary="A whole register as CSV or Parquet")
def file(request: HttpRequest, file: str) -> HttpResponseBase:
    """Return a file of the current publication, such as bodies.csv or scope.parquet; ranges and ETags are served."""
    return answer_file(request, file)


@router.get("certificates/{number}", response=CertificateAnswer, summary="One certificate as of a day")
def certificate(request: HttpRequest, number: str, on: date | None = None) -> CertificateAnswer:
    """Return a certificate and how it stands on a day (default today)."""
    found = selectors.certificate_on(number, on or timezone.localdate(), timezone.now())
    if found.certificate is None:
        raise OutsideCoverage(
            "This register doesn't hold the number; it speaks of what was recorded from %(since)s on.",
            params={"since": found.coverage.since},
            field="number",
            remedy="That doesn't mean that it is void: ask the authority that issued it.",
        )
    one = found.certificate
    return CertificateAnswer(
        answer=found.answer,
        words=words_for(found.answer, found.state),
        coverage=_coverage(found),
        number=one.number,
        status="active" if found.state == "to_come" else found.state,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        status_on=standing_since(one, found.on),
        on=found.on,
        body=_holder(one.body),
        credentials=[
            CredentialOut(
                kind=each.kind, code=each.code, version=each.version, status=each.status, valid_from=each.valid_from,
                page=request.build_absolute_uri(each.href), data=request.build_absolute_uri(each.data),
            )
            for each in credentials.credentials_of(one.number, found.on)
        ],
    )  # fmt: skip


def _holder(row: Body) -> HolderOut:
    names = ("uscc", "cma", "name", "name_en", "kind", "address", "generated", "source")
    abroad: dict[str, Any] = {"foreign_register": row.register, "foreign_number": row.register_id}
    values: dict[str, Any] = {name: getattr(row, name) for name in names}
    return HolderOut(id=row.slug, division=row.division_id, **abroad, **values)


def _coverage(found: selectors.Found) -> CoverageOut:
    return CoverageOut(division=found.coverage.division, since=found.coverage.since, as_of=found.coverage.as_of)


def _looked(found: selectors.Found) -> LookUpOut:
    return LookUpOut(
        answer=found.answer,
        state=found.state,
        words=words_for(found.answer, found.state),
        on=found.on,
        coverage=_coverage(found),
        body=found.body.slug if found.body else None,
        body_name=found.body.name if found.body else None,
        certificate=found.certificate.number if found.certificate else None,
        line=found.line.pk if found.line else None,
    )
