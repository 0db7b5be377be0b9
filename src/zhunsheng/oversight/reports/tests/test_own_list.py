"""A laboratory's list of reports leaves out what every row says alike; a file of it does not, because files travel."""

import pytest
from django.urls import reverse

from zhunsheng.oversight.reports.tests.intake_factories import Laboratory
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation

pytestmark = pytest.mark.django_db
COLUMN = 'data-col="body"'


@pytest.fixture
def laboratory():
    made = Laboratory()
    made.submit(made.report())
    return made


def listed(client, person, **asked):
    client.force_login(person)
    return client.get(reverse("reports:list"), asked, headers={"accept-language": "en"})


def test_a_laboratory_does_not_read_its_own_name_in_every_row(client, laboratory):
    manager = make_member(Role.BODY_MANAGER, laboratory.body.organisation)

    page = listed(client, manager).content.decode()

    assert laboratory.report()["number"] in page
    assert COLUMN not in page


def test_its_file_names_it_all_the_same(client, laboratory):
    manager = make_member(Role.BODY_MANAGER, laboratory.body.organisation)

    file = b"".join(listed(client, manager, export="csv").streaming_content).decode()

    assert laboratory.body.name in file


def test_an_officer_reads_whose_report_each_is(client, laboratory):
    officer = make_member(Role.PROVINCE_OFFICER, make_organisation(Kind.AUTHORITY, "440000"))

    page = listed(client, officer).content.decode()

    assert COLUMN in page
    assert laboratory.body.name in page
