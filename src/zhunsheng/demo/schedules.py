"""Capability schedules of the demo province as laboratories print them: made up, messy, read, with doubts left open."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db.models import F
from django.utils.translation import gettext_noop

from zhunsheng.registry.bodies.models import Body, ScopeLine
from zhunsheng.registry.catalogue.models import StandardEdition
from zhunsheng.registry.schedules import selectors, services
from zhunsheng.registry.schedules.measuring.labelled import (
    Labelled,
    Rates,
    Triple,
    Truth,
    make_rows,
    write_csv,
    write_xlsx,
)
from zhunsheng.registry.schedules.measuring.noise import DEVELOPMENT
from zhunsheng.registry.schedules.models import Question

WHY = gettext_noop("Data of the demonstration province")
ROWS = 120
_RATES = Rates(number=0.25, name=0.12, unknown=0.08, several_parameters=0.06, several_methods=0.06)


def load_schedules(hero: Body, *, seed: int, at: datetime) -> int:
    """Hand in and read made-up schedules of three bodies, enter the good lines of one, answer one doubt for all.

    Return how many lines were read.
    """
    synonyms = selectors.synonyms_by_parameter()
    bodies = [hero, *others(hero)]
    lines = 0
    for number, body in enumerate(bodies):
        made_up = make_rows(_scope_of(body), DEVELOPMENT, ROWS, seed=seed + number, synonyms=synonyms, rates=_RATES)
        rows = _mostly_once(made_up)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / (f"能力附表-{body.slug}." + ("csv" if number % 2 else "xlsx"))
            (write_csv if number % 2 else write_xlsx)(rows, path)
            with path.open("rb") as content:
                made, _new = services.receive(
                    body=body, name=path.name, content=content, whole=True, by=None, at=at, why=WHY
                )
        lines += services.read_schedule(schedule_id=made.pk).lines_total
        if number == len(bodies) - 1:
            services.start_entering(schedule_id=made.pk, whole=False, by=None, at=at, why=WHY)
            services.enter(schedule_id=made.pk, at=at)
    first = Question.objects.filter(candidates__0__isnull=False).order_by("pk").first()
    if first is not None:
        services.decide(question_id=first.pk, answer=f"={first.candidates[0][0]}", body=None, by=None, at=at, why=WHY)
    return lines


def others(hero: Body) -> list[Body]:
    """Return two more bodies: any, and one that tests drinking water, whose standards were replaced in 2023."""
    rest = Body.objects.filter(generated=True).exclude(pk=hero.pk).order_by("pk")
    water = rest.filter(scope_lines__method_base__startswith="GB/T 5750").distinct().last()
    return list(dict.fromkeys(body for body in (rest.first(), water) if body is not None))


def _mostly_once(rows: Sequence[Labelled]) -> list[Labelled]:
    """Leave out rows that grant what another grants, all but two of them: one schedule doubles few lines."""
    kept: list[Labelled] = []
    seen: set[Truth] = set()
    doubled = 0
    for row in rows:
        again = bool(row.truth & seen)
        doubled += again
        if not again or doubled <= 2:
            kept.append(row)
        seen |= row.truth
    return kept


def _scope_of(body: Body) -> list[Triple]:
    rows = (
        ScopeLine.objects.filter(body=body, object__isnull=False, parameter__isnull=False, edition__isnull=False)
        .order_by("pk")
        .values_list(
            "domain", "object_id", F("object__name"), "parameter_id", F("parameter__name"), "edition_id",
            F("edition__code"), F("edition__standard__title"),
        )
    )  # fmt: skip
    held = [Triple(*row) for row in rows]
    return [*held, *_by_older_editions(held)]


def _by_older_editions(held: Sequence[Triple]) -> list[Triple]:
    """Return the same lines by editions that were replaced: what old certificates still print."""
    replaced = StandardEdition.objects.filter(replaced_by_id__in={one.edition_id for one in held})
    older = {one.replaced_by_id: one for one in replaced}
    return [
        replace(one, edition_id=older[one.edition_id].pk, code=older[one.edition_id].code)
        for one in held
        if one.edition_id in older
    ]
