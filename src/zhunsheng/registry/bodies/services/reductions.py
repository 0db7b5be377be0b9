"""Lines of a scope end by a decision of the authority, or because the body declares that it stops using them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies import permissions
from zhunsheng.registry.bodies.models import Body, ReductionKind, ScopeReduction
from zhunsheng.registry.bodies.permissions import Can
from zhunsheng.registry.bodies.services.histories import delete_all_recorded
from zhunsheng.registry.bodies.services.revisions import bump_scope
from zhunsheng.registry.bodies.services.scope import LinesRefused, end_lines, lines_of

MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Decision:
    """What decides: its kind, the first day without the lines, its legal ground and its document."""

    kind: str
    on: date
    ground: str = ""
    document_no: str = ""


@transaction.atomic
def decide_reduction(
    *, body_id: int, line_ids: Collection[int], decision: Decision, by: User, at: datetime, why: str
) -> ScopeReduction:
    """End lines of a body, or strike them out, by an officer's hand; each kind needs its legal ground and document.

    Only a body's own stop needs neither. Raises: Body.DoesNotExist, NotAllowed, LinesRefused, MissingReason.
    """
    body = _allowed(body_id, Can.CHANGE_REGISTER, by, at)
    if decision.kind not in ReductionKind.values:
        raise LinesRefused("There is no such kind of reduction.", field="kind", remedy="Choose one of the list.")
    if decision.kind != ReductionKind.STOPPED:
        for field, text in (("ground", decision.ground), ("document_no", decision.document_no)):
            if not text.strip():
                raise LinesRefused(
                    "A decision needs its legal ground and its document number.",
                    field=field,
                    remedy="Name the article and the document; a scope is never reduced as a mere penalty.",
                )
    return _carry_out(body, line_ids, decision, by, at, why)


@transaction.atomic
def declare_stopped(
    *, body_id: int, line_ids: Collection[int], on: date, document_no: str, by: User, at: datetime, why: str
) -> ScopeReduction:
    """Let a body itself say that it stops using lines from a day on; it can't date that back.

    Raises: Body.DoesNotExist, NotAllowed, LinesRefused, MissingReason.
    """
    body = _allowed(body_id, Can.STOP_USING, by, at)
    if on < timezone.localdate(at):
        raise LinesRefused(
            "The day lies in the past; reports of those days stay under the scope that held.",
            field="on",
            remedy="Choose today or a later day.",
        )
    return _carry_out(body, line_ids, Decision(ReductionKind.STOPPED, on, "", document_no), by, at, why)


def _allowed(body_id: int, action: str, by: User, at: datetime) -> Body:
    body = Body.objects.select_for_update(of=("self",)).get(pk=body_id)
    permissions.require(by, action, body, timezone.localdate(at))
    return body


def _carry_out(
    body: Body, line_ids: Collection[int], decision: Decision, by: User, at: datetime, why: str
) -> ScopeReduction:
    if len(set(line_ids)) > MOST_LINES:
        raise LinesRefused(
            "That are more than %(most)s lines at once.",
            params={"most": MOST_LINES},
            field="lines",
            remedy="Choose fewer lines; to end a whole body, close it.",
        )
    lines = lines_of(body.pk, line_ids)
    with recorded(by, why):
        one = ScopeReduction(
            body=body,
            kind=decision.kind,
            valid_from=decision.on,
            ground=decision.ground.strip(),
            reason=why.strip()[:300],
            document_no=decision.document_no.strip(),
            lines=sorted(set(line_ids)),
            count=len(set(line_ids)),
        )
        one._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
        one.save()
        if decision.kind == ReductionKind.STRUCK:
            delete_all_recorded(lines, at=at)
        else:
            end_lines(lines, decision.on - timedelta(days=1), at=at)
    bump_scope([body.pk])
    return one
