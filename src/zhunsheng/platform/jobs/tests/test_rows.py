"""One bad row keeps no other from its turn, and none waits for ever behind rows that stay."""

import pytest
from django.db import OperationalError

from zhunsheng.platform.accounts.models import Organisation
from zhunsheng.platform.accounts.tests.factories import make_organisation
from zhunsheng.platform.jobs import rows, runner
from zhunsheng.platform.jobs.duties import Duty

pytestmark = pytest.mark.django_db


def rename(one):
    one.name = f"{one.name}（新）"
    one.save_without_historical_record()
    if one.name.startswith("坏"):
        raise ValueError("a row that nobody can enter")
    return True


def test_a_bad_row_is_undone_and_counted_and_the_rest_is_done(monkeypatch):
    monkeypatch.setattr(runner, "close_old_connections", lambda: None)
    for name in ("甲", "坏", "乙"):
        make_organisation(name=name)
    told = []
    duty = Duty("rename", 600, lambda: told.append(rows.each("rename", Organisation.objects.order_by("pk"), rename)))

    assert runner.do_once(duty) is False

    assert told == [2]
    assert sorted(Organisation.objects.values_list("name", flat=True)) == ["乙（新）", "坏", "甲（新）"]


def test_rows_that_stay_starve_none_behind_them():
    for place in range(7):
        make_organisation(name=f"机构{place}")

    assert [one.name for one in rows.chunks(Organisation.objects.all(), size=3)] == [f"机构{one}" for one in range(7)]


def test_without_a_database_no_further_row_is_tried():
    def lost(_row):
        raise OperationalError("the connection is lost")

    with pytest.raises(OperationalError):
        rows.each("rename", [1, 2], lost)
