"""Leads, referrals, cases, visits and orders that two people open at the same moment have a number each."""

from datetime import timedelta
from uuid import uuid4

import pytest

from zhunsheng.oversight.enforcement.services import file_case
from zhunsheng.oversight.enforcement.tests.factories import FALSE
from zhunsheng.oversight.inspections.tests.factories import leader_of, make_officer, make_task
from zhunsheng.oversight.leads.services import open_lead, referring
from zhunsheng.oversight.visits import services
from zhunsheng.oversight.visits.lifecycle import Handling
from zhunsheng.oversight.visits.models import Finding
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Role, Sector
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member, make_organisation
from zhunsheng.platform.database.tests.overlapping import overlapping
from zhunsheng.registry.bodies.tests.factories import make_body

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOON + timedelta(hours=2)


@pytest.fixture(autouse=True)
def bureau(home):
    return make_organisation(division="440000")


@pytest.fixture
def bodies():
    return [make_body(f"23191205880{place}", name=f"检测机构{place}", division_id="440000") for place in range(2)]


def a_lead(body):
    return open_lead(
        source="alert", reference=body.slug, matter="data_anomaly", title="数据雷同", words="报告相同",
        body_id=body.pk, by=None, at=NOON,
    )  # fmt: skip


def opened(task):
    return services.open_visit(
        task_id=task.pk, mode="on_site", first_day=TODAY, last_day=TODAY, by=leader_of(task), at=NOON
    )


def to_correct(task):
    """Return a visit with a finding that is decided to be corrected."""
    visit = opened(task)
    with recorded(None, "test"):
        Finding.objects.create(
            visit=visit, key=uuid4(), number=1, fact="天平校准过期", handling=Handling.ORDER, decided_by=make_officer(),
            decided_at=NOON,
        )  # fmt: skip
    return visit


def numbers(first, second):
    return {one.number for one in overlapping(first, second)}


def test_two_leads(bodies):
    assert len(numbers(lambda: a_lead(bodies[0]), lambda: a_lead(bodies[1]))) == 2


def test_two_referrals(bodies, bureau):
    officer = make_member(Role.PROVINCE_OFFICER, bureau)
    receiver = make_organisation(Kind.DEPARTMENT, division="440000", sector=Sector.ECOLOGY)
    leads = [a_lead(body) for body in bodies]

    def refer(lead):
        return referring.refer(
            lead_id=lead.pk, receiver_id=receiver.pk, kind="transfer", words="依法处理", by=officer, at=NOON
        )

    assert len(numbers(lambda: refer(leads[0]), lambda: refer(leads[1]))) == 2


def test_two_cases(bodies, bureau):
    officer = make_member(Role.PROVINCE_OFFICER, bureau)

    def file(body):
        return file_case(body_id=body.pk, lead_ids=[], findings=[FALSE], by=officer, at=NOON)

    assert len(numbers(lambda: file(bodies[0]), lambda: file(bodies[1]))) == 2


def test_two_visits():
    tasks = [make_task(), make_task()]

    assert len(numbers(lambda: opened(tasks[0]), lambda: opened(tasks[1]))) == 2


def test_two_orders():
    officer = make_officer()
    visits = [to_correct(make_task()), to_correct(make_task())]

    def order(visit):
        return services.issue_order(visit_id=visit.pk, words="重新校准", by=officer, at=LATER)

    assert len(numbers(lambda: order(visits[0]), lambda: order(visits[1]))) == 2
