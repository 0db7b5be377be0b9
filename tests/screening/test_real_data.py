"""Screening on real data: honest water laboratories stay quiet, sets that people invented stand out."""

import pytest
from benchmarks.screening import real

NEGATIVES = 73
"""Texts in the published column value_raw that begin with a minus and a digit, counted by itself."""

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("group", ["laboratory", "sampler"])
def test_published_water_tests_give_no_lead_whatever_their_words_and_negatives(shared, group):
    rows = list(real.water(shared / "data", group))

    found = real.screened(rows)

    assert len(rows) == 25_561
    assert sum(row["censor"] == "text" for row in rows) > 0
    assert sum((row["value"] or 0) < 0 for row in rows) == NEGATIVES
    assert len(found.leads) == len({row["body"] for row in rows})
    assert [lead.body for lead in found.leads if lead.q <= found.settings["lead_q"]] == []


def test_combined_statistics_tell_invented_data_sets_from_genuine_ones_and_digits_do_not(shared):
    auc = dict(real.fabricated(shared / "data"))

    assert auc["ten published tests, Fisher's combination"] == pytest.approx(0.96, abs=0.03)  # as published, less ties
    assert auc["terminal digits alone"] < 0.6
