import pytest

from zhunsheng.registry.catalogue import selectors


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    """Keep the scope index of a test in a folder of its own."""
    settings.ZHUNSHENG_HOME = tmp_path
    selectors.forget_vocabulary()
    return tmp_path
