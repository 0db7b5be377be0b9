"""Killed at any moment, an installation keeps what it acknowledged, once."""

import pytest

from tests.crash_rig import survive


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_no_acknowledged_report_is_lost_or_doubled_by_a_power_cut(tmp_path):
    survive(tmp_path, 3, seed=20260302)
