"""A laboratory's drafts as rows of the lake, column by column."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

import numpy as np
import pyarrow as pa

from zhunsheng.demo.simulator.calendar import Calendar
from zhunsheng.demo.simulator.drafts import Draft, Floats, Ints
from zhunsheng.demo.simulator.laboratories import Laboratory
from zhunsheng.demo.simulator.products import Test
from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.platform.lake.schema import LINES
from zhunsheng.platform.lake.units import scale_of

EPOCH = date(1970, 1, 1)
HOUR_MICROSECONDS, MINUTE_MICROSECONDS = 3_600_000_000, 60_000_000
SHANGHAI_HOURS = 8
SMALLER = {"mg/L": ("µg/L", 1000.0, 3), "mg/kg": ("µg/kg", 1000.0, 3)}
"""For laboratories that change their unit: the smaller unit, how many go into one, how many decimals fewer."""


@lru_cache(maxsize=512)
def key_of(text: str) -> str:
    """Return a name as the lake keys it."""
    return normalise_name(text)


def names_of(draft: Draft, laboratory: Laboratory) -> list[str]:
    """Return the report numbers of a draft."""
    return [f"{laboratory.report_prefix}-{draft.package.code}-{n + 1:06d}" for n in range(draft.count)]


def digests_of(laboratory: Laboratory, numbers: Sequence[str]) -> list[str]:
    """Return a digest for each report of a world that exists as columns alone."""
    return [sha256(f"{laboratory.slug}|{number}".encode()).hexdigest() for number in numbers]


def lines_of(draft: Draft, laboratory: Laboratory, calendar: Calendar) -> pa.Table:
    """Return one row for each line of a draft's reports, with the lake's schema; leaf indices count from 0."""
    count, tests = draft.values.shape
    report = np.repeat(np.arange(count), tests)
    numbers = names_of(draft, laboratory)
    columns: dict[str, Any] = {
        "leaf_index": pa.array(report),
        "report": _taken(digests_of(laboratory, numbers), report),
        "body": _same(laboratory.slug, len(report)),
        "number": _taken(numbers, report),
        "version": pa.array(np.ones(len(report), dtype=np.int32)),
        "purpose": _same("commissioned", len(report)),
        "received": _days(draft.received, calendar)[report],
        "issued": _days(draft.issued, calendar)[report],
        "signatory": _taken([f"S{n + 1}" for n in range(laboratory.signatories)], draft.signatory[report]),
        "client": _taken([f"{laboratory.slug}c{n}" for n in range(laboratory.clients)], draft.client[report]),
        "producer": _taken([f"{laboratory.slug}c{n}" for n in range(laboratory.clients)], draft.client[report]),
        "sample": _taken([f"Y{n:06d}" for n in range(count)], draft.sample[report]),
        "line": pa.array(np.tile(np.arange(1, tests + 1, dtype=np.int32), count)),
        "object": _same(key_of(draft.package.object), len(report)),
        "arrived": _moments(draft.arrived, calendar)[report],
        "division": _same(laboratory.division, len(report)),
        "field": _same(draft.package.field, len(report)),
        "subcontracted": pa.array(np.zeros(len(report), dtype=bool)),
        "generated": pa.array(np.ones(len(report), dtype=bool)),
        **_of_tests(draft, laboratory, calendar),
    }
    arrays = []
    for one in LINES:
        column = columns.get(one.name)
        arrays.append(pa.nulls(len(report), one.type) if column is None else _cast(column, one.type))
    return pa.Table.from_arrays(arrays, schema=LINES)


def _of_tests(draft: Draft, laboratory: Laboratory, calendar: Calendar) -> dict[str, Any]:
    tests = draft.package.tests
    count = draft.count
    place = np.tile(np.arange(len(tests)), count)
    written = [written_values(draft, laboratory, calendar, n) for n in range(len(tests))]
    scales = [scale_of(test.unit) for test in tests]
    factor, offset = np.array([one.factor for one in scales]), np.array([one.offset for one in scales])
    value = (draft.rounded * factor + offset).ravel()
    loq = np.array([test.loq for test in tests])
    below = (draft.rounded < loq).ravel()
    value = np.where(below, (loq * factor + offset)[place], value)
    censored = "nd" if laboratory.not_detected else "<"
    instrument = np.array([machines_of(draft)])
    machine = np.char.add(np.char.add(instrument, "-"), draft.instrument.astype(str)).ravel()
    limit = _limits(tests, factor, offset)
    return {
        "parameter": _taken([key_of(test.parameter) for test in tests], place),
        "method": _taken([test.base[0] for test in tests], place),
        "method_year": pa.array(np.array([test.base[1] or 0 for test in tests], dtype=np.int16)[place]),
        "unit": _taken([one.unit for one in scales], place),
        "value_text": pa.array(np.stack([one.text for one in written], axis=1).ravel()),
        "value": pa.array(value, mask=below & laboratory.not_detected),
        "decimals": pa.array(
            np.stack([one.decimals for one in written], axis=1).ravel(), mask=below & laboratory.not_detected
        ),
        "step": pa.array(np.stack([one.step for one in written], axis=1).ravel(), mask=below & laboratory.not_detected),
        "censor": _taken(["", censored], below.astype(np.int64)),
        "loq": pa.array((loq * factor)[place], mask=(loq == 0)[place]),
        "limit_min": limit[0].take(pa.array(place)),
        "limit_max": limit[1].take(pa.array(place)),
        "verdict": _taken(["pass", "fail"], failing(draft).ravel().astype(np.int64)),
        "instrument": pa.array(machine),
        "analyst": _taken([f"A{n + 1}" for n in range(laboratory.analysts)], draft.analyst.ravel()),
        "started": _moments(draft.start.ravel(), calendar),
        "finished": _moments(draft.finish.ravel(), calendar),
    }


class Written:
    """How one test's values are written: text, decimals, step in the canonical unit, unit; shape (reports,)."""

    __slots__ = ("decimals", "step", "text", "unit")

    def __init__(self, text: np.ndarray, decimals: Ints, step: Floats, unit: np.ndarray) -> None:
        self.text, self.decimals, self.step, self.unit = text, decimals, step, unit


def written_values(draft: Draft, laboratory: Laboratory, calendar: Calendar, place: int) -> Written:
    """Return one test's values as this laboratory writes them."""
    test: Test = draft.package.tests[place]
    value, decimals = draft.rounded[:, place], np.full(draft.count, test.decimals)
    factor = np.ones(draft.count)
    unit = np.full(draft.count, test.unit, dtype=object)
    if laboratory.unusual == "unit_change" and test.unit in SMALLER:
        smaller, times, fewer = SMALLER[test.unit]
        later = calendar.month[draft.received] >= laboratory.changed_in
        factor[later], unit[later] = times, smaller
        decimals = np.where(later, max(0, test.decimals - fewer), decimals)
    text = np.empty(draft.count, dtype=object)
    for digits in np.unique(decimals):
        rows = decimals == digits
        text[rows] = np.char.mod(f"%.{digits}f", value[rows] * factor[rows])
    below = value < test.loq
    if below.any():
        bounds = [
            f"{test.loq * times:.{max(int(d), 0)}f}" for times, d in zip(factor[below], decimals[below], strict=True)
        ]
        text[below] = "未检出" if laboratory.not_detected else [f"<{one}" for one in bounds]
    step = 10.0 ** -decimals.astype(float) / factor * abs(scale_of(test.unit).factor)
    return Written(text, decimals.astype(np.int8), step, unit)


def machines_of(draft: Draft) -> list[str]:
    """Return for each test the name that its instruments share."""
    pairs = zip(draft.package.tests, draft.groups, strict=True)
    return [f"{draft.package.code}-{test.instrument}{group}" for test, group in pairs]


def failing(draft: Draft) -> np.ndarray:
    """Return which values break their limits; shape (reports, tests)."""
    low = np.array([-np.inf if test.limit_min is None else test.limit_min for test in draft.package.tests])
    high = np.array([np.inf if test.limit_max is None else test.limit_max for test in draft.package.tests])
    return np.asarray((draft.rounded < low - 1e-12) | (draft.rounded > high + 1e-12))


def _limits(tests: Sequence[Test], factor: Floats, offset: Floats) -> tuple[pa.Array, pa.Array]:
    def scaled(limits: list[float | None]) -> pa.Array:
        pairs = zip(limits, factor, offset, strict=True)
        return pa.array([None if one is None else one * f + o for one, f, o in pairs], pa.float64())

    return scaled([test.limit_min for test in tests]), scaled([test.limit_max for test in tests])


def _taken(words: Sequence[str], places: Ints) -> pa.Array:
    return pa.array(list(words), pa.string()).take(pa.array(places))


def _same(word: str, count: int) -> pa.Array:
    return pa.array([word], pa.string()).take(pa.array(np.zeros(count, dtype=np.int64)))


def _days(days: Ints, calendar: Calendar) -> Any:
    return (np.asarray(days, dtype=np.int64) + (calendar.first - EPOCH).days).astype("datetime64[D]")


def _moments(hours: Floats, calendar: Calendar) -> Any:
    """Return hours of the world, in local time, as moments in UTC; NaN becomes NaT."""
    start = (calendar.first - EPOCH).days * 24 - SHANGHAI_HOURS
    known = np.isfinite(hours)
    out = np.full(hours.shape, np.datetime64("NaT", "us"))
    minutes = np.round((hours[known] + start) * HOUR_MICROSECONDS / MINUTE_MICROSECONDS).astype(np.int64)
    out[known] = (minutes * MINUTE_MICROSECONDS).astype("datetime64[us]")
    return out


def _cast(column: Any, kind: pa.DataType) -> Any:
    if isinstance(column, np.ndarray):
        column = pa.array(column)
    return column.cast(kind)
