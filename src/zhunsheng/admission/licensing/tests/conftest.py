import pytest

from zhunsheng.registry.catalogue import selectors


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    """Keep files and locks of a test in a folder of its own, and forget the catalogue of the test before."""
    settings.ZHUNSHENG_HOME = tmp_path
    settings.ZHUNSHENG_FILES = tmp_path / "files"
    selectors.forget_vocabulary()
    return tmp_path
