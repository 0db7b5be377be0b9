"""What the calendar does by itself: coming certificates take over, suspensions with a last day end."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from zhunsheng.admission.certificates import wording
from zhunsheng.admission.certificates.models import Certificate, Measure, MeasureKind, Stage
from zhunsheng.admission.certificates.services import measures, versions
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.jobs import rows
from zhunsheng.registry.bodies import selectors as register
from zhunsheng.registry.bodies import services as bodies
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.rules.standing import status_on

EVERY_SECONDS: Final = 60.0


def keep_up(at: datetime | None = None) -> int:
    """Do the worker's duty: let certificates begin and suspensions end whose day has come; return how many."""
    now = at or timezone.now()
    today = timezone.localdate(now)
    coming = Certificate.objects.filter(stage=Stage.COMING, valid_from__lte=today).order_by("valid_from")
    over = Measure.objects.filter(kind=MeasureKind.SUSPEND, restored_at=None, until__lt=today).order_by("until")
    beginning, ending = list(coming.values_list("pk", flat=True)), list(over.values_list("pk", flat=True))
    done = rows.each("certificates", beginning, lambda pk: take_over(certificate_id=pk, at=now))
    return done + rows.each("suspensions", ending, lambda pk: end_suspension(measure_id=pk, at=now))


@transaction.atomic
def take_over(*, certificate_id: int, at: datetime) -> Certificate:
    """Let a coming certificate be the body's current one from its first day on; the former codes are replaced."""
    one = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate_id)
    if one.stage != Stage.COMING or one.valid_from > timezone.localdate(at):
        return one
    why = f"证书 {one.number} 生效"
    former = Certificate.objects.filter(body_id=one.body_id, stage=Stage.CURRENT).first()
    with recorded(None, why):
        if former is not None:
            versions.retire(former, at)
        one.stage = Stage.CURRENT
        one._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
        one.save(update_fields=["stage"])
    bodies.name_by_number(body_id=one.body_id, number=one.number, by=None, at=at, why=why)
    versions.replace_codes(former, one, by=None, at=at)
    return one


@transaction.atomic
def end_suspension(*, measure_id: int, at: datetime) -> Measure:
    """Let a suspension be over whose last day has passed; codes are valid again unless another one runs."""
    one = Measure.objects.select_for_update(of=("self",)).get(pk=measure_id)
    body = Body.objects.get(pk=one.body_id)
    today = timezone.localdate(at)
    if one.restored_at is not None or one.until is None or one.until >= today:
        return one
    why = wording.suspension_over(one.decision_no).zh
    standing = {status_on(held, today) for held in register.certificates_of(body)}
    if "active" in standing:
        measures.restore(body, at, words=why, by=None)
    else:
        with recorded(None, why):
            one.restored_at = at
            one._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
            one.save(update_fields=["restored_at"])
    one.refresh_from_db()
    return one
