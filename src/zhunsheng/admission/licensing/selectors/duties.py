"""What waits for whom among verifications, for officers and for bodies."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from zhunsheng.admission.licensing.models import Hearing, HearingStatement, Verification
from zhunsheng.admission.licensing.permissions import AnyUser, Can
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User

ACTS = (Can.VERIFY, Can.DECIDE, Can.EXAMINE)


def tasks_waiting_for(user: User, on: date) -> QuerySet[Verification]:
    """Return the tasks that wait for this officer, the first due first.

    Who verifies is asked for what is open, and for rectifications whose day is over; who decides for findings of
    "untrue", for hearings that are over, and for what was examined; the legal officer for what was heard. A step that
    the separation of duties would refuse to this person is not asked of it.
    """
    newest = Hearing.objects.filter(verification=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    hearing = Hearing.objects.filter(pk=OuterRef("hearing"))
    mine = Q(told_by=user) | Q(answered_by=user)
    over = Q(warned_at__isnull=False) | Exists(HearingStatement.objects.filter(hearing=OuterRef("pk"), final=True))
    verifying = Q(stage="open") | Q(stage="rectifying", rectify_until__lt=on)
    deciding = (
        Q(stage="revoking")
        | (Q(stage="hearing") & Exists(hearing.filter(over)))
        | (Q(stage="heard") & Exists(hearing.filter(lawful=False)))
        | (Q(stage="examined") & ~Exists(hearing.filter(examined_by=user)))
    )
    examining = Q(stage="heard") & Exists(hearing.filter(lawful=None)) & ~Exists(hearing.filter(mine))
    verify, decide, examine = (policy.reach_of(user, one, on).as_q(organisation=None) for one in ACTS)
    wanted = (
        (verify & verifying & ~Q(application__decision__decided_by=user))
        | (decide & deciding & ~Q(found_by=user))
        | (examine & examining & ~Q(found_by=user))
    )
    rows = Verification.objects.exclude(stage__in=["waiting", "closed"]).annotate(hearing=Subquery(newest))
    return rows.filter(wanted).select_related("application").order_by(F("due_on").asc(nulls_last=True), "pk")


def notices_waiting_for(user: AnyUser, on: date) -> list[Hearing]:
    """Return the notices of hearings that somebody may answer for a body, newest first, one for each task.

    `stated` tells whether something was stated already; what was said to be final waits for nobody.
    """
    own = policy.reach_of(user, Can.STATE, on).as_q(
        division=None, organisation="verification__application__organisation_id"
    )
    said = HearingStatement.objects.filter(hearing=OuterRef("pk"))
    rows = Hearing.objects.filter(
        own, ~Exists(said.filter(final=True)), verification__stage="hearing", answered_at=None
    )
    rows = rows.annotate(stated=Exists(said)).select_related("notice", "verification__application").order_by("-pk")
    newest: dict[int, Hearing] = {}
    for one in rows:
        newest.setdefault(one.verification_id, one)
    return list(newest.values())
