import pytest


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    """Keep files and the log of a test in a folder of its own."""
    settings.ZHUNSHENG_HOME = tmp_path
    settings.ZHUNSHENG_FILES = tmp_path / "files"
    return tmp_path


@pytest.fixture
def world():
    """Return a laboratory, officers and a register of assessors."""
    from zhunsheng.admission.reviews.tests.factories import make_world

    return make_world()
