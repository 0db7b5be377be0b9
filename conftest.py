"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from django.conf import settings


def pytest_configure() -> None:
    """Let tests sign officers in by password alone; the accounts' own tests switch the second factor on."""
    settings.ZHUNSHENG_MFA_REQUIRED = False


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real data and published answers, or skip."""
    path = Path(os.environ.get("ZHUNSHENG_SHARED", Path(__file__).resolve().parent.parent / "shared"))
    if not (path / "data").is_dir():
        pytest.skip("the shared data folder is not beside the checkout")
    return path
