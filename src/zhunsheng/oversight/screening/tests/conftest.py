"""A home of its own for each test, and a province in the lake for those that ask for it."""

import pytest

from zhunsheng.oversight.screening.tests.factories import load_province


@pytest.fixture
def home(settings, tmp_path):
    """Keep log, lake and files in an empty folder."""
    settings.ZHUNSHENG_HOME, settings.ZHUNSHENG_LAKE = tmp_path, tmp_path / "lake"
    settings.ZHUNSHENG_FILES = tmp_path / "files"
    settings.ZHUNSHENG_LOG_ORIGIN = "log.example/reports"


@pytest.fixture
def province(db, home):
    """Return the bodies of a small province, the one that copies first."""
    return load_province()
