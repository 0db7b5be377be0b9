"""Remind the offices of a place of objections and repairs that must be decided soon."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zhunsheng.platform.accounts.selectors import authorities_up
from zhunsheng.platform.notices import services as notices
from zhunsheng.platform.notices.models import Notice
from zhunsheng.registry.credit import effects_book
from zhunsheng.registry.credit.lifecycle import Sort
from zhunsheng.registry.credit.models import Petition
from zhunsheng.registry.credit.selectors import petitions_due

KIND = "credit.petition-due"


@transaction.atomic
def remind_of_due(*, at: datetime) -> int:
    """Send the authorities of its place one notice about each request that falls due; return how many were sent."""
    today = timezone.localdate(at)
    found = list(petitions_due({sort: effects_book.remind_days(sort, today) for sort in Sort}, today))
    told = set(Notice.objects.filter(origin__in=[_origin(one) for one in found]).values_list("origin", flat=True))
    new = [one for one in found if _origin(one) not in told]
    offices = authorities_up({one.body.division_id for one in new if one.body.division_id})
    return sum(_remind(one, offices.get(one.body.division_id or "", ()), at) for one in new)


def _origin(petition: Petition) -> str:
    return f"{KIND}:{petition.number}"


def _remind(petition: Petition, offices: Sequence[int], at: datetime) -> bool:
    if not offices:
        return False
    with translation.override("zh-hans"):
        words = {
            "sort": Sort(petition.sort).label, "number": petition.number, "day": str(petition.due_on),
            "body": petition.body.name,
        }  # fmt: skip
        notices.notify(
            organisation_ids=offices, subject=_("To be decided by %(day)s: %(sort)s %(number)s") % words,
            body=_("%(body)s waits for a decision. Nobody decides about an event that they recorded themselves.")
            % words,
            href=reverse("credit:request", args=[petition.number]), kind=KIND, at=at, by=None,
            origin=_origin(petition),
        )  # fmt: skip
    return True
