"""Applications in sight."""

from datetime import date

from django.db.models import Q, QuerySet

from zhunsheng.admission.licensing.lifecycle import Stage
from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.permissions import AnyUser, Can
from zhunsheng.platform.accounts import policy


def applications_visible_to(user: AnyUser, on: date) -> QuerySet[Application]:
    """Return what somebody may see: the applicant's people all their own, officers what was filed in their division."""
    reach = policy.reach_of(user, Can.SEE, on)
    if not reach:
        return Application.objects.none()
    own = Q(organisation_id__in=reach.organisation_ids)
    return Application.objects.filter(own | (reach.as_q(organisation=None) & ~Q(stage=Stage.DRAFT)))
