"""Serve the same home on a calendar some days on: `python -m tests.browser.later DAYS PORT`.

What the law lets happen only after months is walked on it. Nothing but the clock differs; a session of the real server
is too old here, so that everybody signs in anew.
"""

import os
import sys
from datetime import datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.web.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - needs the settings
from django.utils import timezone  # noqa: E402

_NOW = timezone.now


def _later() -> datetime:
    return _NOW() + timedelta(days=int(sys.argv[1]))


if __name__ == "__main__":
    timezone.now = _later
    call_command("runserver", f"127.0.0.1:{sys.argv[2]}", use_reloader=False, use_threading=True)
