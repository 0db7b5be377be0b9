"""The thread that a visitor can follow through the demo province: one laboratory, a few reports, each with a lesson."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from zhunsheng.demo.faults import FAULTS, TWINS, plant
from zhunsheng.demo.laboratories import VEHICLES, Laboratory
from zhunsheng.demo.reports import make_reports

SHARE_WITH_FAULT = 0.03
SHARE_CORRECTED = 0.01
STORY_FIELD, STORY_CITY = "00", "4401"


def hero(laboratories: Sequence[Laboratory]) -> Laboratory:
    """Return the laboratory that the story follows: food, in Guangzhou, with two sites where there is one.

    Where no one tests food, at least one that takes samples: none are sent to who inspects vehicles.
    """
    fitting = [one for one in laboratories if one.division.startswith(STORY_CITY)] or list(laboratories)
    return max(
        fitting, key=lambda one: (STORY_FIELD in one.fields, VEHICLES not in one.fields, len(one.sites), -one.place)
    )


def mark_statuses(laboratories: Sequence[Laboratory], today: date) -> None:
    """Let a few certificates be suspended, expired or revoked, so that every state can be seen; never the hero's."""
    spared = hero(laboratories)
    others = [one for one in laboratories if one is not spared]
    apart = max(1, min(19, (len(others) - 3) // 3))
    for one, status, days in zip(others[3::apart], ("suspended", "cancelled", "revoked"), (25, 60, 40), strict=False):
        one.status, one.status_on = status, today - timedelta(days=days)
    for one in others[7::29]:
        if one.status == "active":
            one.valid_to = today - timedelta(days=12)


def reports_of(laboratory: Laboratory, count: int, *, seed: int, today: date, days: int) -> Iterator[dict[str, Any]]:
    """Yield a laboratory's reports of the last `days`, a few with a planted mistake, a few corrected or withdrawn.

    Only reports issued by today come; a correction follows its first version three days later.
    """
    rng = random.Random(f"zhunsheng-story-{seed}-{laboratory.cma}")
    kinds = list(FAULTS)
    for report in make_reports(laboratory, count, seed=seed, first=today - timedelta(days=days), last=today):
        if date.fromisoformat(report["dates"]["issued"]) > today:
            continue
        kind = rng.choice(kinds) if rng.random() < SHARE_WITH_FAULT else ""
        planted = plant(report, laboratory, rng, kind) if kind else None
        if planted is None or kind in TWINS:
            yield report
        if planted is not None:
            yield planted
        if rng.random() < SHARE_CORRECTED:
            later = _correction(report, rng, today)
            if later is not None:
                yield later


def _correction(report: dict[str, Any], rng: random.Random, today: date) -> dict[str, Any] | None:
    issued = date.fromisoformat(report["dates"]["issued"]) + timedelta(days=3)
    if issued > today:
        return None
    withdrawal = rng.random() < 0.25
    kind = "withdrawal" if withdrawal else "correction"
    reason = "委托方信息有误，撤回本报告。" if withdrawal else "更正委托单位名称。"
    changed = {**report, "version": 2, "dates": {**report["dates"], "issued": issued.isoformat()}}
    changed["replaces"] = {"version": 1, "number": report["number"], "kind": kind, "reason": reason}
    changed["client"] = {"name": report["client"]["name"].replace("有限公司", "集团有限公司")}
    return changed
