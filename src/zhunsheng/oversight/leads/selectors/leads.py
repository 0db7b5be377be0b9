"""Which leads somebody sees."""

from datetime import date

from django.db.models import QuerySet

from zhunsheng.oversight.leads.models import Lead
from zhunsheng.oversight.leads.permissions import AnyUser, Can
from zhunsheng.platform.accounts import policy


def leads_visible_to(user: AnyUser, on: date) -> QuerySet[Lead]:
    """Return the leads of the places that somebody oversees."""
    return Lead.objects.filter(policy.reach_of(user, Can.SEE, on).as_q(organisation=None))
