"""Which lines of a scope the national library does not list as they stand."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from zhunsheng.admission.licensing.renewals import lines, outlook
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.tests.factories import make_division, make_member, make_organisation
from zhunsheng.registry.bodies.tests.factories import load_catalogue, make_body, make_certificate, make_line
from zhunsheng.registry.national.importing import Announced
from zhunsheng.registry.national.rules.answers import Kind
from zhunsheng.registry.national.services import load_publication

pytestmark = pytest.mark.django_db
ROWS = [
    {"domain": "生态环境", "text": "GB/T 5750.6-2023 金属"},
    {"domain": "生态环境", "text": "HJ 700-2014 水质 65种元素", "remark": "已废止"},
]


@pytest.fixture
def body():
    load_catalogue()
    made = make_body()
    certificate = make_certificate(made)
    for method in ("GB/T 5750.6-2023", "GB/T 5750.6-2006", "HJ 700-2014", "Q/ABC 1-2020"):
        make_line(certificate, method_text=method)
    return made


@pytest.fixture
def _library():
    announced = Announced("一单一库", date(2020, 1, 1))
    load_publication(source=ROWS, announced=announced, by=None, at=timezone.now(), why="test")


@pytest.mark.usefixtures("_library")
def test_lines_are_counted_by_the_librarys_answer(body):
    found = outlook(body, date(2026, 7, 1))

    assert found.counts == {
        Kind.IN_LIBRARY: 1, Kind.OTHER_EDITION: 1, Kind.ABOLISHED: 1, Kind.NOT_IN_LIBRARY: 1,
    }  # fmt: skip
    assert found.endangered == 3


@pytest.mark.usefixtures("_library")
def test_only_lines_outside_the_library_are_listed(body):
    day = date(2026, 7, 1)
    found = outlook(body, day)

    assert found is not None
    assert {one.method_text for one in lines(body, day, found)} == {"GB/T 5750.6-2006", "HJ 700-2014", "Q/ABC 1-2020"}
    assert [one.method_text for one in lines(body, day, found, kind=Kind.ABOLISHED)] == ["HJ 700-2014"]


def test_without_a_library_nothing_is_said(body):
    assert outlook(body, date(2026, 7, 1)) is None


@pytest.mark.usefixtures("_library")
def test_the_page_is_for_officers_and_the_body(client, body):
    address = reverse("licensing:renewals", args=[body.slug])

    assert client.get(address).status_code == 403
    officer = make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))
    client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
    body.division = make_division("440100")
    body.save_without_historical_record()
    page = client.get(address).content.decode()

    assert "HJ 700-2014" in page
    assert page.count("GB/T 5750.6-2023") == 1  # listed instead of the line of 2006
