"""The board: what is overdue, what waits, how long cases take and what they come to."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from zhunsheng.oversight.enforcement.lifecycle import RUNNING, DecisionState, Stage
from zhunsheng.oversight.enforcement.models import Decision
from zhunsheng.oversight.enforcement.permissions import AnyUser
from zhunsheng.oversight.enforcement.selectors.cases import TABS, cases_visible_to, waiting_qualifications
from zhunsheng.oversight.enforcement.selectors.cases import qualifications_visible_to as qualifications
from zhunsheng.oversight.leads.lifecycle import TIMED, WAITING
from zhunsheng.oversight.leads.lifecycle import Stage as LeadStage
from zhunsheng.oversight.leads.selectors import leads_visible_to, referrals_visible_to


@dataclass(frozen=True, slots=True)
class Board:
    """Figures of what somebody oversees."""

    leads: dict[str, int]
    referrals: dict[str, int]
    cases: dict[str, int]
    decisions: dict[str, int]
    qualifications: int
    cities: list[dict[str, object]]
    days: list[int]


def board(user: AnyUser, on: date) -> Board:
    """Return the figures, each in one query."""
    cases = cases_visible_to(user, on)
    decided = Decision.objects.filter(case__in=cases)
    spans = cases.filter(decided_on__isnull=False).order_by("-decided_on").values_list("filed_on", "decided_on")[:500]
    return Board(
        leads=leads_visible_to(user, on)
        .filter(stage__in=TIMED)
        .aggregate(
            new=Count("pk", filter=Q(stage=LeadStage.NEW)),
            checked=Count("pk", filter=Q(stage=LeadStage.ACCEPTED)),
            late=Count("pk", filter=Q(stage__in=[LeadStage.NEW, LeadStage.ACCEPTED], due_on__lt=on)),
        ),
        referrals=referrals_visible_to(user, on)
        .filter(stage__in=WAITING)
        .aggregate(
            waiting=Count("pk", filter=Q(stage__in=WAITING)),
            late=Count("pk", filter=Q(stage__in=WAITING, due_on__lt=on)),
        ),
        cases=cases.filter(stage__in=TABS["open"]).aggregate(
            running=Count("pk", filter=Q(stage__in=RUNNING)),
            late=Count("pk", filter=Q(next_due_on__lt=on)),
            serving=Count("pk", filter=Q(stage=Stage.DECIDED)),
        ),
        decisions=decided.aggregate(
            made=Count("pk"),
            unpublished=Count("pk", filter=Q(published_due_on__lt=on, published_at=None)),
            fallen=Count("pk", filter=~Q(state=DecisionState.IN_FORCE)),
        ),
        qualifications=waiting_qualifications(qualifications(user, on)).count(),
        cities=[
            dict(one)
            for one in cases.values("division__name", "division__name_en", "division_id")
            .annotate(number=Count("pk"))
            .order_by("-number", "division_id")[:20]
        ],
        days=[(decided_on - filed_on).days for filed_on, decided_on in spans if decided_on],
    )
