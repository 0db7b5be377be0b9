"""Runs the detectors over lines of the lake; the same on one machine and on a cluster."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from zhunsheng.oversight.screening.combine import Lead, leads
from zhunsheng.oversight.screening.detectors.base import Lines, Settings, Signal, book, settings_of
from zhunsheng.oversight.screening.detectors.catalogue import DETECTORS
from zhunsheng.oversight.screening.detectors.side_by_side import Prepared

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Screening:
    """What a run found: every body ranked, the settings' version, how long each detector took (seconds)."""

    leads: list[Lead]
    settings: Settings
    seconds: dict[str, float] = field(default_factory=dict)


def screen(
    lines: Lines, on: date, *, only: frozenset[str] | None = None, progress: Progress | None = None
) -> Screening:
    """Run every detector (or those named) by the settings of a day.

    Raises: NotInForce.
    """
    settings = settings_of(book().on("SCREENING-SETTINGS", on))
    chosen = {name: one for name, one in DETECTORS.items() if only is None or name in only}
    prepared = Prepared(lines, settings)
    found: list[Signal] = []
    seconds = {}
    try:
        for place, (name, detector) in enumerate(chosen.items()):
            if progress:
                progress(name, place, len(chosen))
            began = time.perf_counter()
            found += detector(prepared)
            seconds[name] = round(time.perf_counter() - began, 3)
    finally:
        prepared.release()
    return Screening(leads(found, settings), settings, seconds)
