"""What the page of a draw shows, from codes to words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from zhunsheng.foundation.draws import frames
from zhunsheng.platform.draws.lifecycle import SourceKind
from zhunsheng.platform.draws.models import Draw
from zhunsheng.platform.draws.words import (
    condition_words,
    kind_words,
    local_titles,
    method_words,
    purpose_words,
    rank_words,
    reason_words,
    titled,
)
from zhunsheng.platform.reading import listed

__all__ = ["entries_of", "kind_words", "needs_of", "result_of", "source_of"]
MOST_BARRED = 200


@dataclass(frozen=True, slots=True)
class Party:
    """A party of a commit and reveal: name, digest, and the secret once it is revealed."""

    name: str
    sha256: str
    secret: str


@dataclass(frozen=True, slots=True)
class EntryShown:
    """An attempt to enter the source; the value is shown once it is no secret."""

    at: datetime
    part: str
    refused: str
    counts: bool
    value: str


@dataclass(frozen=True, slots=True)
class Step:
    """A seat as it was drawn."""

    seat: int
    purpose: str
    among: int
    drawn: str


def source_of(draw: Draw) -> dict[str, Any]:
    """Return the source: parties with digests, or the reference, and the line that entered the seed."""
    parties = []
    if draw.source == SourceKind.TWO_PARTY:
        for part, text in zip("ab", draw.reference.split(";"), strict=True):
            name, _equals, digest = text.partition("=")
            secret = draw.material.get(part, "") if draw.transcript else ""
            parts = Party(name, digest, secret)
            parties.append(parts)
    shown = "" if parties else next(iter(draw.material.values()), "")
    return {"parties": parties, "reference": "" if parties else draw.reference, "material": shown}


def needs_of(draw: Draw) -> list[tuple[str, str]]:
    """Return what was asked of the draw, in words."""
    given = draw.parameters
    titles = local_titles(given.get("titles") or {})
    if draw.kind == "panel":
        weights = _("load %(load)s; rest %(rest)s") % {
            "load": _weights(given.get("load_weights", [1])),
            "rest": _weights(given.get("rest_weights", [1])),
        }
        found = [
            (_("Seats"), str(given.get("size", ""))),
            (_("Fields to cover"), listed(titled(one, titles) for one in given.get("fields", []))),
            (_("Ranks that may lead"), listed(rank_words(one) for one in given.get("leader_ranks", []))),
            (_("Weights of the lots"), weights),
        ]
        seated = given.get("seated") or []
        return [*found, (_("Seated already"), listed(seated))] if seated else found
    if draw.kind == "sample":
        asked = listed(f"{titled(name, titles) or '—'}: {n}" for name, n in given.get("n", {}).items())
        return [
            (_("Method of sampling"), method_words(str(given.get("method", "")))),
            (_("To be drawn"), asked),
            (_("Least probability"), str(given.get("floor", "0"))),
        ]
    if draw.kind == "inspectors":
        return [
            (
                _("Rule of the draw"),
                _("two inspectors for every visit, one of whom may lead; lowest sum of random costs"),
            )
        ]
    return [(name, str(value)) for name, value in given.items() if name != "titles"]


def _weights(weights: list[int]) -> str:
    return " · ".join(map(str, weights))


def entries_of(draw: Draw) -> list[EntryShown]:
    """Return every attempt to enter the source, without secrets.

    What one person entered is not shown before another entered the same: the second must not copy it.
    """
    secret = draw.source == SourceKind.TWO_PARTY
    return [
        EntryShown(
            one.at, one.part, one.refused, one.counts, "" if secret or one.part not in draw.material else one.value
        )
        for one in draw.entries.order_by("at", "pk")
    ]


def result_of(draw: Draw) -> dict[str, Any] | None:
    """Return the result in words, None before the draw."""
    result = draw.result
    if result is None:
        return None
    titles = local_titles(draw.parameters.get("titles") or {})
    if result.get("outcome") != "drawn":
        return {"blocking": [condition_words(one, titles) for one in result.get("blocking", [])]}
    if draw.kind == "panel":
        return _panel(draw, result, titles)
    if draw.kind == "sample":
        pi, names = result["pi"], {row["id"]: row.get("name", "") for row in frames.read_frame(draw.frame)}
        return {"selected": [(one, names[one], round(pi[one], 6)) for one in result["selected"]]}
    if draw.kind == "inspectors":
        return _inspectors(draw, result)
    return {"other": [(name, str(value)) for name, value in result.items() if name != "outcome"]}


def _inspectors(draw: Draw, result: dict[str, Any]) -> dict[str, Any]:
    rows = frames.read_frame(draw.frame)
    names = {row["id"]: row.get("name", "") for row in rows if row["role"] == "visit"}
    return {
        "pairs": [(visit, names[visit], leader, second) for visit, (leader, second) in sorted(result["pairs"].items())],
        "possible": result["possible"],
        "inspectors": len(rows) - len(names),
    }


def _panel(draw: Draw, result: dict[str, Any], titles: dict[str, Any]) -> dict[str, Any]:
    rows = {row["id"]: row for row in frames.read_frame(draw.frame)}
    barred = [
        (one, listed(reason_words(reason) for reason in row["barred"].split()))
        for one, row in rows.items()
        if row.get("barred")
    ]
    covers = {
        one: listed(titled(name, titles) for name, by in result["covered"].items() if one in by)
        for one in [result["leader"], *result["members"]]
    }
    return {
        "leader": (result["leader"], covers[result["leader"]]),
        "members": [(one, covers[one]) for one in result["members"]],
        "steps": [
            Step(place, purpose_words(one["for"], titles), one["among"], one["drawn"])
            for place, one in enumerate(result["steps"], 1)
        ],
        "barred": barred[:MOST_BARRED],
        "barred_more": max(len(barred) - MOST_BARRED, 0),
        "reasons": [(reason_words(reason), count) for reason, count in result["barred"].items()],
        "candidates": len(rows),
    }
