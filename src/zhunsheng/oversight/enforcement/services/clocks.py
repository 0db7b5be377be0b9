"""Warn of what falls due in cases, and tell the authority above of what is late: recorded, sealed, once each."""

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.oversight.enforcement import law_book, wording
from zhunsheng.oversight.enforcement.models import Case
from zhunsheng.oversight.enforcement.selectors.clocks import Clock, running
from zhunsheng.oversight.enforcement.services.papers import people
from zhunsheng.oversight.enforcement.services.steps import count_next, day_of, locked, untold_of, write_down
from zhunsheng.oversight.leads.services import authority_above
from zhunsheng.platform.accounts.models import Organisation
from zhunsheng.platform.jobs import rows
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.platform.notices import services as notices

DUTY = "case-clocks"
NOTICE_KIND = "enforcement.due"


def keep_up(at: datetime | None = None) -> int:
    """Do the worker's duty, case by case: warn of what is near, escalate what is late; return how many."""
    now = at or timezone.now()
    done = rows.each(DUTY, rows.chunks(to_escalate(now)), lambda case: escalate(case_id=case.pk, at=now))
    return done + rows.each(DUTY, rows.chunks(to_warn(now)), lambda case: warn(case_id=case.pk, at=now))


def to_warn(at: datetime) -> QuerySet[Case]:
    """Return the cases in which a clock is near of which nobody was warned."""
    return Case.objects.filter(remind_on__lte=day_of(at))


def to_escalate(at: datetime) -> QuerySet[Case]:
    """Return the cases in which a clock is late of which nobody above was told; hours count for the police."""
    hours = Q(escalate_on=day_of(at), transfers__sent_at=None, transfers__send_by__lt=at)
    return Case.objects.filter(Q(escalate_on__lt=day_of(at)) | hours, escalate_on__isnull=False).distinct()


def warn(*, case_id: int, at: datetime) -> bool:
    """Warn the authority that handles a case of every clock that is near, each once; False where none is.

    Of a clock that is late already the authority above is told instead. Runs in a transaction of its own.
    """
    case, today = locked(case_id), day_of(at)
    count_next(case)  # holidays may have been announced meanwhile
    known = {(name, day) for name, day in case.reminded_of}
    due = [one for one in running(case) if one.warn_on <= today and one.mark not in known]
    near = [one for one in due if one.due_on >= today]
    for one in near:
        _tell(case, [_house(case)], "案件即将超期", one.name, one.due_on, at)
    count_next(case, reminded=due)
    return bool(near)


def escalate(*, case_id: int, at: datetime) -> bool:
    """Tell the authority above of every clock of a case that is late, each once; False where none is.

    Each stands in the case's records and in the log, with the rule that set it.
    """
    case = locked(case_id)
    count_next(case)  # holidays may have been announced meanwhile
    late = [one for one in untold_of(case, running(case)) if _is_late(case, one, at)]
    for one in late:
        _tell_above(case, one, at)
    return bool(late)


def _is_late(case: Case, clock: Clock, at: datetime) -> bool:
    """Tell whether a clock's last day has passed, or its last hour where hours count."""
    if clock.name == "police_send" and clock.due_on == day_of(at):
        return case.transfers.filter(sent_at=None, send_by__lt=at).exists()
    return clock.due_on < day_of(at)


def _tell_above(case: Case, clock: Clock, at: datetime) -> None:
    """Tell the authority above; who has none above is told itself that the clock is late."""
    house = _house(case)
    above = authority_above(house)
    highest = above.pk == house.pk
    if not highest:
        Case.objects.filter(pk=case.pk).update(escalated_at=at, escalated_to=above)
    rule = law_book.rule(clock.law, day_of(at))
    values = {"clock": clock.name, "due": str(clock.due_on), "law": law_book.named(rule), "to": above.name}
    told = "" if highest else f"→ {above.name}"
    words = f"{wording.CLOCKS_ZH[clock.name]}（{clock.due_on}，{rule.id}）{told}"
    write_down(case, "overdue", words, None, at, values=values)
    digest = canonical_digest({"case": case.number, "at": at.isoformat(), **values})
    ledger.append(kind="case.escalated", subject=digest, body=case.body.slug if case.body else "", at=at)
    what = "案件逾期未办" if highest else "案件逾期未办，已提请上级督办"
    _tell(case, [above, house], what, clock.name, clock.due_on, at, rule=rule.id)


def _house(case: Case) -> Organisation:
    return case.authority or authority_above(None)


def _tell(
    case: Case, told: list[Organisation], what: str, clock: str, due_on: date | None, at: datetime, *, rule: str = ""
) -> None:  # fmt: skip
    basis = f"（{rule}）" if rule else ""
    notices.notify(
        organisation_ids=sorted({one.pk for one in told}), subject=f"{what}：{case.number}"[:200],
        body=f"{case.title}\n{wording.CLOCKS_ZH[clock]}，期限 {due_on}{basis}。办案人员：{people(case)}",
        href=reverse("enforcement:case", args=[case.number]), kind=NOTICE_KIND, at=at, by=None,
        origin=f"case.due:{case.pk}:{clock}:{due_on}:{what[:6]}",
    )  # fmt: skip
