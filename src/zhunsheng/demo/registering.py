"""Client reports of the story's laboratory that it registers by number and digest alone; one is completed later."""

import hashlib
import random
from datetime import date, datetime, timedelta
from typing import Any, Final

import msgspec

from zhunsheng.demo.catalogue import DemoRefused
from zhunsheng.demo.laboratories import Laboratory
from zhunsheng.demo.reports import make_reports
from zhunsheng.demo.story import STORY_FIELD
from zhunsheng.oversight.reports.format import REGISTRATION_FORMAT, read_report
from zhunsheng.oversight.reports.models import Channel
from zhunsheng.oversight.reports.permissions import sender_of
from zhunsheng.oversight.reports.services.intake import receive_many
from zhunsheng.platform.accounts.models import User

CLERK: Final = "luru"
NUMBERS: Final = 12
COMPLETED: Final = 3
"""How many of them have their full data handed in as well, by consent of the client."""


def load_registrations(laboratory: Laboratory, *, seed: int, today: date, now: datetime) -> int:
    """Register the reports as the laboratory's clerk and return how many. Raises: DemoRefused for any refusal."""
    clerk = User.objects.get(username=CLERK)
    reports = _reports(laboratory, seed=seed, today=today)
    documents = [_registration(report) for report in reports]
    documents += reports[:COMPLETED]
    raw = [msgspec.json.encode(document) for document in documents]
    for outcome in receive_many(raw, sender=sender_of(clerk, today), channel=Channel.UPLOAD, at=now):
        if outcome.problem is not None:
            raise DemoRefused(str(outcome.problem), field=outcome.problem.field)
    return len(reports)


def _reports(laboratory: Laboratory, *, seed: int, today: date) -> list[dict[str, Any]]:
    """Return sound client reports of the last weeks with numbers of their own."""
    made = make_reports(laboratory, 4 * NUMBERS, seed=seed + 1, first=today - timedelta(days=40), last=today)
    fitting = [one for one in made if one["dates"]["issued"] <= today.isoformat() and "business" not in one]
    for place, report in enumerate(fitting[:NUMBERS], 1):
        report["number"] = f"WT{STORY_FIELD}-{today:%y%m}-{place:03d}"
        for line in report["results"]:  # days alone: the same people work on the laboratory's other reports too
            line["started"], line["finished"] = line["started"][:10], line["finished"][:10]
    return fitting[:NUMBERS]


def _registration(report: dict[str, Any]) -> dict[str, Any]:
    """Return the registration of a report: the digest of its data, and of a PDF that stays with the laboratory."""
    pdf = random.Random(report["number"]).randbytes(64)
    return {
        "format": REGISTRATION_FORMAT,
        "body": {"cma": report["body"]["cma"]},
        "number": report["number"],
        "version": report["version"],
        "issued": report["dates"]["issued"],
        "business": "commissioned",
        "content": read_report(msgspec.json.encode(report)).digest,
        "files": [{"sha256": hashlib.sha256(pdf).hexdigest(), "media_type": "application/pdf"}],
    }
