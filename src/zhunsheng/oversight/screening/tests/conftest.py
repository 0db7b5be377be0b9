"""A province in the lake, loaded for each test that asks for it."""

import pytest

from zhunsheng.oversight.screening.tests.factories import load_province


@pytest.fixture
def province(db, settings, tmp_path):
    """Return the bodies of a small province, the one that copies first."""
    settings.ZHUNSHENG_HOME, settings.ZHUNSHENG_LAKE = tmp_path, tmp_path / "lake"
    settings.ZHUNSHENG_FILES = tmp_path / "files"
    settings.ZHUNSHENG_LOG_ORIGIN = "log.example/reports"
    return load_province()
