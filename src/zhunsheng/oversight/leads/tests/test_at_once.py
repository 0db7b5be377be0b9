"""Two who open the same lead at the same moment open one."""

import pytest

from zhunsheng.oversight.leads.models import Lead
from zhunsheng.oversight.leads.services import open_lead
from zhunsheng.platform.accounts.tests.factories import NOON, make_organisation
from zhunsheng.platform.database.tests.overlapping import overlapping
from zhunsheng.registry.bodies.tests.factories import make_body

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def bureau(settings, tmp_path):
    settings.ZHUNSHENG_HOME = tmp_path
    return make_organisation(division="440000")


def told(**whom):
    return open_lead(
        source="complaint", reference="12315-1", matter="false_report", title="涉嫌虚假报告", words="未取样", by=None,
        at=NOON, **whom,
    )  # fmt: skip


def test_of_somebody_whom_the_register_does_not_know(bureau):
    first, second = overlapping(*[lambda: told(body_id=None, subject="某检测公司")] * 2)

    assert first == second == Lead.objects.get()


def test_of_two_bodies_under_one_reference(bureau):
    bodies = [make_body(f"23191205880{place}", division_id="440000") for place in range(2)]

    first, second = overlapping(lambda: told(body_id=bodies[0].pk), lambda: told(body_id=bodies[1].pk))

    assert first == second == Lead.objects.get()
