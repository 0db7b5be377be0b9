"""Reads of credentials: by code, number and day, digest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from zhunsheng.foundation.credentials.codes import NotACode, read_code
from zhunsheng.platform.credentials.lifecycle import Status
from zhunsheng.platform.credentials.models import Credential, StatusChange, StatusList
from zhunsheng.platform.ledger import selectors as ledger


@dataclass(frozen=True, slots=True)
class OnDay:
    """A credential and the status that it had at the end of a day, with the reason and since when."""

    credential: Credential
    status: str
    why: str
    since: datetime

    @property
    def in_force(self) -> bool:
        """Whether the holder could rely on it on that day."""
        return self.status == Status.VALID


def by_code(code: str) -> Credential | None:
    """Return the credential of a code however it is written, None where there is none."""
    try:
        kept = read_code(code)
    except NotACode:
        return None
    return _whole().filter(code=kept).first()


def by_digest(digest: str) -> Credential | None:
    """Return the credential of which this is the SHA-256 of the signed data or of the PDF."""
    wanted = digest.strip().lower()
    if len(wanted) != 64:
        return None
    return _whole().filter(Q(digest=wanted) | Q(pdf_id=wanted)).first()


def by_number(number: str) -> list[Credential]:
    """Return the credentials with a number, newest first, at most 50."""
    return list(_whole().filter(number=number.strip()).order_by("-issued_at", "-pk")[:50])


def on_day(number: str, day: date, *, kind: str = "") -> OnDay | None:
    """Return the credential that had this number on a day, with its status at the day's end.

    Of several the one issued last until that day; None where none was issued by then, or the day lies outside its
    validity.
    """
    end = _end_of(day)
    found = _issued_until(number, day, end)
    credential = (found.filter(kind=kind) if kind else found).order_by("-issued_at", "-pk").first()
    if credential is None:
        return None
    last = StatusChange.objects.filter(credential=credential, at__lt=end).order_by("-at", "-pk").first()
    if last is None:
        return None
    return OnDay(credential, last.status, last.why, last.at)


def on_day_by_kind(number: str, day: date, kinds: Sequence[str]) -> dict[str, OnDay]:
    """Return what `on_day` finds for each of these kinds, in two queries; a kind without an answer is left out."""
    end = _end_of(day)
    newest: dict[str, Credential] = {}
    for one in _issued_until(number, day, end).filter(kind__in=kinds).order_by("issued_at", "pk"):
        newest[one.kind] = one
    last: dict[int, StatusChange] = {}
    keys = [one.pk for one in newest.values()]
    for change in StatusChange.objects.filter(credential__in=keys, at__lt=end).order_by("at", "pk"):
        last[change.credential_id] = change
    found = ((kind, one, last.get(one.pk)) for kind, one in newest.items())
    return {kind: OnDay(one, its.status, its.why, its.at) for kind, one, its in found if its is not None}


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, timezone.get_default_timezone())


def _issued_until(number: str, day: date, end: datetime) -> QuerySet[Credential]:
    found = _whole().filter(number=number.strip(), issued_at__lt=end, valid_from__lte=day)
    return found.filter(Q(valid_to=None) | Q(valid_to__gte=day))


def changes_of(credential: Credential) -> list[StatusChange]:
    """Return every status that a credential had, the oldest first."""
    return list(credential.changes.order_by("at", "pk"))


def successor_of(credential: Credential) -> Credential | None:
    """Return what replaced a credential."""
    return Credential.objects.filter(predecessor=credential).first()


def status_list(number: int, purpose: str) -> tuple[bytes, datetime | None] | None:
    """Return a signed status list as published last, and when."""
    found = StatusList.objects.filter(pk=number).only(purpose, "published_at").first()
    return (bytes(getattr(found, purpose)), found.published_at) if found else None


def sealed(credential: Credential) -> bool:
    """Tell whether data and PDF are both sealed in the published log."""
    if credential.pdf_entry_id is None:
        return False
    return len(ledger.sealed_among([credential.entry_id, credential.pdf_entry_id])) == 2


def _whole() -> QuerySet[Credential]:
    return Credential.objects.select_related("pdf", "predecessor")


def list_numbers() -> list[int]:
    """Return the numbers of all status lists."""
    return list(StatusList.objects.order_by("pk").values_list("pk", flat=True))
