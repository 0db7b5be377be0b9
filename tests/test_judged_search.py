"""The judged queries of `benchmarks/judged`: what a practitioner would want first comes first."""

from statistics import fmean

import pytest
from benchmarks.judged import scoring, world

from zhunsheng.registry.capabilities.index import directory, keeping
from zhunsheng.registry.catalogue.selectors import forget_vocabulary

LEAST = {"ndcg": 0.97, "reciprocal": 0.97, "first": 0.96}
"""A little below what was reached when the queries were written, so that a worse ranking is noticed."""


@pytest.mark.django_db
def test_judged_queries_find_what_should_come_first(tmp_path, settings):
    settings.ZHUNSHENG_HOME = tmp_path
    forget_vocabulary()
    directory.forget()
    world.load()
    keeping.rebuild()

    found = scoring.score_all()

    assert len(found) >= 100
    reached = {name: fmean(getattr(one, name) for one in found) for name in LEAST}
    wrong = [one.query for one in found if not one.first]
    assert {name: value for name, value in reached.items() if value < LEAST[name]} == {}, wrong


def test_every_judged_query_says_why():
    assert all(row["why"] for row in world.rows("queries.csv"))
