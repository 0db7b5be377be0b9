"""What every test may ask for."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real data and published answers, or skip."""
    path = Path(os.environ.get("ZHUNSHENG_SHARED", Path(__file__).resolve().parent.parent / "shared"))
    if not (path / "data").is_dir():
        pytest.skip("the shared data folder is not beside the checkout")
    return path
