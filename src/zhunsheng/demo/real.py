"""Loads published test results that lie beside the checkout: the Estonian Health Board's water tests."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext_noop

from zhunsheng.demo.catalogue import DemoRefused, checked
from zhunsheng.oversight.reports.models import Channel
from zhunsheng.oversight.reports.permissions import OPERATOR
from zhunsheng.oversight.reports.services.intake import receive_many
from zhunsheng.oversight.reports.sources.ee_water_lines import EE_WATER_LINES
from zhunsheng.registry.bodies.services.imports import import_rows

WHY = gettext_noop("Open data of the Estonian Health Board")
CHUNK = 500


def find_real(start: Path) -> Path | None:
    """Return the folder with published data beside the checkout, or None."""
    for folder in (start, *start.parents):
        found = folder / "shared" / "data"
        if (found / "ee_water" / "result_lines.csv.gz").is_file():
            return found
    return None


def load_real(folder: Path, *, at: datetime) -> Iterator[int]:
    """Take in every published protocol as a report and yield how many are kept. Raises: DemoRefused for any refusal."""
    path = folder / "ee_water" / "result_lines.csv.gz"
    items = list(EE_WATER_LINES.read(path))
    stated = {item.report_dict["body"]["id"]: item.report_dict["body"] for item in items if item.report_dict}
    lines = [
        {
            "register": body["register"],
            "register_id": body["id"],
            "name": body.get("name", body["id"]),
            "source": WHY,
        }
        for body in stated.values()
    ]
    checked(import_rows(kind="institutions", rows=lines, by=None, at=at, why=WHY))
    raw = (item.raw() for item in items)
    outcomes = receive_many(raw, sender=OPERATOR, channel=Channel.IMPORT, at=at, chunk=CHUNK)
    for kept, outcome in enumerate(outcomes, 1):
        if outcome.problem is not None:
            raise DemoRefused(str(outcome.problem), field=outcome.problem.field)
        if kept % CHUNK == 0 or kept == len(items):
            yield kept
