"""The reports of one laboratory as arrays, one row a report; the columns of one package's tests as matrices."""

from dataclasses import dataclass, field

import numpy as np

from zhunsheng.demo.simulator.calendar import Calendar
from zhunsheng.demo.simulator.laboratories import Laboratory, Random
from zhunsheng.demo.simulator.products import Package

Ints = np.ndarray
Floats = np.ndarray
CLIENT_POWER = 0.8


@dataclass(slots=True)
class Draft:
    """Reports of one package of one laboratory, in the order of arrival.

    `received`, `issued`: day of the world, shape (reports,). `client`, `signatory`, `sample`: shape (reports,).
    `values`: shape (reports, tests), measured and not yet rounded; `rounded` the same on the grid.
    `start`, `finish`: hours since the world's first midnight, shape (reports, tests), NaN where not recorded.
    `instrument`, `analyst`: shape (reports, tests), numbers within the laboratory.
    `arrived`: hours since the world's first midnight, shape (reports,). `made_up`: which reports are not genuine.
    """

    package: Package
    received: Ints
    client: Ints
    sample: Ints
    values: Floats
    rounded: Floats
    start: Floats
    finish: Floats
    instrument: Ints
    analyst: Ints
    issued: Ints
    arrived: Floats
    signatory: Ints
    made_up: Ints
    groups: Ints
    kinds: tuple[str, ...] = field(default=())

    @property
    def count(self) -> int:
        """How many reports there are."""
        return len(self.received)


def arrivals(laboratory: Laboratory, calendar: Calendar, months: int, random: Random) -> list[Draft]:
    """Return what comes in over a world's months: one draft for each package, values and times still empty."""
    open_days = int(np.searchsorted(calendar.month, months))
    weight = calendar.weight[:open_days]
    expected = laboratory.rate * months * weight / weight.sum()
    per_day = random.poisson(expected)
    days = np.repeat(np.arange(open_days), per_day)
    package = random.choice(len(laboratory.packages), size=len(days), p=laboratory.weights)
    return [_draft(laboratory, one, days[package == n], random) for n, one in enumerate(laboratory.packages)]


def _draft(laboratory: Laboratory, package: Package, days: Ints, random: Random) -> Draft:
    count, tests = len(days), len(package.tests)
    ranks = np.arange(1, laboratory.clients + 1) ** -CLIENT_POWER
    client = random.choice(laboratory.clients, size=count, p=ranks / ranks.sum())
    empty = np.full((count, tests), np.nan)
    none = np.zeros((count, tests), dtype=np.int64)
    return Draft(
        package=package,
        received=days,
        client=client,
        sample=np.arange(count),
        values=empty.copy(),
        rounded=empty.copy(),
        start=empty.copy(),
        finish=empty.copy(),
        instrument=none.copy(),
        analyst=none.copy(),
        issued=days.copy(),
        arrived=np.zeros(count),
        signatory=np.zeros(count, dtype=np.int64),
        made_up=np.zeros(count, dtype=bool),
        groups=run_groups(package),
    )


def run_groups(package: Package) -> Ints:
    """Return for each test the number of its run group: tests of one instrument and time are done in one run."""
    seen: dict[tuple[str, float, int], int] = {}
    return np.array([seen.setdefault((one.instrument, one.minutes, one.capacity), len(seen)) for one in package.tests])
