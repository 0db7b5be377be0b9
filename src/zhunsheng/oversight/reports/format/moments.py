"""Dates and times as the format writes them: a day, or a moment with its zone."""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from .structs import CLOCK, DAY

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_DAY: Final = re.compile(DAY)
_MOMENT: Final = re.compile(DAY + CLOCK)
_DAY_SHAPE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME_SHAPE: Final = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(.*)", re.ASCII)
_MOMENT_SHAPE: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})", re.ASCII)
_FULL_WIDTH: Final = re.compile("[０-９－：／．]")


@lru_cache(maxsize=8192)
def fault_of(text: str) -> str | None:
    """Return what is wrong with a date or time as a problem's name, or None."""
    if _DAY.fullmatch(text) or _MOMENT.fullmatch(text):
        return None
    if _FULL_WIDTH.search(text):
        return "full_width"
    if _DAY_SHAPE.fullmatch(text) or _MOMENT_SHAPE.fullmatch(text):
        return "impossible_date"
    shape = _TIME_SHAPE.fullmatch(text)
    if shape:
        return "date_form" if shape.group(1) else "no_zone"
    return "date_form"


def is_moment(text: str) -> bool:
    """Return whether a sound date-or-time text gives a moment and not a day alone."""
    return len(text) > len("2026-03-31")


@lru_cache(maxsize=8192)
def day_of(text: str) -> date:
    """Return the day of a date or time, in the zone of Shanghai. Raises: ValueError."""
    if is_moment(text):
        return datetime.fromisoformat(text).astimezone(SHANGHAI).date()
    return date.fromisoformat(text)


def moment_of(text: str) -> datetime:
    """Return a moment in UTC; a day alone begins at midnight in Shanghai. Raises: ValueError."""
    found = datetime.fromisoformat(text)
    return (found if is_moment(text) else found.replace(tzinfo=SHANGHAI)).astimezone(UTC)
