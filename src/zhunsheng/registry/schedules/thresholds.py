"""The figures of `law/schedules.yaml` as of a day, with the version that a decision keeps."""

from datetime import date
from functools import cache
from pathlib import Path

from zhunsheng.foundation.lawbook import Lawbook

FOLDER = Path(__file__).parent / "law"


@cache
def book() -> Lawbook:
    """Return the entries of this room."""
    return Lawbook.load(FOLDER / "schedules.yaml")


def acceptance(on: date) -> tuple[float, str]:
    """Return the lowest confidence accepted without a person on a day, and the version of that entry."""
    entry = book().on("schedules.acceptance", on)
    return float(entry.values["confidence"]), f"schedules.acceptance {book().version_of(entry)}"


def health(on: date) -> tuple[int, int]:
    """Return how many days before its end a certificate is told of, and the working days a body has to answer."""
    values = book().on("schedules.health", on).values
    return int(values["expiry_days"]), int(values["answer_working_days"])
