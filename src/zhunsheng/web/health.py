"""What `zhunsheng doctor`, `/healthz` and `/readyz` look at."""

import os
import shutil
import stat
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from zhunsheng.platform.lake import selectors as lake

SPACE_WANTED = 2 * 1024**3


@dataclass(frozen=True)
class Health:
    """One thing looked at: what, how it stands, and the way to mend it."""

    what: str
    good: bool
    state: str
    remedy: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return the finding as plain data."""
        return asdict(self)


def examine() -> list[Health]:
    """Return every finding, good or bad; a check that cannot run is itself a bad finding."""
    checks: list[Callable[[], Health]] = [
        _python,
        _home,
        _keys,
        _space,
        _database,
        _migrations,
        _assets,
        _address,
        _lake,
    ]
    return [check() for check in checks]


def ready() -> list[Health]:
    """Return what keeps this server from answering; empty when it may take traffic."""
    return [finding for finding in (_database(), _migrations()) if not finding.good]


def _python() -> Health:
    good = (3, 11) <= sys.version_info < (3, 14)
    return Health("Python", good, sys.version.split()[0], "Install Python 3.11, 3.12 or 3.13.")


def _home() -> Health:
    home: Path = settings.ZHUNSHENG_HOME
    good = home.is_dir() and os.access(home, os.W_OK)
    return Health("home folder", good, str(home), "Make the folder writable or set ZHUNSHENG_HOME.")


def _keys() -> Health:
    folder = settings.ZHUNSHENG_HOME / "keys"
    loose = [
        path.name
        for path in (folder.iterdir() if folder.is_dir() else [])
        if path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o077 and not path.name.endswith(".pub")
    ]
    state = "only this account can read them" if not loose else f"others can read {', '.join(sorted(loose))}"
    return Health("keys", not loose, state, f"chmod 600 {folder}/*")


def _space() -> Health:
    free = shutil.disk_usage(settings.ZHUNSHENG_HOME).free
    return Health("disk", free >= SPACE_WANTED, f"{free / 1024**3:.1f} GiB free", "Free at least 2 GiB.")


def _database() -> Health:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Health("database", good=False, state=str(error), remedy="Start the database or mend DATABASE_URL.")
    return Health("database", good=True, state=connection.vendor)


def _migrations() -> Health:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return Health("database version", good=False, state=str(error), remedy="zhunsheng migrate")
    state = "up to date" if not waiting else f"{len(waiting)} migrations wait"
    return Health("database version", not waiting, state, "zhunsheng migrate")


def _address() -> Health:
    address = str(settings.ZHUNSHENG_ADDRESS)
    if not address and settings.ZHUNSHENG_LOCAL_CREDENTIALS:
        return Health("public address", good=True, state="none; this demonstration names this machine")
    good = bool(address) and (address.startswith("https://") or bool(settings.ZHUNSHENG_LOCAL_CREDENTIALS))
    remedy = "Set ZHUNSHENG_ADDRESS to the https:// address under which the public reaches it, before a certificate."
    return Health("public address", good, address or "none: no certificate is issued", remedy)


def _lake() -> Health:
    try:
        missing = lake.missing()
    except DatabaseError as error:
        return Health("lake", good=False, state=str(error), remedy="zhunsheng migrate")
    return Health("lake", not missing, f"{missing} is missing" if missing else "whole", "zhunsheng lake rebuild")


def _assets() -> Health:
    found = finders.find("dist/app.css")
    return Health("styles and scripts", bool(found), "built" if found else "not built", "make setup")
