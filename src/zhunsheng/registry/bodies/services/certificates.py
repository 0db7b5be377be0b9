"""Certificates written to the register by the room that grants them: bodies, numbers, terms, periods, sites."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Division, User
from zhunsheng.registry.bodies import permissions
from zhunsheng.registry.bodies.models import (
    Accreditation,
    AccreditationPeriod,
    Body,
    PeriodState,
    ScopeLine,
    Signatory,
    Site,
)
from zhunsheng.registry.bodies.permissions import Can
from zhunsheng.registry.bodies.services.histories import delete_all_recorded, update_all_recorded
from zhunsheng.registry.bodies.services.revisions import bump_scope
from zhunsheng.registry.catalogue.importing.writing import Values, upsert


class CertificateRefused(DomainError):
    """A certificate that can't be entered or changed so."""

    code = "certificate-refused"


@transaction.atomic
def enter_body(
    *, slug: str, name: str, uscc: str, division: str, address: str, by: User | None, at: datetime, why: str,
    name_en: str = "", kind: str = "testing", organisation_id: int | None = None, valid_from: date | None = None,
    generated: bool = False,
) -> Body:  # fmt: skip
    """Enter a body that the register doesn't know; `by` None is the operator at the command line.

    Raises: NotAllowed, CertificateRefused for a credit code or identifier that is held, MissingReason.
    """
    if by is not None:
        policy.require(by, Can.CHANGE_REGISTER, policy.Place(division, organisation_id), timezone.localdate(at))
    if not Division.objects.filter(code=division).exists():
        raise CertificateRefused(
            "The division isn't known.", field="division", remedy="Use a six-digit code such as 440106."
        )
    if Body.objects.filter(Q(slug=slug) | (Q(uscc=uscc) & ~Q(uscc=""))).exists():
        raise CertificateRefused(
            "The register has a body of this credit code or identifier already.",
            field="uscc",
            remedy="Grant to the body that the register has.",
        )
    body = Body(
        slug=slug, name=name, name_en=name_en, uscc=uscc, division_id=division, address=address, kind=kind,
        organisation_id=organisation_id, valid_from=valid_from, generated=generated,
    )  # fmt: skip
    with recorded(by, why):
        _save(body, at)
    return body


@transaction.atomic
def enter_certificate(
    *, body_id: int, number: str, valid_from: date, valid_to: date | None, by: User | None, at: datetime, why: str
) -> Accreditation:
    """Enter a new certificate of a body, and let its number find the body from now on.

    Raises: Body.DoesNotExist, NotAllowed, CertificateRefused for a number that is held, MissingReason.
    """
    body = _locked(body_id, by, at)
    if Accreditation.objects.filter(number=number).exists() or (
        Body.objects.filter(Q(cma=number) | Q(slug=number)).exclude(pk=body_id).exists()
    ):
        raise CertificateRefused(
            "The certificate number %(number)s is held already.",
            params={"number": number},
            field="number",
            remedy="Take the next number, or compare the number with the certificate.",
        )
    made = Accreditation(body=body, number=number, valid_from=valid_from, valid_to=valid_to)
    with recorded(by, why):
        _save(made, at)
    return made


@transaction.atomic
def name_by_number(*, body_id: int, number: str, by: User | None, at: datetime, why: str) -> Body:
    """Make a certificate's number the body's CMA number; its identifier stays. The same twice changes nothing.

    Raises: Body.DoesNotExist, NotAllowed, MissingReason.
    """
    body = _locked(body_id, by, at)
    if body.cma != number:
        body.cma = number
        with recorded(by, why):
            _save(body, at)
    return body


@transaction.atomic
def add_period(
    *, accreditation_id: int, state: PeriodState, valid_from: date, decision_no: str, by: User | None, at: datetime,
    why: str, valid_to: date | None = None, reason: str = "",
) -> AccreditationPeriod:  # fmt: skip
    """Say what holds of a certificate from a day on; a period of the same state and day is changed, not doubled.

    An end (expired, cancelled, revoked) ends the terms that run on beyond it.

    Args:
        reason: what everybody may read; `why` if not given.
    Raises: Accreditation.DoesNotExist, NotAllowed, MissingReason.
    """
    held = Accreditation.objects.get(pk=accreditation_id)
    _locked(held.body_id, by, at)
    period = AccreditationPeriod.objects.filter(
        accreditation_id=accreditation_id, state=state, valid_from=valid_from
    ).first() or AccreditationPeriod(accreditation=held, state=state, valid_from=valid_from)
    period.valid_to, period.reason, period.decision_no = valid_to, (reason or why).strip()[:300], decision_no
    with recorded(by, why):
        if state not in (PeriodState.ACTIVE, PeriodState.SUSPENDED):
            for term in held.periods.filter(_open_on(valid_from), state=PeriodState.ACTIVE, valid_from__lt=valid_from):
                term.valid_to = valid_from - timedelta(days=1)
                _save(term, at)
        _save(period, at)
    return period


@transaction.atomic
def end_suspensions(*, accreditation_id: int, on: date, by: User | None, at: datetime, why: str) -> int:
    """Let the suspensions of a certificate end: `on` is the first day without them. Return how many ended.

    Raises: Accreditation.DoesNotExist, NotAllowed, CertificateRefused for a day on which one begins, MissingReason.
    """
    held = Accreditation.objects.get(pk=accreditation_id)
    _locked(held.body_id, by, at)
    periods = list(held.periods.filter(_open_on(on), state=PeriodState.SUSPENDED))
    with recorded(by, why):
        for period in periods:
            if period.valid_from >= on:
                raise CertificateRefused(
                    "The suspension begins on %(day)s and can't end before.",
                    params={"day": period.valid_from.isoformat()},
                    field="on",
                    remedy="Choose a later day.",
                )
            period.valid_to = on - timedelta(days=1)
            _save(period, at)
    return len(periods)


@transaction.atomic
def end_schedule(*, accreditation_ids: Collection[int], last: date, by: User | None, at: datetime, why: str) -> int:
    """Make `last` the last day of all lines of these certificates that run on beyond it; return how many there were.

    Lines that begin only later never hold: they are struck out, and their history keeps them.
    Raises: NotAllowed, MissingReason.
    """
    lines = ScopeLine.objects.filter(accreditation_id__in=accreditation_ids)
    bodies = set(lines.order_by().values_list("body_id", flat=True).distinct())
    for body_id in sorted(bodies):
        _locked(body_id, by, at)
    begun = lines.filter(Q(valid_from=None) | Q(valid_from__lte=last))
    with recorded(by, why):
        done = update_all_recorded(begun.filter(Q(valid_to=None) | Q(valid_to__gt=last)), at=at, valid_to=last)
        done += delete_all_recorded(lines.filter(valid_from__gt=last), at=at)
    if done:
        bump_scope(bodies)
    return done


@transaction.atomic
def write_sites(*, body_id: int, rows: Sequence[Values], by: User | None, at: datetime, why: str) -> int:
    """Create or change sites of a body, given as column values by attname with their code; return how many changed.

    Raises: Body.DoesNotExist, NotAllowed, MissingReason.
    """
    _locked(body_id, by, at)
    with recorded(by, why):
        written = upsert(Site, [{"body_id": body_id, **row} for row in rows], ("body_id", "code"), at=at)
    if written.changed:
        bump_scope([body_id])
    return len(written.made) + len(written.changed)


@transaction.atomic
def set_signatories_end(
    *, body_id: int, signatory_ids: Collection[int], last: date | None, by: User | None, at: datetime, why: str
) -> int:
    """Make `last` the last day of these rights to sign of people of a body; return how many there were.

    Raises: Body.DoesNotExist, NotAllowed, CertificateRefused when one is another body's or begins later, MissingReason.
    """
    _locked(body_id, by, at)
    wanted = set(signatory_ids)
    rights = Signatory.objects.filter(pk__in=wanted, person__body_id=body_id)
    if rights.exclude(valid_from__gt=last or date.max).count() != len(wanted):
        raise CertificateRefused(
            "Some of these rights to sign aren't the body's, or begin later.",
            field="signatories",
            remedy="Choose among the body's own signatories.",
        )
    with recorded(by, why):
        return update_all_recorded(rights, at=at, valid_to=last)


def _open_on(day: date) -> Q:
    return Q(valid_to=None) | Q(valid_to__gte=day)


def _locked(body_id: int, by: User | None, at: datetime) -> Body:
    body = Body.objects.select_for_update(of=("self",)).get(pk=body_id)
    if by is not None:
        permissions.require(by, Can.CHANGE_REGISTER, body, timezone.localdate(at))
    return body


def _save(record: Any, at: datetime) -> None:
    record._history_date = at
    record.save()
