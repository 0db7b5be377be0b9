"""Fill a home folder with a small demo province for the browser tests: `python -m tests.browser.prepare`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.web.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - models need Django

from zhunsheng.demo.commands import load  # noqa: E402
from zhunsheng.demo.sizes import Extent  # noqa: E402

call_command("migrate", interactive=False, verbosity=0)
load(Extent(bodies=24, reports=500), seed=1, folder=None)
