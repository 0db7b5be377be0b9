"""Tell each authority once a working day what falls due and what is late among the applications of its area."""

from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhunsheng.admission.licensing.lifecycle import OPEN
from zhunsheng.admission.licensing.models import Application
from zhunsheng.foundation.workdays import PUBLISHED, NotAnnounced
from zhunsheng.platform.accounts.models import Kind, Level, Organisation, within
from zhunsheng.platform.jobs import rows
from zhunsheng.platform.notices import selectors as notices_sent
from zhunsheng.platform.notices import services as notices

MOST_NAMED = 20
"""Applications that one notice names; the queue has all of them."""
QUEUE = "/licensing/queue/?lateness=soon"


def warn_of_due(*, at: datetime) -> int:
    """Send the day's notices to the authorities of province and cities; return how many. Safe to repeat.

    On a day off nothing is sent; on a day whose holidays are not announced it is.
    """
    today = timezone.localdate(at)
    if not _worked(today):
        return 0
    houses = Organisation.objects.filter(kind=Kind.AUTHORITY, division__level__in=[Level.PROVINCE, Level.CITY])
    return rows.each("licensing-reminders", houses.order_by("pk"), lambda house: _warn(house, today, at))


def _warn(house: Organisation, today: date, at: datetime) -> bool:
    origin = f"licensing.due:{house.pk}:{today.isoformat()}"
    if notices_sent.notice_by_origin(origin) is not None:
        return False
    due = Application.objects.filter(
        within(house.division_id), stage__in=OPEN, warned_on__lte=today
    )  # fmt: skip
    soonest = list(
        due.order_by("due_earliest", "pk").values_list("number", "applicant_name", "due_earliest")[: MOST_NAMED + 1]
    )
    if not soonest:
        return False
    late = due.filter(due_latest__lt=today).count()
    total = due.count()
    with translation.override("zh-hans"):
        subject = ngettext(
            "%(total)s application falls due soon, %(late)s of them late",
            "%(total)s applications fall due soon, %(late)s of them late", total,
        ) % {"total": total, "late": late}  # fmt: skip
        lines = [f"{number} {name}：{day.isoformat() if day else '—'}" for number, name, day in soonest[:MOST_NAMED]]
        more = _("The queue has all of them.") if total > MOST_NAMED else ""
    notices.notify(
        organisation_ids=[house.pk], subject=subject, body="\n".join([*lines, more]).strip(), href=QUEUE,
        kind="licensing.due", at=at, by=None, origin=origin,
    )  # fmt: skip
    return True


def _worked(day: date) -> bool:
    try:
        return PUBLISHED.is_workday(day)
    except NotAnnounced:
        return True
