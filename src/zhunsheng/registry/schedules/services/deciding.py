"""A person's answers to doubts: each teaches every line that asks the same, and can be taken back."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import MissingReason, recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.catalogue import services as catalogue
from zhunsheng.registry.catalogue.importing.outcome import Outcome
from zhunsheng.registry.schedules import permissions, selectors, thresholds
from zhunsheng.registry.schedules.models import Decision, Kind, Question, ScheduleSignatory
from zhunsheng.registry.schedules.permissions import Can
from zhunsheng.registry.schedules.services import signing
from zhunsheng.registry.schedules.services.entering import rewrite_entered


class UnknownEntry(DomainError):
    """What a person wrote names nothing in the catalogue."""

    code = "unknown-entry"


class AlreadyDecided(DomainError):
    """The question has an answer already, or the answer is undone already."""

    code = "already-decided"


@transaction.atomic
def decide(
    *, question_id: int, answer: str, body: Body | None, by: User | None, at: datetime, why: str
) -> tuple[Decision, int]:
    """Answer a question and return the decision with how many lines it settled.

    Args:
        answer: one of the offered entries as "=12", a code or name of the catalogue, or "" for "stays as printed".
        body: teaches this body's schedules only; None teaches all, which needs the right to.
    Raises: NotAllowed, UnknownEntry, AlreadyDecided, MissingReason.
    """
    today = timezone.localdate(at)
    _require(by, body, today)
    if not why.strip():
        raise MissingReason(str(Decision._meta.verbose_name))
    question = Question.objects.select_for_update().get(pk=question_id)
    if Decision.objects.filter(question=question, body=body, undone_at=None).exists():
        raise AlreadyDecided(
            "This text has been decided already.", field="answer", remedy="Undo the decision first, then decide anew."
        )
    target, words = _target(question, answer)
    with recorded(by, why):
        decision = Decision.objects.create(
            question=question, body=body, target=target, target_text=words, by=by, at=at, why=why[:300],
            rule_version=thresholds.acceptance(today)[1],
        )  # fmt: skip
    kind = question.kind
    lines = selectors.lines_of_question(question)
    if body is not None:
        lines = lines.filter(schedule__body=body)
    settled = lines.update(
        **{f"{kind}_question": None, f"{kind}_decision": decision, _column(kind): target}, doubts=F("doubts") - 1
    )
    return decision, settled


@transaction.atomic
def undo(*, decision_id: int, by: User | None, at: datetime, why: str) -> int:
    """Take a decision back: its lines are in doubt again, also those entered in the register. Return how many.

    Raises: NotAllowed, AlreadyDecided, MissingReason.
    """
    decision = Decision.objects.select_for_update(of=("self",)).select_related("question", "body").get(pk=decision_id)
    _require(by, decision.body, timezone.localdate(at))
    if not why.strip():
        raise MissingReason(str(Decision._meta.verbose_name))
    if decision.undone_at is not None:
        raise AlreadyDecided("This decision has been undone already.", field="decision", remedy="Reload the page.")
    decision.undone_at, decision.undone_by, decision.undone_why = at, by, why[:300]
    with recorded(by, why):
        decision.save(update_fields=["undone_at", "undone_by", "undone_why"])
    kind = decision.question.kind
    lines = selectors.lines_of_decision(decision)
    entered = list(lines.filter(entered=True))
    count = lines.update(
        **{f"{kind}_decision": None, f"{kind}_question": decision.question, _column(kind): None},
        doubts=F("doubts") + 1,
    )
    if entered and kind == Kind.PERSON:
        signing.take_back([one for one in entered if isinstance(one, ScheduleSignatory)], by=by, at=at, why=why)
    elif entered:
        rewrite_entered(line_ids=[one.pk for one in entered], by=by, at=at, why=why)
    return count


def make_synonym(*, decision_id: int, by: User | None, at: datetime, why: str) -> Outcome:
    """Let a decided text become a synonym in the catalogue, by the catalogue's own rules and rights.

    Raises: NotAllowed, UnknownEntry for a decision that names no object or parameter.
    """
    decision = Decision.objects.select_related("question").get(pk=decision_id)
    kind = decision.question.kind
    if decision.target is None or decision.undone_at is not None or kind in (Kind.METHOD, Kind.PERSON):
        raise UnknownEntry(
            "Only a decision for an object or a parameter can become a synonym.",
            field="decision",
            remedy="Decide the text for an entry of the catalogue first.",
        )
    code = selectors.code_of(kind, decision.target)
    row = {"kind": kind, "of": code, "text": decision.question.text, "language": "zh"}
    return catalogue.import_rows(kind="synonyms", rows=[row], by=by, at=at, why=why)


def _require(by: User | None, body: Body | None, on: date) -> None:
    if body is None:
        permissions.require_somewhere(by, Can.DECIDE_FOR_ALL, on)
    else:
        permissions.require(by, Can.DECIDE, body, on)


def _target(question: Question, answer: str) -> tuple[int | None, str]:
    wanted = answer.strip()
    if not wanted:
        return None, ""
    if wanted.startswith("="):
        options = {
            str(pk): code if question.kind == Kind.METHOD else name
            for pk, code, name, _likely in selectors.options_of(question)
        }
        if wanted[1:] in options:
            return int(wanted[1:]), options[wanted[1:]][:300]
    else:
        found = selectors.entry_named(question, wanted)
        if found is not None:
            return found[0], found[1][:300]
    raise UnknownEntry(
        "The catalogue knows no “%(text)s”.",
        params={"text": wanted[:80]},
        field="answer",
        remedy="Write a code or name as the catalogue has it, or choose “stays as printed”.",
    )


def _column(kind: str) -> str:
    return "edition_id" if kind == Kind.METHOD else f"{kind}_id"
