"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from django.conf import settings


def pytest_configure() -> None:
    """Let tests sign officers in by password alone, and give each process a home of its own.

    The accounts' own tests switch the second factor on.
    """
    settings.ZHUNSHENG_MFA_REQUIRED = False
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:  # processes that test at once would wait for each other's locks in one home
        settings.ZHUNSHENG_HOME = settings.ZHUNSHENG_HOME / worker
        settings.ZHUNSHENG_HOME.mkdir(exist_ok=True, mode=0o700)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real data and published answers, or skip."""
    path = Path(os.environ.get("ZHUNSHENG_SHARED", Path(__file__).resolve().parent.parent / "shared"))
    if not (path / "data").is_dir():
        pytest.skip("the shared data folder is not beside the checkout")
    return path


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Let no test meet what another's reports made the process remember: a test's changes are undone unseen."""
    from zhunsheng.oversight.reports.checks.register import forget_kept

    forget_kept()
