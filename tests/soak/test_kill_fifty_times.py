"""The long form of `tests/test_crash.py`: fifty random moments."""

import os

import pytest

from tests.crash_rig import survive

ROUNDS = int(os.environ.get("SOAK_KILLS", "50"))


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_fifty_power_cuts_lose_and_double_nothing(tmp_path):
    survive(tmp_path, ROUNDS, seed=int(os.environ.get("SOAK_SEED", "1")))
