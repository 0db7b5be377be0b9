"""Hands the demo laboratories' reports in day by day, signed by their keys, through the ordinary intake."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import msgspec

from zhunsheng.demo.bodies import key_name, key_of
from zhunsheng.demo.catalogue import DemoRefused
from zhunsheng.demo.laboratories import Laboratory
from zhunsheng.demo.oddities import altered, chosen
from zhunsheng.demo.reports import HERE, worth
from zhunsheng.demo.story import hero, reports_of
from zhunsheng.foundation.signing import PrivateKey
from zhunsheng.oversight.reports.format import sign_report
from zhunsheng.oversight.reports.models import Channel
from zhunsheng.oversight.reports.permissions import OPERATOR
from zhunsheng.oversight.reports.services.intake import receive_many

DAYS = 90
HANDED_IN = time(18, 0)


def calendar(
    laboratories: Sequence[Laboratory], total: int, *, seed: int, today: date
) -> dict[date, list[tuple[Laboratory, dict[str, Any]]]]:
    """Return all reports by the day they are handed in: that of issue, or of testing where that is later."""
    days: dict[date, list[tuple[Laboratory, dict[str, Any]]]] = defaultdict(list)
    odd = chosen(laboratories, hero(laboratories))
    for laboratory, count in zip(laboratories, worth(laboratories, total), strict=True):
        reports = reports_of(laboratory, count, seed=seed, today=today, days=DAYS)
        if laboratory.cma in odd:
            reports = altered(reports, odd[laboratory.cma], laboratory.cma)
        for report in reports:
            last = max(report["dates"]["issued"], report["dates"]["finished"])
            day = min(date.fromisoformat(last), today)
            if laboratory.status_on is None or day < laboratory.status_on + timedelta(days=10):
                days[day].append((laboratory, report))
    return dict(sorted(days.items()))


def send(
    days: dict[date, list[tuple[Laboratory, dict[str, Any]]]], *, keys: Path, now: datetime
) -> Iterator[tuple[date, int]]:
    """Hand in day after day and yield the day with how many reports were kept. Raises: DemoRefused for any refusal."""
    private: dict[str, PrivateKey] = {}
    for day, listed in days.items():
        at = min(datetime.combine(day, HANDED_IN, HERE).astimezone(UTC), now)
        raw = []
        for laboratory, report in listed:
            key = private.setdefault(laboratory.cma, key_of(laboratory, keys))
            signed = sign_report(report, key, key_name(laboratory), at - timedelta(minutes=30))
            raw.append(msgspec.json.encode(signed))
        kept = 0
        for outcome in receive_many(raw, sender=OPERATOR, channel=Channel.BATCH, at=at):
            if outcome.problem is not None:
                raise DemoRefused(str(outcome.problem), field=outcome.problem.field)
            kept += 1
        yield day, kept
