import pytest
from django.core.cache import cache

from zhunsheng.registry.catalogue import selectors


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    """Keep files and locks of a test in a folder of its own, hash passwords fast, and forget the test before."""
    settings.ZHUNSHENG_HOME = tmp_path
    settings.ZHUNSHENG_FILES = tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    selectors.forget_vocabulary()
    cache.clear()
    return tmp_path
