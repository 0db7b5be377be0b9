import pytest

from zhunsheng.registry.catalogue import selectors


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    """Keep files and the scope index of a test in a folder of its own."""
    settings.ZHUNSHENG_HOME = tmp_path
    settings.ZHUNSHENG_FILES = tmp_path / "files"
    selectors.forget_vocabulary()
    return tmp_path
