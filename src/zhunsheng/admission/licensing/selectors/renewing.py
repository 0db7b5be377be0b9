"""Renewals that the law counts as granted, because the certificate ran out undecided."""

from datetime import date

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.lifecycle import Kind, Stage
from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.rules.clocks import Deemed, deemed_renewal
from zhunsheng.registry.bodies.models import Accreditation

UNDECIDED = (Stage.ACCEPTED, Stage.IN_REVIEW, Stage.RECTIFYING, Stage.REVIEWED, Stage.PROPOSED, Stage.EXAMINED)
"""Accepted, and not decided: what the authority left open when the certificate ran out."""


def runs_out_on(application: Application) -> date | None:
    """Return the last day of the certificate that was to be renewed; None without one."""
    if application.body_id is None or application.filed_at is None:
        return None
    held = Accreditation.objects.filter(
        body_id=application.body_id, valid_from__lte=timezone.localdate(application.filed_at)
    )
    last: date | None = held.aggregate(last=Max("valid_to"))["last"]
    return last


def deemed_renewed(application: Application, on: date) -> Deemed | None:
    """Return the renewal that the law counts as granted by a day; None where it was decided, late or isn't one.

    Source: Administrative Licensing Law, Art. 50; Order 163, Art. 13.
    """
    if application.kind != Kind.RENEWAL or application.stage not in UNDECIDED or application.filed_at is None:
        return None
    ends = runs_out_on(application)
    if ends is None:
        return None
    filed = timezone.localdate(application.filed_at)
    return deemed_renewal(law_book.clock("T6", filed), filed_on=filed, valid_to=ends, decided_on=None, on=on)


def overdue_renewals(on: date) -> QuerySet[Application]:
    """Return the undecided renewals whose certificate, the last held when they were filed, ran out before a day."""
    held = Accreditation.objects.filter(body_id=OuterRef("body_id"), valid_from__lte=OuterRef("filed_at__date"))
    last = held.order_by().values("body_id").annotate(last=Max("valid_to")).values("last")
    undecided = Application.objects.filter(kind=Kind.RENEWAL, stage__in=UNDECIDED)
    return undecided.annotate(runs_out=Subquery(last)).filter(runs_out__lt=on).order_by("pk")
