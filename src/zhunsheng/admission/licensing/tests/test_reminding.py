"""Each authority is told once a working day what falls due in its area."""

import pytest

from zhunsheng.admission.licensing.services.reminding import warn_of_due
from zhunsheng.admission.licensing.tests.officers import day, filed, make_bureau, make_laboratory
from zhunsheng.platform.notices.models import Notice

pytestmark = pytest.mark.django_db


def test_a_warning_goes_to_province_and_city_once_a_day_before_the_limit_passes():
    """Filed on Monday 2 March the limit is Monday 9 March; the law's warning stands two working days before."""
    bureau = make_bureau()
    own = filed(make_laboratory("440300"))
    filed(make_laboratory("440100"))

    assert warn_of_due(at=day("2026-03-04")) == 0
    assert warn_of_due(at=day("2026-03-05")) == 2
    assert warn_of_due(at=day("2026-03-05", 15)) == 0

    province, city = Notice.objects.order_by("pk")
    assert province.subject == "2 项申请即将超期，其中 0 项已超期"
    assert own.number in city.body
    assert "2026-03-09" in city.body
    assert city.deliveries.get().organisation_id == bureau.city.memberships.get().organisation_id


def test_what_is_late_is_counted_and_told_again_the_next_working_day():
    make_bureau()
    filed()

    assert warn_of_due(at=day("2026-03-09")) == 1
    assert warn_of_due(at=day("2026-03-10")) == 1

    assert Notice.objects.order_by("pk").last().subject == "1 项申请即将超期，其中 1 项已超期"


@pytest.mark.parametrize("off", ["2026-02-17", "2026-03-07", "2026-10-01"])
def test_on_a_day_off_nobody_is_warned(off):
    make_bureau()
    filed(at=day("2026-01-05"))

    assert warn_of_due(at=day(off)) == 0


def test_a_worked_saturday_is_a_day_of_warning():
    make_bureau()
    filed(at=day("2026-01-05"))

    assert warn_of_due(at=day("2026-02-28")) == 1
