"""A home folder and an empty cache for each test of the web floor."""

import pytest
from django.core.cache import cache

from zhunsheng.registry.catalogue import selectors as catalogue


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Keep log, keys and figures of a test to itself."""
    settings.ZHUNSHENG_HOME = tmp_path
    settings.ZHUNSHENG_FILES = tmp_path / "files"
    settings.ZHUNSHENG_MAP_APPROVAL = ""
    catalogue.forget_vocabulary()
    cache.clear()
    yield tmp_path
    cache.clear()
