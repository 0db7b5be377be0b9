"""Certificate numbers: the next serial is taken under lock; a number that is held is refused."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction

from zhunsheng.admission.certificates import law_book
from zhunsheng.admission.certificates.models import Serial
from zhunsheng.admission.certificates.rules import numbers
from zhunsheng.foundation.identifiers import parse_cma
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.registry.bodies import selectors as bodies

Groups = Iterable[tuple[str, str]]


def take_number(*, groups: Groups, field: str, sector: str, assigned: str, on: date) -> tuple[str, str]:
    """Return the number for a new certificate and the law that made it; runs in the caller's transaction.

    Args:
        groups: domain and category of every line: they decide the field where none is named, food in any case.
        assigned: a number given elsewhere, which is checked and taken as it is.
    Raises: IdentifierError for a number that the rules don't know, NumberRefused for one that is held or used up.
    """
    entry = law_book.numbering(on)
    if assigned:
        number = parse_cma(assigned).code
        with exclusive("assigned-certificate-numbers"):
            _refuse_held(number)
        return number, entry.named
    values = entry.values
    found = numbers.field_of(groups, values)
    parts = numbers.Parts(
        year=f"{on.year % 100:02d}",
        issuer=numbers.issuer_of(settings.ZHUNSHENG_PROVINCE, values),
        field=found if found == values["food"]["code"] else field or found,
        sector=sector or values["default_sector"],
    )
    number = _next(parts, values["serial_within"])
    return parse_cma(number).code, entry.named


def _next(parts: numbers.Parts, within: Iterable[str]) -> str:
    """Take the next serial that no certificate of the register has within the same parts."""
    names = list(within)
    serial = _locked(parts.within(names))
    taken = {
        number[8:]
        for number in bodies.certificate_numbers(parts.year + parts.issuer)
        if numbers.Parts(number[:2], number[2:4], number[4:6], number[6:8]).within(names) == serial.within
    }
    following = serial.last + 1
    while f"{following:04d}" in taken:
        following += 1
    number = numbers.make(parts, following)
    serial.last = following
    serial.save(update_fields=["last"])
    return number


def _locked(within: str) -> Serial:
    with suppress(IntegrityError), transaction.atomic():  # another process may make it at this moment
        Serial.objects.get_or_create(within=within)
    return Serial.objects.select_for_update().get(within=within)


def _refuse_held(number: str) -> None:
    if bodies.holder_of(number) is not None:
        raise numbers.NumberRefused(
            "The certificate number %(number)s is held already.",
            params={"number": number},
            field="number",
            remedy="Take the next number, or compare the number with the certificate.",
        )
