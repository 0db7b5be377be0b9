"""Orders to correct (责令改正): issued with a time, answered with evidence, checked again."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import PurePath

from django.db import transaction

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.oversight.visits import lawbook, permissions
from zhunsheng.oversight.visits.lifecycle import ORDER, Handling, OrderStage
from zhunsheng.oversight.visits.models import Order, OrderAnswer, OrderEvidence
from zhunsheng.oversight.visits.permissions import Can
from zhunsheng.oversight.visits.services.deciding import SOURCE
from zhunsheng.oversight.visits.services.photos import Upload
from zhunsheng.oversight.visits.services.steps import VisitRefused, day_of, limit, locked, tell_body
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.database.numbers import next_number
from zhunsheng.platform.documents import files
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.registry.credit import services as credit

ISSUED = "visit.order"


@keeps_refused
@transaction.atomic
def issue_order(*, visit_id: int, words: str, due_on: date | None = None, by: User, at: datetime) -> Order:
    """Issue the order for every finding that was decided so and has none yet; the body is told and obliged.

    Args:
        due_on: the last day; the law's usual time if not given, and never beyond its longest.
    Raises: Visit.DoesNotExist, NotAllowed, VisitRefused.
    """
    visit = locked(visit_id)
    on = day_of(at)
    permissions.require(by, Can.DECIDE, visit, on)
    found = list(visit.findings.filter(handling=Handling.ORDER, decided_at__isnull=False, orders=None))
    if not found:
        raise VisitRefused("No finding waits for an order.", remedy="Decide about the findings first.")
    if not words.strip():
        raise VisitRefused("Say what is to be corrected.", field="words", remedy="Write it so that it can be checked.")
    last = _due(on, due_on)
    with recorded(by, words.strip()[:200]):
        order = Order.objects.create(
            number=next_number(Order, "ZG", on), visit=visit, division_id=visit.division_id,
            organisation_id=visit.organisation_id, words=words.strip(),
            law=lawbook.named(lawbook.rule(lawbook.RECTIFICATION, on)), due_on=last, issued_by=by, issued_at=at,
        )  # fmt: skip
        order.findings.set(found)
        order.obligation = credit.oblige(
            body_id=visit.body_id, kind="rectify", due_on=last, reference=order.number, words=order.words[:300],
            by=None, at=at,
        )  # fmt: skip
        order.save(update_fields=["obligation"])
    _record(order, "order_to_correct", order.words[:200], on, by, at)
    subject = canonical_digest({"order": order.number, "words": order.words, "due": last.isoformat()})
    ledger.append(kind=ISSUED, subject=subject, body=visit.body.slug, at=at)
    tell_body(
        visit, subject=f"责令改正：{order.number}", words=f"请于 {last.isoformat()} 前改正并提交证据：{order.words}",
        href=f"/visits/orders/{order.number}/", kind="order_to_correct", by=by, at=at,
    )  # fmt: skip
    return order


@keeps_refused
@transaction.atomic
def answer_order(*, order_id: int, words: str, evidence: Sequence[Upload] = (), by: User, at: datetime) -> OrderAnswer:
    """Say for the body what was corrected, with evidence whose content is checked.

    Raises: Order.DoesNotExist, NotAllowed, IllegalMove, VisitRefused, FileRefused and its kinds.
    """
    order = _locked(order_id)
    permissions.require(by, Can.ANSWER, order, day_of(at))
    if not words.strip():
        raise VisitRefused("Say what was corrected.", field="words", remedy="Cause, correction, how it stays so.")
    _move(order, "answer", by, words.strip()[:200])
    with recorded(by, "answer of the body"):
        made = OrderAnswer.objects.create(order=order, words=words.strip(), by=by, at=at)
    for one in evidence:
        kept = files.store(one.content, one.media_type)
        OrderEvidence.objects.create(answer=made, file=kept, name=PurePath(one.name).name[:200] or kept.sha256[:12])
    return made


@keeps_refused
@transaction.atomic
def check_again(*, order_id: int, accepted: bool, remark: str = "", by: User, at: datetime) -> Order:
    """Say what the re-check of an answer came to: corrected, or back to the body with a remark.

    Raises: Order.DoesNotExist, NotAllowed, IllegalMove, VisitRefused.
    """
    order = _locked(order_id)
    _require_checking(by, order, at)
    if not accepted and not remark.strip():
        raise VisitRefused("Say what is still wanting.", field="remark", remedy="Write what has to be corrected.")
    answer = order.answers.order_by("-pk").first()
    _move(order, "accept" if accepted else "return", by, remark.strip()[:200] or "re-check", at)
    if answer is not None:
        answer.accepted, answer.remark = accepted, remark.strip()
        answer.checked_by, answer.checked_at = by, at
        with recorded(by, "re-check"):
            answer.save(update_fields=["accepted", "remark", "checked_by", "checked_at"])
    if accepted and order.obligation_id is not None:
        credit.discharge(obligation_id=order.obligation_id, outcome=f"{order.number} 已改正", by=None, at=at)
    _tell(order, "已改正" if accepted else f"仍需改正：{remark.strip()}", by, at)
    return order


@keeps_refused
@transaction.atomic
def declare_missed(*, order_id: int, why: str, by: User, at: datetime) -> Order:
    """Say after its day that an order was not obeyed; the obligation stays open, the credit file learns it.

    Raises: Order.DoesNotExist, NotAllowed, IllegalMove, VisitRefused.
    """
    order = _locked(order_id)
    permissions.require(by, Can.DECIDE, order, day_of(at))
    if day_of(at) <= order.due_on:
        raise VisitRefused("The time for correction is not over.", remedy="Wait until it is.")
    _move(order, "miss", by, why, at)
    _record(order, "rectification_late", f"{order.number} 逾期未改正", day_of(at), by, at)
    _tell(order, "逾期未改正", by, at)
    return order


def _require_checking(by: User, order: Order, at: datetime) -> None:
    if not permissions.seat_of(by, order.visit, day_of(at)):
        permissions.require(by, Can.DECIDE, order, day_of(at))


def _locked(order_id: int) -> Order:
    found = Order.objects.select_for_update(of=("self",)).select_related("visit", "visit__body")
    return found.get(pk=order_id)


def _move(order: Order, action: str, by: User, why: str, at: datetime | None = None) -> None:
    order.stage = ORDER.target(order.stage, action)
    if order.stage in {OrderStage.MET, OrderStage.MISSED}:
        order.ended_by, order.ended_at = by, at
    with recorded(by, why):
        order.save(update_fields=["stage", "ended_by", "ended_at"])


def _record(order: Order, kind: str, words: str, on: date, by: User | None, at: datetime) -> None:
    credit.record(
        body_id=order.visit.body_id, kind=kind, on=on, source=SOURCE, reference=order.number, words=words, by=None,
        at=at, decided_by=by,
    )  # fmt: skip


def _tell(order: Order, words: str, by: User, at: datetime) -> None:
    tell_body(
        order.visit, subject=f"责令改正 {order.number}：{words}", words=words, href=f"/visits/orders/{order.number}/",
        kind="order_to_correct", by=by, at=at,
    )  # fmt: skip


def _due(on: date, wanted: date | None) -> date:
    usual = limit(on, lawbook.number(lawbook.RECTIFICATION, "workdays", on))
    longest = limit(on, lawbook.number(lawbook.RECTIFICATION, "most_workdays", on))
    if wanted is None and usual is None:
        raise VisitRefused(
            "The holidays of that year are not announced.", field="due_on", remedy="Enter the last day yourself."
        )
    last = wanted or usual
    if last is None or last < on or (longest is not None and last > longest):
        raise VisitRefused(
            "The time for correction is too long or lies in the past.", field="due_on",
            remedy="Choose a day within the time that the law data name.",
        )  # fmt: skip
    return last
