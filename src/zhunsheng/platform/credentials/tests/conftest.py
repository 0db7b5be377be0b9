import pytest


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    """Keep keys, files and log of a test in a folder of its own, at an address of its own."""
    settings.ZHUNSHENG_HOME = tmp_path
    settings.ZHUNSHENG_FILES = tmp_path / "files"
    settings.ZHUNSHENG_ADDRESS = "https://zhunsheng.example"
    return tmp_path
