"""The lots of verifications: drawn from the log itself, whose next day nobody knows while a decision is taken.

A task is sealed in the log in the transaction of the decision. The seed is the root of the first checkpoint that was
signed on a later day and covers the task: it depends on every entry of that time, so neither who decides nor who is
decided about can know or choose it, and anyone recomputes it from the log's public tiles.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from zhunsheng.admission.licensing.models import Verification
from zhunsheng.admission.licensing.rules.lots import drawn, lot_of
from zhunsheng.admission.licensing.services.refusals import log
from zhunsheng.admission.licensing.services.verifications import settle
from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.platform.jobs import rows
from zhunsheng.platform.ledger import selectors as ledger_state
from zhunsheng.platform.ledger import services as ledger

DRAWN = "licensing.verification_drawn"
ASKED = "licensing.lots_asked"


def draw_lots(*, at: datetime) -> int:
    """Draw the tasks that were sealed on an earlier day; return how many were settled. Safe to repeat.

    Where the log has signed nothing since, an entry of its own lets it sign.
    """
    waiting = _waiting(at)
    done = rows.each("verification-lots", rows.chunks(waiting), lambda task: _draw(task, at))
    if waiting.exists():
        _ask(at)
    return done


def sealed(task: Verification) -> str:
    """Return the SHA-256 of what the log seals of a lot, in hexadecimal."""
    return canonical_digest(
        {
            "application": task.application.number,
            "law": task.law,
            "rate": f"{task.rate:.4f}",
            "checkpoint": str(task.checkpoint),
            "seed": task.seed,
            "lot": f"{task.lot:.12f}",
        }
    )


def _waiting(at: datetime) -> QuerySet[Verification]:
    tasks = Verification.objects.filter(stage="waiting", entry__isnull=False, opened_at__lt=_midnight(at))
    return tasks.select_related("application", "body")


def _draw(task: Verification, at: datetime) -> bool:
    task = Verification.objects.select_for_update(of=("self",)).select_related("application", "body").get(pk=task.pk)
    if task.stage != "waiting" or task.entry is None:
        return False
    signed = ledger_state.first_checkpoint_since(task.entry, _midnight(task.opened_at, days=1))
    if signed is None:
        return False
    task.checkpoint, task.seed = signed.size, bytes(signed.root).hex()
    task.lot = lot_of(task.seed, task.application.number)
    ledger.append(kind=DRAWN, subject=sealed(task), body=task.body.slug, at=at)
    chosen = drawn(task.lot, task.rate)
    settle(task, chosen=chosen, by=None, at=at)
    action = "verification.draw" if chosen else "verification.pass_over"
    log(task.application, action, by=None, at=at, law=task.law, words=f"{task.lot:.12f} / {task.rate:.4f}", inside=True)
    return True


@transaction.atomic
def _ask(at: datetime) -> None:
    """Give the log something to sign where it has signed nothing today and nothing waits."""
    last = ledger_state.latest_checkpoint()
    if ledger_state.has_pending() or (last is not None and last.at >= _midnight(at)):
        return
    day = timezone.localdate(at).isoformat()
    ledger.append(kind=ASKED, subject=canonical_digest({"day": day}), body="", at=at)


def _midnight(moment: datetime, *, days: int = 0) -> datetime:
    """Return when the day of a moment, or so many days later, begins at the installation's place."""
    day = timezone.localdate(moment)
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time.min))
