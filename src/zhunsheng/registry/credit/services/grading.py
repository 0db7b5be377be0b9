"""Compute grades: for one body or all, on a day, each sealed with its scorecard, inputs and words."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import create_recorded, recorded, update_recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.credit import scorecard_book
from zhunsheng.registry.credit.models import CreditEvent, Grade, Origin, Rates, Scoring, Stale
from zhunsheng.registry.credit.permissions import Can
from zhunsheng.registry.credit.rules.scorecard import LETTERS, Scorecard
from zhunsheng.registry.credit.rules.scoring import Result, score
from zhunsheng.registry.credit.rules.telling import inputs_told, points, result_told
from zhunsheng.registry.credit.selectors.inputs import Known, facts_of, graded, rates_on, with_rates
from zhunsheng.registry.credit.services.announcing import announce

BATCH = 1000
LEDGER_KIND = "credit.grade"
WHY = "grades computed"


@dataclass
class Computed:
    """What a computing did: bodies looked at, scorings written, grades that moved as (body, before, after)."""

    bodies: int = 0
    written: int = 0
    moved: list[tuple[Body, str, str]] = field(default_factory=list)


def compute_grades(
    *,
    on: date,
    by: User | None,
    at: datetime,
    body_ids: Collection[int] | None = None,
    tell: Callable[[int], None] | None = None,
) -> Computed:
    """Compute the grades of bodies on a day, all or some, and write those whose inputs or outcome changed.

    Safe to repeat and to be cut off: bodies are computed a thousand at a time, each batch in one transaction.

    Args:
        by: None for the system itself; else a person, whose bodies are those of their place.
        tell: called with the number of bodies done.
    Raises: NotAllowed.
    """
    bodies = graded(on, body_ids)
    if by is not None:
        reach = policy.reach_of(by, Can.GRADE, timezone.localdate(at))
        if not reach:
            raise NotAllowed(Can.GRADE)
        bodies = bodies.filter(reach.as_q())
    ids = list(bodies.order_by("pk").values_list("pk", flat=True))
    done = Computed()
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        with transaction.atomic():
            _compute(part, on, by, at, done)
        if tell is not None:
            tell(len(part))
    with transaction.atomic():
        announce(done.moved, on=on, by=by, at=at)
    return done


def sealed_scoring(scoring: Scoring, slug: str) -> str:
    """Return the SHA-256 of what the log seals of a computing, in hexadecimal."""
    return canonical_digest(
        {
            "body": slug,
            "on": scoring.on.isoformat(),
            "version": scoring.version,
            "rates": scoring.rates.sha256 if scoring.rates else "",
            "before": scoring.before,
            "inputs": scoring.inputs_sha256,
            "result": scoring.result,
            "words": scoring.words,
        }
    )


def _compute(ids: Sequence[int], on: date, by: User | None, at: datetime, done: Computed) -> None:
    list(Body.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))
    rates = rates_on(on)
    card = with_rates(scorecard_book.scorecard(on), rates)
    newest = {one.body_id: one for one in Scoring.objects.filter(body_id__in=ids, newest=True)}
    present = {one.body_id: one for one in Grade.objects.filter(body_id__in=ids, until=None)}
    bases = _bases(newest, present, card.lowest)
    made: list[tuple[Known, Scoring]] = []
    for known in facts_of(graded(on, ids), on, at):
        last = newest.get(known.body.pk)
        if last is not None and last.on > on:
            continue  # a later day was computed already
        one = _scored(known, card, rates, bases.get(known.body.pk, ""), on)
        one.made_by, one.made_at = by, at
        if last is None or not _same(last, one):
            made.append((known, one))
    _write(made, by, at)
    moved = _regrade(made, present, on, by, at)
    Stale.objects.filter(body_id__in=ids, since__lte=at).delete()
    done.bodies, done.written = done.bodies + len(ids), done.written + len(made)
    done.moved += moved


def _bases(newest: dict[int, Scoring], present: dict[int, Grade], lowest: str) -> dict[int, str]:
    """Return the class by score, of which one is the lowest, from which each body's hysteresis begins.

    That of the newest computing which rests on no event withdrawn since: what a wrong event did must not linger.
    """
    entered = {pk: one.grade for pk, one in present.items() if one.origin != Origin.COMPUTED}
    found = {pk: max(letter, lowest, key=LETTERS.index) for pk, letter in entered.items()}
    found |= {pk: one.result["by_score"] for pk, one in newest.items()}
    gone = CreditEvent.objects.filter(body_id__in=list(newest)).exclude(withdrawn_at=None)
    withdrawn: dict[int, set[int]] = {}
    for body_id, pk in gone.values_list("body_id", "pk"):
        withdrawn.setdefault(body_id, set()).add(pk)
    touched = [pk for pk in withdrawn if _rests_on(newest[pk], withdrawn[pk])]
    clean: dict[int, str] = {}
    for one in Scoring.objects.filter(body_id__in=touched).order_by("-on", "-pk"):
        if one.body_id not in clean and not _rests_on(one, withdrawn[one.body_id]):
            clean[one.body_id] = one.result["by_score"]
    return found | dict.fromkeys(touched, "") | clean


def _rests_on(scoring: Scoring, events: set[int]) -> bool:
    return any(key in events for key, _kind, _day in scoring.inputs["events"])


def _scored(known: Known, card: Scorecard, rates: Rates | None, before: str, on: date) -> Scoring:
    result = score(card, known.facts, on, before)
    inputs = inputs_told(known.facts)
    made = Scoring(
        body=known.body, on=on, score=result.score, letter=result.letter, before=before, field=known.facts.stratum,
        version=card.version, rates=rates, inputs=inputs, inputs_sha256=canonical_digest(inputs),
        result=result_told(result), words=_words(result, on),
    )  # fmt: skip
    made.sha256 = sealed_scoring(made, known.body.slug)
    return made


def _words(result: Result, on: date) -> str:
    told = f"计分 {points(result.score)} 分，等级 {result.letter}"
    if result.forced_by:
        return f"{scorecard_book.titles(on)[result.forced_by]['zh']}；{told}"
    return f"{told}（不低于A级的概率 {result.chances[1]:.0%}，不低于B级的概率 {result.chances[0]:.0%}）"


def _same(last: Scoring, one: Scoring) -> bool:
    return (last.inputs_sha256, last.version, last.rates_id, last.result) == (
        one.inputs_sha256, one.version, one.rates_id, one.result,
    )  # fmt: skip


def _write(made: Sequence[tuple[Known, Scoring]], by: User | None, at: datetime) -> None:
    ids = [known.body.pk for known, _one in made]
    Scoring.objects.filter(body_id__in=ids, newest=True).update(newest=False)
    Scoring.objects.bulk_create([one for _known, one in made], batch_size=500)
    ledger.append_many([ledger.NewEntry(LEDGER_KIND, one.sha256, known.body.slug, at) for known, one in made])


def _regrade(
    made: Sequence[tuple[Known, Scoring]], present: dict[int, Grade], on: date, by: User | None, at: datetime
) -> list[tuple[Body, str, str]]:
    """Let the grades follow their computings; what an officer or another platform entered stands."""
    replaced = set(scorecard_book.classes_on(on).values["replaces"])
    ended: list[Grade] = []
    changed: list[Grade] = []
    new: list[Grade] = []
    moved = []
    for known, one in made:
        held = present.get(known.body.pk)
        if held is not None and (held.grade == one.letter or held.origin not in replaced):
            continue
        before = held.grade if held else ""
        if held is not None and held.since >= on:  # a second computing of the day: the history keeps the first
            held.grade, held.scoring, held.reason = one.letter, one, one.words
            changed.append(held)
        else:
            if held is not None:
                held.until = on - timedelta(days=1)
                ended.append(held)
            new.append(_grade(one, before, by, at))
        if before:
            moved.append((known.body, before, one.letter))
    with recorded(by, WHY):
        update_recorded(Grade, ended, ["until"])
        update_recorded(Grade, changed, ["grade", "scoring", "reason"])
        create_recorded(Grade, new)
    return moved


def _grade(scoring: Scoring, before: str, by: User | None, at: datetime) -> Grade:
    values: dict[str, Any] = {"grade": scoring.letter, "since": scoring.on, "before": before, "scoring": scoring}
    return Grade(
        body_id=scoring.body_id, origin=Origin.COMPUTED, basis=scoring.version, rule_version=scoring.version,
        reason=scoring.words, set_by=by, set_at=at, **values,
    )  # fmt: skip
