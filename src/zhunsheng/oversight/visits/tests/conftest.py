import pytest


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    """Keep files and the log of a test in a folder of its own."""
    settings.ZHUNSHENG_HOME = tmp_path
    settings.ZHUNSHENG_FILES = tmp_path / "files"
    return tmp_path
