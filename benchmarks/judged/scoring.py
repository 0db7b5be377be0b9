"""Scores the search against the judged queries: nDCG@5, mean reciprocal rank, success at 1.

A body's gain is 3 when it holds, on the day and under a valid certificate, a current line of a wanted parameter,
object, standard and region (all wanted parameters where all are asked); 1 when only a superseded edition, a suspended
certificate or a line for a wider object stands against that; else 0. Where nobody can do it ("nobody" in the reason),
the right answer is none, or one that says what was left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.judged.world import DAY, PRINTED, Row, rows
from zhunsheng.registry.bodies.models import Accreditation, Body, ScopeLine
from zhunsheng.registry.bodies.rules.standing import holds_on, status_on
from zhunsheng.registry.capabilities.selectors import search
from zhunsheng.registry.catalogue.selectors import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

TOP = 5
MEANT = {printed: name for name, printed in PRINTED.items()}
"""What the printed names mean, whether or not the catalogue knows them."""
GOOD, HALF = 3, 1


@dataclass(frozen=True)
class Held:
    """A line as its schedule states it, read from the database."""

    body: int
    objects: tuple[str, ...]
    parameter: str
    base: str
    division: str
    sound: bool


@dataclass(frozen=True)
class Score:
    """How one query did."""

    query: str
    ndcg: float
    reciprocal: float
    first: bool
    why: str


def truth() -> list[Held]:
    """Return every line that holds on the day under a certificate that is valid or suspended."""
    words = Vocabulary.current()
    standing = {one.pk: status_on(one, DAY) for one in Accreditation.objects.prefetch_related("periods")}
    place = dict(Body.objects.values_list("pk", "division_id"))
    held = []
    for line in ScopeLine.objects.select_related("edition"):
        if not holds_on(line, DAY) or standing[line.accreditation_id] not in ("active", "suspended"):
            continue
        method = words.method(line.method_text)
        current = method.edition is None or method.edition.status == "in_force"
        named = MEANT.get(line.object_text, line.object_text)
        found, keys = words.object_id(named), [words.object_key(named)]
        keys += [words.object_codes[one] for one in words.object_ancestors(found)] if found is not None else []
        sound = current and standing[line.accreditation_id] == "active"
        parameter = words.parameter_key(MEANT.get(line.parameter_text, line.parameter_text))
        held.append(Held(line.body_id, tuple(keys), parameter, method.base, place[line.body_id] or "", sound))
    return held


def gains(row: Row, held: Iterable[Held]) -> dict[int, int]:
    """Return the gain of every body that has one for a query."""
    groups = [set(filter(None, part.split("|"))) for part in row["parameter"].split("&")]
    wanted, regions = set(filter(None, row["object"].split("|"))), tuple(_prefixes(row["region"]))
    above = {code for one in wanted for code in _above(one)}
    best: dict[int, list[int]] = {}
    for line in held:
        if not line.division.startswith(regions) or (row["standard"] and line.base != row["standard"]):
            continue
        near = not wanted or bool(wanted.intersection(line.objects))
        if not near and line.objects[0] not in above:
            continue
        worth = GOOD if near and line.sound else HALF
        for place, group in enumerate(groups):
            if not group or line.parameter in group:
                got = best.setdefault(line.body, [0] * len(groups))
                got[place] = max(got[place], worth)
    return {body: min(got) for body, got in best.items() if min(got)}


def _above(code: str) -> set[str]:
    words = Vocabulary.current()
    found = words.object_id(code)
    return {words.object_codes[one] for one in words.object_ancestors(found)} if found is not None else set()


def _prefixes(region: str) -> list[str]:
    return [part.rstrip("0") if len(part) == 6 and part.endswith("00") else part for part in region.split("|")]


def score(row: Row, held: list[Held]) -> Score:
    """Return how the search does on a query."""
    answer = search(row["query"], on=DAY, limit=TOP)
    if "nobody" in row["why"]:
        right = answer.total == 0 or bool(answer.gave_up)
        return Score(row["query"], float(right), float(right), right, row["why"])
    known = gains(row, held)
    if not known:
        raise ValueError(f"nobody in the judged province answers “{row['query']}”")
    got = [known.get(found.body, 0) for found in answer.found]
    ideal = sorted(known.values(), reverse=True)[:TOP]
    rank = next((place for place, gain in enumerate(got, 1) if gain == max(ideal)), 0)
    return Score(row["query"], _dcg(got) / _dcg(ideal), 1 / rank if rank else 0.0, rank == 1, row["why"])


def _dcg(found: list[int]) -> float:
    return sum((2**gain - 1) / math.log2(place + 1) for place, gain in enumerate(found, 1))


def score_all() -> list[Score]:
    """Return the scores of all judged queries, in the order of the file."""
    held = truth()
    return [score(row, held) for row in rows("queries.csv")]
