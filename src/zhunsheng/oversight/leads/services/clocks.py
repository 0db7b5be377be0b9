"""Warn of leads and answers that fall due, and tell the authority above of what is late: recorded and sealed."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.oversight.leads import law_book
from zhunsheng.oversight.leads.lifecycle import TIMED
from zhunsheng.oversight.leads.models import Complaint, Lead, LeadStep
from zhunsheng.oversight.leads.services.authorities import authority_above, authority_of
from zhunsheng.oversight.leads.services.steps import day_of, keep, locked
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Organisation
from zhunsheng.platform.jobs import rows
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.platform.notices import services as notices

DUTY = "lead-clocks"
NOTICE_KIND = "leads.due"


def keep_up(at: datetime | None = None) -> int:
    """Do the worker's duty, row by row: warn of what is near, escalate what is late; return how many."""
    now = at or timezone.now()
    done = rows.each(DUTY, rows.chunks(to_escalate(now)), lambda lead: escalate(lead_id=lead.pk, at=now))
    done += rows.each(DUTY, rows.chunks(to_warn(now)), lambda lead: warn(lead_id=lead.pk, at=now))
    late = Complaint.objects.filter(due_on__lt=day_of(now), answered_at=None, escalated_at=None)
    return done + rows.each(DUTY, rows.chunks(late), lambda one: escalate_answer(complaint_id=one.pk, at=now))


def to_warn(at: datetime) -> QuerySet[Lead]:
    """Return the leads whose check ends soon and that nobody was warned of."""
    today = day_of(at)
    last = today + timedelta(days=int(law_book.clock("LEAD-WARN", today).values["days"]))
    return Lead.objects.filter(stage__in=TIMED, due_on__gte=today, due_on__lte=last, warned_at=None)


def to_escalate(at: datetime) -> QuerySet[Lead]:
    """Return the leads whose day has passed and that nobody above was told of."""
    return Lead.objects.filter(stage__in=TIMED, due_on__lt=day_of(at), escalated_at=None)


def warn(*, lead_id: int, at: datetime) -> bool:
    """Warn the authority of a lead's place; False where it was done meanwhile. Runs in a transaction of its own."""
    lead = locked(lead_id)
    if lead.warned_at is not None or lead.stage not in TIMED:
        return False
    lead.warned_at = at
    with recorded(None, f"due on {lead.due_on}"):
        lead.save(update_fields=["warned_at"])
    _tell(lead, [authority_of(lead.division_id)], "线索核查即将超期", f"核查期限 {lead.due_on}", at)
    return True


def escalate(*, lead_id: int, at: datetime) -> bool:
    """Tell the authority above that a lead wasn't decided in time; it stands among its steps and in the log."""
    lead = locked(lead_id)
    if lead.escalated_at is not None or lead.stage not in TIMED:
        return False
    house = authority_of(lead.division_id)
    lead.escalated_at, lead.escalated_to = at, authority_above(house)
    words = f"核查期限 {lead.due_on} 已过 → {lead.escalated_to.name}"
    keep(lead, "escalate", words, by=None, at=at, fields=("escalated_at", "escalated_to"))
    _seal(lead, "check", str(lead.due_on), at)
    _tell(lead, [lead.escalated_to, house], "线索逾期未核查，已提请上级督办", words, at)
    return True


def escalate_answer(*, complaint_id: int, at: datetime) -> bool:
    """Tell the authority above that somebody who reported under a name wasn't answered in time."""
    found = Complaint.objects.select_for_update(of=("self",)).select_related("lead").get(pk=complaint_id)
    if found.escalated_at is not None or found.answered_at is not None:
        return False
    house = authority_of(found.lead.division_id)
    above = authority_above(house)
    found.escalated_at = at
    words = f"答复举报人期限 {found.due_on} 已过 → {above.name}"
    with recorded(None, words):
        found.save(update_fields=["escalated_at"])
    LeadStep.objects.create(lead=found.lead, action="escalate", words=words, by=None, at=at)
    _seal(found.lead, "answer", str(found.due_on), at)
    _tell(found.lead, [above, house], "举报逾期未答复，已提请上级督办", words, at)
    return True


def _seal(lead: Lead, clock: str, due: str, at: datetime) -> None:
    digest = canonical_digest({"lead": lead.number, "clock": clock, "due": due, "at": at.isoformat()})
    ledger.append(kind="lead.escalated", subject=digest, body=lead.body.slug if lead.body else "", at=at)


def _tell(lead: Lead, told: list[Organisation], what: str, words: str, at: datetime) -> None:
    notices.notify(
        organisation_ids=sorted({one.pk for one in told}), subject=f"{what}：{lead.number}"[:200],
        body=f"{lead.title}\n{words}", href=reverse("leads:lead", args=[lead.number]), kind=NOTICE_KIND, at=at,
        by=None, origin=f"lead.due:{lead.pk}:{at:%Y%m%d}:{what[:6]}",
    )  # fmt: skip
