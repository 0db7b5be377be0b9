"""What befalls a certificate by decision: each on a ground that a law names, written to register and codes at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from zhunsheng.admission.certificates import law_book, permissions, selectors, wording
from zhunsheng.admission.certificates.models import Certificate, ListedKind, Measure, MeasureKind, Occasion, Stage
from zhunsheng.admission.certificates.permissions import Can
from zhunsheng.admission.certificates.rules import numbers
from zhunsheng.admission.certificates.services import papers, versions
from zhunsheng.admission.certificates.services.announcing import announce
from zhunsheng.admission.certificates.services.lines import Outcome
from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.lawbook import Entry
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.credentials.lifecycle import Status
from zhunsheng.platform.notices import services as notices
from zhunsheng.registry.bodies import selectors as register
from zhunsheng.registry.bodies import services as bodies
from zhunsheng.registry.bodies.models import Accreditation, Body, PeriodState, ScopeLine
from zhunsheng.registry.bodies.rules.standing import status_on

_LISTED = {
    MeasureKind.SUSPEND: ListedKind.SUSPENDED,
    MeasureKind.LIFT: ListedKind.LIFTED,
    MeasureKind.REDUCE: ListedKind.REDUCED,
    MeasureKind.CANCEL: ListedKind.CANCELLED,
    MeasureKind.REVOKE: ListedKind.REVOKED,
}
_FROM = {
    MeasureKind.SUSPEND: ("active",),
    MeasureKind.LIFT: ("suspended",),
    MeasureKind.REDUCE: ("active", "suspended"),
    MeasureKind.CANCEL: ("active", "suspended", "expired"),
    MeasureKind.REVOKE: ("active", "suspended", "expired", "cancelled"),
}
"""How a certificate must stand for a measure."""
OWN_CANCELLATION: Final = "MEASURE-OWN-CANCELLATION"


class MeasureRefused(DomainError):
    """A measure that no law knows, or that doesn't fit how the certificate stands."""

    code = "measure-refused"


@dataclass(frozen=True, slots=True)
class Act:
    """One measure: its decision and day, who enters it, when and why."""

    kind: MeasureKind
    body_id: int
    decision_no: str
    on: date
    by: User
    at: datetime
    why: str
    ground: str = ""
    until: date | None = None
    lines: tuple[int, ...] = ()
    application_number: str = ""

    @property
    def recording(self) -> dict[str, Any]:
        """Who, when and why, as every service wants it."""
        return {"by": self.by, "at": self.at, "why": self.why}


def suspend(
    *, body_id: int, ground: str, decision_no: str, on: date, by: User, at: datetime, why: str,
    until: date | None = None,
) -> Measure:  # fmt: skip
    """Suspend the use of a certificate from a day on, until a last day or until it is lifted.

    Args:
        ground: id of an entry of law/measures.yaml that knows suspensions; there is no suspension as a penalty.
    Raises: Body.DoesNotExist, NotAllowed, MeasureRefused, MissingReason.
    """
    return take(Act(MeasureKind.SUSPEND, body_id, decision_no, on, by, at, why, ground, until))


def lift(*, body_id: int, decision_no: str, on: date, by: User, at: datetime, why: str) -> Measure:
    """End a suspension: `on` is the first day on which the certificate holds again. Raises: as `suspend`."""
    return take(Act(MeasureKind.LIFT, body_id, decision_no, on, by, at, why))


def reduce(
    *, body_id: int, ground: str, line_ids: Collection[int], decision_no: str, on: date, by: User, at: datetime,
    why: str,
) -> Measure:  # fmt: skip
    """End lines of a schedule, which is issued anew: `on` is the first day without them. Raises: as `suspend`."""
    lines = tuple(sorted(set(line_ids)))
    return take(Act(MeasureKind.REDUCE, body_id, decision_no, on, by, at, why, ground, None, lines))


def cancel(
    *, body_id: int, decision_no: str, on: date, by: User, at: datetime, why: str, ground: str = OWN_CANCELLATION,
    application_number: str = "",
) -> Measure:  # fmt: skip
    """Cancel a certificate (注销): `on` is the first day without it; its lines end.

    Args:
        ground: the body's own application unless another is named.
        application_number: by which the body asked for it.
    Raises: as `suspend`.
    """
    act = Act(MeasureKind.CANCEL, body_id, decision_no, on, by, at, why, ground, application_number=application_number)
    return take(act)


def revoke(*, body_id: int, ground: str, decision_no: str, on: date, by: User, at: datetime, why: str) -> Measure:
    """Revoke a certificate (撤销): `on` is the first day without it; its lines end. Raises: as `suspend`."""
    return take(Act(MeasureKind.REVOKE, body_id, decision_no, on, by, at, why, ground))


@dataclass(frozen=True, slots=True)
class _Case:
    """A measure that may be taken: the certificates it is about, its ground, and its words for everybody."""

    act: Act
    body: Body
    held: list[Accreditation]
    law: Entry | None
    current: Certificate | None
    words: str


@transaction.atomic
def take(act: Act) -> Measure:
    """Carry out a measure; the same decision twice is one.

    Raises: Body.DoesNotExist, NotAllowed, MeasureRefused, LinesRefused, MissingReason.
    """
    body = Body.objects.select_for_update(of=("self",)).get(pk=act.body_id)
    today = timezone.localdate(act.at)
    permissions.require(act.by, Can.TAKE_MEASURE, permissions.place_of(body), today)
    done = Measure.objects.filter(decision_no=act.decision_no.strip()).first()
    if done is not None:
        return _same(done, act)
    held = _fitting(body, act, today)
    law = _ground(act)
    current = Certificate.objects.filter(body=body, stage=Stage.CURRENT).first()
    measure = Measure(
        body=body, accreditation=held[0], certificate=current, kind=act.kind, ground=law.id if law else "",
        basis=basis_of(law)[:300] if law else "", decision_no=act.decision_no.strip(), on=act.on, until=act.until,
        lines=list(act.lines), why=act.why.strip()[:300], taken_at=act.at, taken_by=act.by,
    )  # fmt: skip
    measure._history_date = act.at  # type: ignore[attr-defined]  # simple-history reads it
    try:
        with transaction.atomic(), recorded(act.by, act.why):
            measure.save()
    except IntegrityError:  # the number was taken for another body at this moment
        return _same(Measure.objects.get(decision_no=measure.decision_no), act)
    said = wording.taken(measure, held[0].number)
    _carry_out(_Case(act, body, held, law, current, said.zh))
    announce(
        kind=_LISTED[act.kind], application_number=act.application_number, body_name=body.name,
        words=said.zh, words_en=said.en, on=today, at=act.at, decision_no=measure.decision_no,
        body_id=body.pk, division=body.division_id, number=held[0].number, by=act.by,
    )  # fmt: skip
    _tell_body(measure, said.zh, act)
    return measure


def _tell_body(measure: Measure, words: str, act: Act) -> None:
    """Send the body what was decided about its certificate, with number and articles."""
    body, number = measure.body, measure.accreditation.number
    if body.organisation_id is None:
        return
    house = selectors.granting_authority()
    basis = f"\n依据：{measure.basis}" if measure.basis else ""
    notices.notify(
        organisation_ids=[body.organisation_id], subject=f"资质认定证书 {number}：{words}"[:200],
        body=f"{words}\n决定文号：{measure.decision_no}{basis}",
        href=reverse("certificates:certificate", args=[number]), kind="certificates.measure", at=act.at, by=act.by,
        sender_id=house.pk if house else None, origin=f"measure:{measure.pk}",
    )  # fmt: skip


def basis_of(law: Entry) -> str:
    """Return the articles on which a ground rests, as they are cited: the law's name without its edition."""
    return "、".join(f"《{one.law.partition('（')[0]}》{one.article}" for one in law.basis)


def _same(done: Measure, act: Act) -> Measure:
    told = (act.body_id, act.kind, act.ground, act.on, act.until, list(act.lines))
    if (done.body_id, done.kind, done.ground, done.on, done.until, done.lines) != told:
        raise MeasureRefused(
            "Decision %(number)s has been carried out already, with other content.",
            params={"number": done.decision_no},
            field="decision_no",
            remedy="Give the new decision a number of its own.",
        )
    return done


def _fitting(body: Body, act: Act, today: date) -> list[Accreditation]:
    """Return the certificates that a measure is about, the one that stands for them first."""
    if not act.decision_no.strip():
        raise MeasureRefused("A measure needs its decision.", field="decision_no", remedy="Give the decision's number.")
    if act.on > today:
        raise MeasureRefused(
            "The day lies ahead.", field="on", remedy="Enter the measure on the day when it takes effect, or later."
        )
    if act.until is not None and act.until < act.on:
        raise MeasureRefused("The last day lies before the first.", field="until", remedy="Enter a later day, or none.")
    wanted = _FROM[act.kind]
    held = [one for one in selectors.certificates_acted_on(body, act.on) if status_on(one, act.on) in wanted]
    if not held:
        raise MeasureRefused(
            "No certificate of this body stands so that this could be done on %(day)s.",
            params={"day": act.on.isoformat()},
            field="on",
            remedy="Look at how the certificate stands on its page.",
        )
    if any(numbers.national(one.number) for one in held):
        raise MeasureRefused(
            "The national administration granted this certificate; the province takes no measure on it.",
            field="body",
            remedy="Report the facts and your recommendation to the national administration.",
        )
    if act.kind in (MeasureKind.CANCEL, MeasureKind.REVOKE):
        held += [one for one in register.certificates_of(body) if status_on(one, act.on) == "not_yet"]
    return held


def _ground(act: Act) -> Entry | None:
    if act.kind == MeasureKind.LIFT:
        return None
    found = next((one for one in law_book.grounds(act.kind, act.on) if one.id == act.ground), None)
    if found is None:
        raise MeasureRefused(
            "No law knows this ground for this measure; a qualification is never reduced as a mere penalty.",
            field="ground",
            remedy="Choose a ground of the list; conduct is penalised by its own procedure.",
        )
    return found


def _carry_out(case: _Case) -> None:
    """Write a measure to the register and to the codes that stand for the certificates."""
    act, codes = case.act, _codes(case.body)
    if act.kind == MeasureKind.SUSPEND:
        _add_periods(case, PeriodState.SUSPENDED)
        if act.until is None or act.until >= timezone.localdate(act.at):
            papers.set_status(codes, Status.SUSPENDED, why=case.words, by=act.by, at=act.at)
    elif act.kind == MeasureKind.LIFT:
        for one in case.held:
            bodies.end_suspensions(accreditation_id=one.pk, on=act.on, **act.recording)
        restore(case.body, act.at, words=case.words, by=act.by)
    elif act.kind == MeasureKind.REDUCE:
        _reduce(case)
    else:
        revoked = act.kind == MeasureKind.REVOKE
        _add_periods(case, PeriodState.REVOKED if revoked else PeriodState.CANCELLED)
        ended = [one.pk for one in case.held]
        bodies.end_schedule(accreditation_ids=ended, last=act.on - timedelta(days=1), **act.recording)
        status = Status.REVOKED if revoked else Status.CANCELLED
        papers.set_status(codes, status, why=case.words, by=act.by, at=act.at)


def _add_periods(case: _Case, state: PeriodState) -> None:
    for one in case.held:
        bodies.add_period(
            accreditation_id=one.pk, state=state, valid_from=case.act.on, valid_to=case.act.until,
            decision_no=case.act.decision_no, reason=case.law.title["zh"] if case.law else "", **case.act.recording,
        )  # fmt: skip


def restore(body: Body, at: datetime, *, words: str, by: User | None) -> None:
    """Let the codes of a body be valid again, and say of its suspensions that they are over."""
    with recorded(by, words):
        for one in Measure.objects.filter(body=body, kind=MeasureKind.SUSPEND, restored_at=None):
            one.restored_at = at
            one._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
            one.save(update_fields=["restored_at"])
    papers.set_status(_codes(body), Status.VALID, why=words, by=by, at=at)


def _codes(body: Body) -> set[str]:
    """Return the codes that stand for what the body holds: those of its current and its coming version."""
    held = Certificate.objects.filter(body=body, stage__in=[Stage.CURRENT, Stage.COMING])
    return {code for one in held for code in papers.codes_of(one)}


def _reduce(case: _Case) -> None:
    """End the lines, and issue the schedule anew where this room has issued one."""
    act, law, current = case.act, case.law, case.current
    if law is None:
        raise TypeError("only a lifted suspension has no ground")
    if ScopeLine.objects.filter(body=case.body, pk__in=act.lines, valid_to__lt=act.on).exists():
        raise MeasureRefused(
            "Some of these lines are over already on that day.", field="lines",
            remedy="Choose among the lines that are in force, or an earlier day.",
        )  # fmt: skip
    bodies.decide_reduction(
        body_id=case.body.pk, line_ids=act.lines,
        decision=bodies.Decision(law.values["reduction"], act.on, basis_of(law)[:200], act.decision_no),
        **act.recording,
    )  # fmt: skip
    if current is None:
        return
    decided = versions.Decided(
        body=case.body, target=current.accreditation, occasion=Occasion.REDUCTION, application_number="",
        decision_no=act.decision_no, decided_on=act.on, first=act.on,
        request_digest=canonical_digest({"decision": act.decision_no, "lines": list(act.lines)}),
        law=[law.named],
    )  # fmt: skip
    versions.make(decided, Outcome(ended=len(act.lines)), **act.recording)
