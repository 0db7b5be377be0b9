"""The signatories of a schedule: kept when it is read, asked about where in doubt, entered with its lines."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies import services as bodies
from zhunsheng.registry.schedules import selectors
from zhunsheng.registry.schedules.models import Kind, Question, Schedule, ScheduleSignatory
from zhunsheng.registry.schedules.rules.mapping import Part
from zhunsheng.registry.schedules.rules.reasons import Match
from zhunsheng.registry.schedules.rules.signing import Meant, Signing, meant_by, person_key
from zhunsheng.registry.schedules.services.asking import decisions_for, digest_of


def keep(schedule: Schedule, found: Sequence[Signing]) -> None:
    """Store the signatories of a file that was read to its end, each with its person or its question."""
    staff = selectors.staff_of(schedule.body_id)
    meant = [meant_by(one.name, one.title, staff, schedule.on) for one in found]
    questions = _ask(schedule, [pair for pair in zip(found, meant, strict=True) if pair[1].doubt is not None])
    decided = decisions_for(list(questions.values()), schedule.body_id)
    rows = []
    for place, (one, who) in enumerate(zip(found, meant, strict=True), start=1):
        question = questions[digest_of(_part(schedule, one, who))] if who.doubt is not None else None
        decision = decided.get(question) if question is not None else None
        rows.append(
            ScheduleSignatory(
                schedule=schedule, position=place, sheet=one.sheet[:60], row=one.row, name=one.name, title=one.title,
                field=one.field, remark=one.remark, person_id=decision.target if decision else who.person,
                person_question_id=None if decision else question, person_decision=decision,
                doubts=int(question is not None and decision is None),
            )
        )  # fmt: skip
    ScheduleSignatory.objects.filter(schedule=schedule).delete()
    ScheduleSignatory.objects.bulk_create(rows, batch_size=500)


def enter_ready(schedule: Schedule, at: datetime) -> tuple[int, int]:
    """Enter the signatories that are clear; return how many are new in the register and how many have ended there.

    Raises: NotAllowed.
    """
    ready = list(ScheduleSignatory.objects.filter(schedule=schedule, doubts=0).order_by("position"))
    certificate = schedule.accreditation
    done = bodies.write_signatories(
        body_id=schedule.body_id,
        rights=[bodies.Granted(one.person_id, one.name, one.title, one.field, one.remark) for one in ready],
        first=certificate.valid_from, last=certificate.valid_to, by=schedule.entered_by, at=at, why=schedule.why,
    )  # fmt: skip
    for one, signed in zip(ready, done, strict=True):
        one.signatory_id, one.entered = signed.signatory_id, not signed.ended
        one.made = one.made or signed.made
    ScheduleSignatory.objects.bulk_update(ready, ["signatory", "entered", "made"], batch_size=500)
    return len({one.signatory_id for one in done if one.made}), sum(one.ended for one in done)


def take_back(signatories: Sequence[ScheduleSignatory], *, by: User | None, at: datetime, why: str) -> None:
    """Strike rights that these rows brought into the register, after a decision about their persons was taken back.

    Raises: NotAllowed.
    """
    made = [one.signatory_id for one in signatories if one.made and one.signatory_id is not None]
    ScheduleSignatory.objects.filter(Q(pk__in=[one.pk for one in signatories]) | Q(signatory_id__in=made)).update(
        signatory=None, entered=False, made=False
    )
    if made:
        bodies.strike_signatories(signatory_ids=made, by=by, at=at, why=why)


def _ask(schedule: Schedule, doubtful: Sequence[tuple[Signing, Meant]]) -> dict[str, int]:
    """Ask about the persons in doubt, each name once for the body; return the questions by their keys."""
    parts: dict[str, tuple[Part, Signing, Meant]] = {}
    for one, who in doubtful:
        part = _part(schedule, one, who)
        parts.setdefault(digest_of(part), (part, one, who))
    Question.objects.bulk_create(
        (
            Question(
                kind=Kind.PERSON, digest=digest, text=one.name, key=part.key[:300], context=part.context,
                context_text=f"{schedule.body.name} {one.title}".strip()[:200],
                candidates=[list(pair) for pair in who.candidates],
                reasons=[["person", who.doubt.code, who.doubt.fact[:120]]] if who.doubt else [],
            )
            for digest, (part, one, who) in parts.items()
        ),
        ignore_conflicts=True, batch_size=500,
    )  # fmt: skip
    return dict(Question.objects.filter(digest__in=parts).values_list("digest", "pk"))


def _part(schedule: Schedule, one: Signing, who: Meant) -> Part:
    match = Match(who.person, 0.0, (who.doubt,) if who.doubt else (), who.candidates)
    return Part(Kind.PERSON.value, one.name, match, person_key(one.name), f"body:{schedule.body_id}")
