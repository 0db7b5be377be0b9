import pytest

from zhunsheng.registry.capabilities.index import directory
from zhunsheng.registry.catalogue import selectors as catalogue


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    """Keep the index of a test in a folder of its own, and nothing of another test in memory."""
    settings.ZHUNSHENG_HOME = tmp_path
    catalogue.forget_vocabulary()
    directory.forget()
    return tmp_path
