"""Estimate what is usual among bodies, field by field: the priors that small bodies are pulled to."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.foundation.stats import grading
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.registry.credit import scorecard_book
from zhunsheng.registry.credit.models import Rates
from zhunsheng.registry.credit.permissions import Can
from zhunsheng.registry.credit.rules.scorecard import RATE, SHARE, Indicator
from zhunsheng.registry.credit.rules.scoring import QUARTERS_A_YEAR, BodyFacts, forward, within
from zhunsheng.registry.credit.selectors.inputs import facts_of, graded, rates_on

Counts = tuple[list[float], list[float]]


@transaction.atomic
def estimate_rates(*, on: date, by: User | None, at: datetime) -> Rates:
    """Estimate the usual rates of every field with enough bodies, and of all together, in force from a day on.

    A second estimate for the same day changes nothing.
    Raises: NotAllowed.
    """
    if by is not None and not policy.reach_of(by, Can.GRADE, timezone.localdate(at)):
        raise NotAllowed(Can.GRADE)
    known = Rates.objects.filter(since=on).first()
    if known is not None:
        return known
    card = scorecard_book.scorecard(on)
    everybody = [one.facts for one in facts_of(graded(on), on, at)]
    values: dict[str, dict[str, Any]] = {}
    for indicator in card.indicators:
        if indicator.sort in (SHARE, RATE):
            values[indicator.id] = _fitted(indicator, everybody, on)
    told = {name: {where: [f"{one:.4f}" for one in pair] for where, pair in by.items()} for name, by in values.items()}
    return Rates.objects.create(
        since=on, version=card.version, values=values, bodies=len(everybody), sha256=canonical_digest(told),
        made_by=by, made_at=at,
    )  # fmt: skip


def rates_due(on: date) -> bool:
    """Tell whether the usual rates are to be estimated: never done, or older than law lets them be."""
    last = rates_on(on)
    return last is None or forward(last.since, int(scorecard_book.classes_on(on).values["rates_months"])) <= on


def _fitted(indicator: Indicator, everybody: list[BodyFacts], on: date) -> dict[str, list[float]]:
    least = int(scorecard_book.classes_on(on).values["least_bodies"])
    by_field: dict[str, Counts] = defaultdict(lambda: ([], []))
    for facts in everybody:
        cases, of = _counted(indicator, facts, on)
        if of > 0:
            for where in {"", facts.stratum}:
                by_field[where][0].append(cases)
                by_field[where][1].append(of)
    fit = grading.fit_beta if indicator.sort == SHARE else grading.fit_gamma
    return {where: list(fit(*pair)) for where, pair in sorted(by_field.items()) if len(pair[0]) >= least}


def _counted(indicator: Indicator, facts: BodyFacts, on: date) -> tuple[float, float]:
    inside = [one.kind for one in facts.events if within(one, on, indicator.months)]
    bad = sum(kind in indicator.kinds for kind in inside)
    if indicator.sort == SHARE:
        return bad, bad + sum(kind in indicator.good for kind in inside)
    return bad, facts.facts.get("quarters", 0) / QUARTERS_A_YEAR
