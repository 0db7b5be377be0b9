"""Which cases somebody sees: officers those of their place, a party its own from the notice on."""

from datetime import date

from django.db.models import Q, QuerySet

from zhunsheng.oversight.enforcement.lifecycle import TOLD
from zhunsheng.oversight.enforcement.models import Case
from zhunsheng.oversight.enforcement.permissions import AnyUser, Can
from zhunsheng.platform.accounts import policy


def cases_visible_to(user: AnyUser, on: date) -> QuerySet[Case]:
    """Return the cases that somebody sees."""
    officers = policy.reach_of(user, Can.SEE, on).as_q(organisation=None)
    own = policy.reach_of(user, Can.SEE_OWN, on)
    if not own:
        return Case.objects.filter(officers)
    return Case.objects.filter(officers | (own.as_q(division=None) & Q(stage__in=TOLD)))
