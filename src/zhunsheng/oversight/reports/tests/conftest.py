"""A home of its own for each test that keeps anything: log, keys and files."""

import pytest

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
