"""Runs the detectors over lines of the lake; the same on one machine and on a cluster."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

from zhunsheng.oversight.screening.combine import Lead, leads
from zhunsheng.oversight.screening.detectors.base import Lines, Settings, Signal, book, settings_of
from zhunsheng.oversight.screening.detectors.catalogue import DETECTORS, Detector
from zhunsheng.oversight.screening.detectors.side_by_side import Prepared

Progress = Callable[[str, int, int], None]
Result = Callable[[], tuple[Sequence[Signal], float]]
AT_ONCE: Final = 2


@dataclass(frozen=True, slots=True)
class Screening:
    """What a run found: every body ranked, the settings' version, how long each detector took (seconds)."""

    leads: list[Lead]
    settings: Settings
    seconds: dict[str, float] = field(default_factory=dict)


def screen(
    lines: Lines, on: date, *, only: frozenset[str] | None = None, progress: Progress | None = None,
    at_once: int = AT_ONCE,
) -> Screening:  # fmt: skip
    """Run every detector (or those named) by the settings of a day.

    Args:
        at_once: how many detectors run side by side on a large lake of this machine: while one counts in this
            process, the engine works for another. A cluster, and a small lake, takes one after the other.
    Raises: NotInForce.
    """
    settings = settings_of(book().on("SCREENING-SETTINGS", on))
    chosen = {name: one for name, one in DETECTORS.items() if only is None or name in only}
    prepared = Prepared(lines, settings)
    found: list[Signal] = []
    seconds = {}
    try:
        for place, (name, result) in enumerate(_results(chosen, prepared, at_once)):
            if progress:
                progress(name, place, len(chosen))
            signals, seconds[name] = result()
            found += signals
    finally:
        prepared.release()
    return Screening(leads(found, settings), settings, seconds)


def _results(chosen: Mapping[str, Detector], prepared: Prepared, at_once: int) -> Iterator[tuple[str, Result]]:
    """Yield the detectors' names, and what gives or awaits their signals and seconds."""
    if at_once < 2 or len(chosen) < 2 or not prepared.large:
        yield from ((name, partial(_timed, one, prepared)) for name, one in chosen.items())
        return
    with ThreadPoolExecutor(at_once) as pool:
        waiting = {name: pool.submit(_timed, one, prepared) for name, one in chosen.items()}
        try:
            yield from ((name, one.result) for name, one in waiting.items())
        finally:
            pool.shutdown(cancel_futures=True)


def _timed(detector: Detector, prepared: Prepared) -> tuple[Sequence[Signal], float]:
    began = time.perf_counter()
    return detector(prepared), round(time.perf_counter() - began, 3)
