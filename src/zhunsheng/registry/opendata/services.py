"""Publishes the registers: all files from one moment, then switched in one step."""

import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from zhunsheng.platform.accounts.changes import rows_of
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.registry.opendata import files, store
from zhunsheng.registry.opendata.registers import registers, schema_version
from zhunsheng.registry.opendata.snapshot import one_moment

LOCK = "open-data"
EVERY_SECONDS = 600.0


def publish(*, at: datetime) -> dict[str, Any]:
    """Write every register from one moment and make it the current publication; return its manifest.

    Raises: LockBusy when another worker publishes.
    """
    with exclusive(LOCK, wait_seconds=0):
        name = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
        with store.new_publication(name) as folder, one_moment():
            marks = state()
            written = [one.as_dict() for register in registers().values() for one in files.write(register, folder)]
            manifest = {
                "publication": name,
                "schema_version": schema_version(),
                "as_of": at.astimezone(UTC).isoformat(timespec="seconds"),
                "division": settings.ZHUNSHENG_PROVINCE,
                "licence": settings.ZHUNSHENG_OPEN_DATA_LICENCE,
                "licence_url": settings.ZHUNSHENG_OPEN_DATA_LICENCE_URL,
                "state": marks,
                "files": written,
            }
            text = json.dumps(manifest, ensure_ascii=False, indent=1)
            (folder / store.MANIFEST).write_text(text, encoding="utf-8")
    return manifest


def state() -> dict[str, int]:
    """Return the newest history row of each register: equal states mean equal files."""
    return {name: _newest(one.model) for name, one in registers().items()}


def _newest(model: Any) -> int:
    return int(rows_of(model).aggregate(at=Max("history_id"))["at"] or 0)


def publish_when_changed() -> int:
    """Do the worker's duty: publish when something changed and the last publication is old enough.

    Raises: LockBusy.
    """
    now, held = timezone.now(), store.manifest()
    if held is not None:
        age = now - datetime.fromisoformat(held["as_of"])
        same = held["state"] == state() and held["schema_version"] == schema_version()
        if same or age < timedelta(hours=settings.ZHUNSHENG_OPEN_DATA_HOURS):
            return 0
    return sum(int(one["rows"]) for one in publish(at=now)["files"] if one["format"] == "csv")
