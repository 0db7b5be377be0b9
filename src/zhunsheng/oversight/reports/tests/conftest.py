"""A home of its own for each test that keeps anything: log, keys and files."""

import pytest
from django.db import connection

from zhunsheng.oversight.reports.tests.intake_factories import Laboratory


@pytest.fixture
def home(settings, tmp_path):
    """Return an empty home folder in use."""
    settings.ZHUNSHENG_HOME = tmp_path
    settings.ZHUNSHENG_FILES = tmp_path / "files"
    settings.ZHUNSHENG_LOG_ORIGIN = "log.example/reports"
    return tmp_path


@pytest.fixture
def laboratory(db, home):
    """Return a laboratory that may hand in reports."""
    return Laboratory()


@pytest.fixture
def shared_database():
    """Skip where threads would have to share one connection of an in-memory database."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and ("memory" in name or not name):
        pytest.skip("an in-memory SQLite database has one writer; the crash test covers SQLite on disk")
