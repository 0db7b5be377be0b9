"""A decision becomes a certificate: the register is written, documents and codes are issued, the day list tells it."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhunsheng.admission.certificates import law_book, permissions, wording
from zhunsheng.admission.certificates.grants import OCCASIONS, Grant
from zhunsheng.admission.certificates.models import Certificate, ListedKind, Occasion, Stage
from zhunsheng.admission.certificates.permissions import Can
from zhunsheng.admission.certificates.rules import numbers
from zhunsheng.admission.certificates.services import bearers, lines, versions
from zhunsheng.admission.certificates.services.announcing import announce
from zhunsheng.admission.certificates.services.lines import Writing
from zhunsheng.admission.certificates.services.numbering import take_number
from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.policy import Place
from zhunsheng.registry.bodies import selectors as register
from zhunsheng.registry.bodies import services as bodies
from zhunsheng.registry.bodies.models import Accreditation, Body, PeriodState, ScopeLine
from zhunsheng.registry.bodies.rules.standing import status_on


class IssueRefused(DomainError):
    """A decision that makes no certificate."""

    code = "issue-refused"


@transaction.atomic
def issue(*, grant: Grant, by: User | None, at: datetime, why: str) -> Certificate:
    """Issue what a decision grants and return the version of the certificate; the same decision twice is one.

    Writes body, certificate, periods, scope, sites and signatories to the register, consolidates all that the body
    holds into the one certificate, issues the documents that changed, marks former ones replaced, and announces it.
    `by` None is the operator at the command line.
    Raises: NotAllowed, IssueRefused, NumberRefused, ScheduleRefused, CertificateRefused, LifeRefused, MissingReason.
    """
    digest = _digest(grant)
    done = _done(grant, digest)
    if done is not None:
        return done
    today = timezone.localdate(at)
    _refuse_incomplete(grant, today)
    body = bearers.find(grant)
    place = permissions.place_of(body) if body else Place(grant.body.division if grant.body else None)
    permissions.require(by, Can.ISSUE, place, today)
    if body is not None:
        body = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
        done = _done(grant, digest)  # while the lock was waited for
        if done is not None:
            return done
    return _carry_out(grant, digest, body, by, at, why)


def _carry_out(grant: Grant, digest: str, known: Body | None, by: User | None, at: datetime, why: str) -> Certificate:
    """Write a grant to the register, issue its documents and announce it."""
    body, target, former, law = _placed(known, grant, by, at, why)
    bearers.write_facts(body, grant, target, by=by, at=at, why=why)
    writing = Writing(body, target, former, grant.valid_from, target.valid_to, by, at, why)
    written = (lines.write_whole_term if grant.whole_term else lines.write_change)(writing, grant)
    _end_former(writing, grant.decision_no)
    coming = grant.whole_term and grant.valid_from > timezone.localdate(at)
    decided = versions.Decided(
        body=body, target=target, occasion=grant.occasion, application_number=grant.application_number,
        decision_no=grant.decision_no, decided_on=grant.decided_on, first=grant.valid_from,
        request_digest=digest, law=law, stage=Stage.COMING if coming else Stage.CURRENT,
    )  # fmt: skip
    made = versions.make(decided, written, by=by, at=at, why=why)
    _announce(made, grant, by, at)
    return made


_Placed = tuple[Body, Accreditation, tuple[Accreditation, ...], list[str]]
"""The body, its one certificate, the former ones, and the law that gave number and term."""


def _placed(body: Body | None, grant: Grant, by: User | None, at: datetime, why: str) -> _Placed:
    """Enter what is new: the body, its certificate, or neither for a change."""
    if body is None:
        return _first(grant, by, at, why)
    _refuse_while_another_waits(body)
    if grant.whole_term:
        return _renewed(body, grant, by, at, why)
    return _changed(body, grant)


def _digest(grant: Grant) -> str:
    return canonical_digest(_plain(asdict(grant)))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _done(grant: Grant, digest: str) -> Certificate | None:
    """Return what this decision has made already. Raises: IssueRefused for a decision with other content."""
    held = Certificate.objects.filter(decision_no=grant.decision_no).first()
    if held is not None and held.request_digest != digest:
        raise IssueRefused(
            "Decision %(number)s has been carried out already, with other content.",
            params={"number": held.decision_no},
            field="decision_no",
            remedy="Give the new decision a number of its own.",
        )
    return held


def _refuse_incomplete(grant: Grant, today: date) -> None:
    if not grant.decision_no.strip() or grant.occasion not in OCCASIONS:
        raise IssueRefused(
            "A certificate needs the number of its decision and what it is issued for.",
            field="decision_no",
            remedy="Give the number of the decision.",
        )
    if grant.decided_on > today or (not grant.whole_term and grant.valid_from > today):
        raise IssueRefused(
            "The day lies ahead.", field="valid_from", remedy="Issue the change on the day from which it holds."
        )
    if grant.whole_term and not (grant.added or grant.carried or grant.replaced):
        raise IssueRefused(
            "A certificate without any line grants nothing.", field="lines", remedy="Grant at least one line."
        )


def _refuse_while_another_waits(body: Body) -> None:
    coming = Certificate.objects.filter(body=body, stage=Stage.COMING).first()
    if coming is not None:
        raise IssueRefused(
            "Certificate %(number)s of this body begins on %(day)s; until then nothing else is issued.",
            params={"number": coming.number, "day": coming.valid_from.isoformat()},
            field="body",
            remedy="Issue the change on that day or later.",
        )


def _first(grant: Grant, by: User | None, at: datetime, why: str) -> _Placed:
    """Enter a body that the register lacks, under its new number."""
    term, term_law = _term(grant)
    groups = [(line.domain, line.category) for line in grant.added]
    number, law = take_number(
        groups=groups, field=grant.field, sector=grant.sector, assigned=grant.number, on=grant.valid_from
    )
    body = bearers.enter(grant, number, by=by, at=at, why=why)
    target = bodies.enter_certificate(
        body_id=body.pk, number=number, valid_from=grant.valid_from, valid_to=term, by=by, at=at, why=why
    )
    return body, target, (), [law, term_law]


def _renewed(body: Body, grant: Grant, by: User | None, at: datetime, why: str) -> _Placed:
    """Enter a new certificate of a body; those that it holds until then are the former ones."""
    before = grant.valid_from - timedelta(days=1)
    held = [one for one in register.certificates_of(body) if status_on(one, before) in ("active", "suspended")]
    if any("suspended" in (status_on(one, before), status_on(one, grant.valid_from)) for one in held):
        raise IssueRefused(
            "The certificate is suspended; a new one would end that unseen.",
            field="body",
            remedy="Lift the suspension by its own decision first.",
        )
    term, term_law = _term(grant)
    keys = [*grant.carried, *(key for key, _line in grant.replaced)]
    groups = [(line.domain, line.category) for line in grant.added]
    groups += ScopeLine.objects.filter(body=body, pk__in=keys).values_list("domain", "category").distinct()
    number, law = take_number(
        groups=groups, field=grant.field, sector=grant.sector, assigned=grant.number, on=grant.valid_from
    )
    target = bodies.enter_certificate(
        body_id=body.pk, number=number, valid_from=grant.valid_from, valid_to=term, by=by, at=at, why=why
    )
    return body, target, tuple(held), [law, term_law]


def _changed(body: Body, grant: Grant) -> _Placed:
    """Return the certificate that a change is about, and others that it takes in: one body, one certificate."""
    held = [
        one for one in register.certificates_of(body) if status_on(one, grant.valid_from) in ("active", "suspended")
    ]
    current = Certificate.objects.filter(body=body, stage=Stage.CURRENT).first()
    target = next((one for one in held if current and one.pk == current.accreditation_id), held[0] if held else None)
    if target is None:
        raise IssueRefused(
            "The body holds no certificate that could change.", field="body", remedy="A new certificate is needed."
        )
    if status_on(target, grant.valid_from) == "suspended" and (grant.added or grant.replaced):
        raise IssueRefused(
            "The certificate is suspended; nothing is added to it.",
            field="body",
            remedy="Lift the suspension by its own decision first.",
        )
    if numbers.national(target.number):
        raise IssueRefused(
            "The national administration granted this certificate; the province doesn't change it.",
            field="body",
            remedy="Let the body apply there.",
        )
    return body, target, tuple(one for one in held if one.pk != target.pk), []


def _term(grant: Grant) -> tuple[date, str]:
    """Return the last day of a whole term, and the law that gives it. Raises: IssueRefused for a longer one."""
    entry = law_book.term(grant.valid_from)
    longest = _years_later(grant.valid_from, int(entry.values["years"])) - timedelta(days=1)
    last = grant.valid_to or longest
    if not grant.valid_from <= last <= longest:
        raise IssueRefused(
            "The term ends on %(day)s; the law gives it until %(longest)s at most.",
            params={"day": last.isoformat(), "longest": longest.isoformat()},
            field="valid_to",
            remedy="Choose a day within the term, or leave it to the law.",
        )
    return last, entry.named


def _years_later(day: date, years: int) -> date:
    leap = day.month == 2 and day.day == 29
    return date(day.year + years, 3, 1) if leap else day.replace(year=day.year + years)


def _end_former(writing: Writing, decision_no: str) -> None:
    """Say of the former certificates that they are over: the one took their place."""
    reason = f"由证书 {writing.target.number} 取代"
    for one in writing.former:
        if one.valid_to is None or one.valid_to >= writing.first:
            bodies.add_period(
                accreditation_id=one.pk, state=PeriodState.EXPIRED, valid_from=writing.first,
                decision_no=decision_no, by=writing.by, at=writing.at, why=reason,
            )  # fmt: skip


def _announce(made: Certificate, grant: Grant, by: User | None, at: datetime) -> None:
    granting = grant.whole_term or grant.occasion == Occasion.EXTENSION
    kind = ListedKind.CHANGED
    if granting:
        kind = ListedKind.PARTLY_GRANTED if grant.refused else ListedKind.GRANTED
    said = wording.issued(made, refused=len(grant.refused))
    announce(
        kind=kind, application_number=grant.application_number, body_name=made.name,
        words=said.zh, words_en=said.en, on=timezone.localdate(at), at=at,
        decision_no=grant.decision_no, body_id=made.body_id, division=made.body.division_id, number=made.number, by=by,
    )  # fmt: skip
