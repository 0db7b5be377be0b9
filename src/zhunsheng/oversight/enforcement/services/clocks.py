"""Warn of what falls due in cases, and tell the authority above of what is late: recorded, sealed, once each."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.oversight.enforcement import wording
from zhunsheng.oversight.enforcement.models import Case
from zhunsheng.oversight.enforcement.services.papers import people
from zhunsheng.oversight.enforcement.services.steps import count_next, day_of, locked, write_down
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
    """Return the cases in which something is near that nobody was warned of."""
    today = day_of(at)
    return Case.objects.filter(warn_on__lte=today, next_due_on__gte=today, warned_at=None)


def to_escalate(at: datetime) -> QuerySet[Case]:
    """Return the cases in which something is late that nobody above was told of; hours count for the police."""
    hours = Q(next_clock="police_send", transfers__sent_at=None, transfers__send_by__lt=at)
    return Case.objects.filter(Q(next_due_on__lt=day_of(at)) | hours, escalated_at=None, next_due_on__isnull=False)


def warn(*, case_id: int, at: datetime) -> bool:
    """Warn the authority that handles a case; False where somebody did meanwhile. Runs in a transaction of its own."""
    case = locked(case_id)
    count_next(case)  # holidays may have been announced meanwhile
    if case.warned_at is not None or case.warn_on is None or case.warn_on > day_of(at):
        return False
    Case.objects.filter(pk=case.pk).update(warned_at=at)
    _tell(case, [_house(case)], "案件即将超期", at)
    return True


def escalate(*, case_id: int, at: datetime) -> bool:
    """Tell the authority above that something in a case is late; it stands in the case's records and in the log."""
    case = locked(case_id)
    count_next(case)
    late = case.next_due_on is not None and (case.next_due_on < day_of(at) or case.next_clock == "police_send")
    if case.escalated_at is not None or not late:
        return False
    house = _house(case)
    above = authority_above(house)
    Case.objects.filter(pk=case.pk).update(escalated_at=at, escalated_to=above)
    values = {"clock": case.next_clock, "due": str(case.next_due_on), "to": above.name}
    write_down(case, "overdue", f"{_what(case)}（{case.next_due_on}）→ {above.name}", None, at, values=values)
    digest = canonical_digest({"case": case.number, "at": at.isoformat(), **values})
    ledger.append(kind="case.escalated", subject=digest, body=case.body.slug if case.body else "", at=at)
    _tell(case, [above, house], "案件逾期未办，已提请上级督办", at)
    return True


def _house(case: Case) -> Organisation:
    return case.authority or authority_above(None)


def _what(case: Case) -> str:
    return wording.CLOCKS_ZH[case.next_clock]


def _tell(case: Case, told: list[Organisation], what: str, at: datetime) -> None:
    notices.notify(
        organisation_ids=sorted({one.pk for one in told}), subject=f"{what}：{case.number}"[:200],
        body=f"{case.title}\n{_what(case)}，期限 {case.next_due_on}。办案人员：{people(case)}",
        href=reverse("enforcement:case", args=[case.number]), kind=NOTICE_KIND, at=at, by=None,
        origin=f"case.due:{case.pk}:{case.next_clock}:{case.next_due_on}:{what[:6]}",
    )  # fmt: skip
