"""Questions for what is in doubt in a chunk of lines, and the answers that people gave to the same before."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q

from zhunsheng.registry.schedules.models import Decision, Kind, Question, Schedule
from zhunsheng.registry.schedules.rules.mapping import Line, Part

Answers = Callable[[Line], list[Any]]
_AT_ONCE = 500


def digest_of(part: Part) -> str:
    """Return the key under which the same text in the same context is one question."""
    text = "\x1f".join((part.kind, part.key[:300], part.context[:200]))
    return hashlib.sha256(text.encode()).hexdigest()[:40]


class Asking:
    """Holds the questions of one schedule that were met so far, each with the decision that answers it."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self._known: dict[str, tuple[int, Decision | None]] = {}

    def answers(self, lines: Sequence[Line]) -> Answers:
        """Ask what is new in these lines (three queries for 500 questions) and return what each line's columns get."""
        fresh: dict[str, tuple[Part, str]] = {}
        for line in lines:
            for part in line.parts:
                if self.in_doubt(part) and (digest := digest_of(part)) not in self._known:
                    fresh[digest] = (part, line.object.text if part.kind == Kind.PARAMETER else line.printed.domain)
        if fresh:
            self._ask(fresh)
        return self._answer

    def in_doubt(self, part: Part) -> bool:
        """Tell whether a part must be asked about."""
        return part.match.target is None or part.match.confidence < self._schedule.confidence

    def _ask(self, parts: dict[str, tuple[Part, str]]) -> None:
        Question.objects.bulk_create(
            (
                Question(
                    kind=part.kind, digest=digest, text=part.text[:300], key=part.key[:300],
                    context=part.context[:200], context_text=context[:200], candidates=_candidates(part),
                    reasons=[[part.kind, one.code, one.fact[:120]] for one in part.match.reasons],
                )
                for digest, (part, context) in parts.items()
            ),
            ignore_conflicts=True, batch_size=_AT_ONCE,
        )  # fmt: skip
        digests = list(parts)
        for start in range(0, len(digests), _AT_ONCE):
            asked = Question.objects.filter(digest__in=digests[start : start + _AT_ONCE])
            found = dict(asked.values_list("digest", "pk"))
            decided = decisions_for(list(found.values()), self._schedule.body_id)
            self._known |= {digest: (pk, decided.get(pk)) for digest, pk in found.items()}

    def _answer(self, line: Line) -> list[Any]:
        targets: list[int | None] = []
        questions: list[int | None] = []
        decisions: list[int | None] = []
        for part in line.parts:
            if not self.in_doubt(part):
                targets.append(part.match.target)
                questions.append(None)
                decisions.append(None)
                continue
            question, decision = self._known[digest_of(part)]
            targets.append(decision.target if decision else None)
            questions.append(None if decision else question)
            decisions.append(decision.pk if decision else None)
        return [*targets, *questions, *decisions, sum(1 for one in questions if one is not None)]


def decisions_for(question_ids: Sequence[int], body_id: int) -> dict[int, Decision]:
    """Return the decision that answers each question for a body: one for everyone goes before the body's own."""
    held = Decision.objects.filter(Q(body=None) | Q(body_id=body_id), question_id__in=question_ids, undone_at=None)
    found: dict[int, Decision] = {}
    for decision in held:
        if decision.body_id is None or decision.question_id not in found:
            found[decision.question_id] = decision
    return found


def _candidates(part: Part) -> list[list[float]]:
    listed: list[list[float]] = [[pk, score] for pk, score in part.match.candidates]
    if part.match.target is not None and part.match.target not in {pk for pk, _score in part.match.candidates}:
        listed.insert(0, [part.match.target, part.match.confidence])
    return listed[:6]
