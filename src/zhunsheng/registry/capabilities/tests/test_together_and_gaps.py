"""Who can do all of these, and what nobody can do."""

import csv
import io

import pytest

from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.registry.capabilities.selectors import gaps, together
from zhunsheng.registry.capabilities.tests.small_province import DAY, GUANGZHOU, SHENZHEN, SUSPENDED, WIDE, load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def province():
    return load()


def test_one_body_that_can_do_everything_is_named_alone():
    answer = together(["生活饮用水 铅 GB/T 5750.6", "生活饮用水 镉 GB/T 5750.6"], on=DAY)

    assert [one.slug for one in answer.alone] == [GUANGZHOU]
    assert [one.entry.slug for one in answer.partners] == [GUANGZHOU]


def test_where_no_body_can_do_it_alone_the_fewest_together_are_named():
    answer = together(["生活饮用水 镉 5750.6", "土壤 铊", "生活饮用水 铅"], on=DAY)

    assert answer.alone == []
    assert {one.entry.slug for one in answer.partners} == {GUANGZHOU, WIDE}
    assert answer.cover.exact
    assert sorted(text for one in answer.partners for text, _line in one.tests) == sorted(
        ["生活饮用水 镉 5750.6", "土壤 铊", "生活饮用水 铅"]
    )


def test_the_preferred_place_decides_between_equals():
    assert [one.entry.slug for one in together(["铅 5750.6"], on=DAY, near="深圳").partners] == [SHENZHEN]
    assert [one.entry.slug for one in together(["铅 5750.6-2023"], on=DAY, near="天河").partners] == [GUANGZHOU]


def test_a_suspended_body_is_no_help():
    answer = together(["生活饮用水 铅"], on=DAY)

    assert SUSPENDED not in {one.slug for one in answer.alone}


def test_what_nobody_can_do_is_named_and_left_out():
    answer = together(["生活饮用水 铅", "圥夳龘"], on=DAY)

    assert [one.text for one in answer.missing] == ["圥夳龘"]
    assert len(answer.partners) == 1


def test_the_page_answers_and_gives_the_table_along(client):
    asked = {"tests": "生活饮用水 镉 5750.6\n土壤 铊", "near": ""}
    page = client.get("/capabilities/together/", asked).content.decode()

    assert "2 家合起来可以" in page
    taken = client.get("/capabilities/together/", asked | {"export": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(taken.streaming_content).decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == ["生活饮用水 镉 5750.6", "土壤 铊"] or len(rows) == 3


def test_an_empty_list_is_refused_with_words(client):
    assert "id_tests" in client.get("/capabilities/together/", {"tests": " "}).content.decode()


def test_a_parameter_without_any_line_under_a_valid_certificate_is_a_gap():
    keys = {one.key for one in gaps(on=DAY, division="440300").found}

    assert "CD" in keys
    assert "PB" not in keys
    assert "PB" not in {one.key for one in gaps(on=DAY).found}


def test_a_gap_of_a_city_says_where_it_can_be_tested():
    gap = next(one for one in gaps(on=DAY, division="440300").found if one.key == "CD")

    assert gap.elsewhere == ("广州市",)


def test_a_domain_without_lines_leaves_everything_open():
    assert {"PB", "CD"} <= {one.key for one in gaps(on=DAY, domain="没有这个领域").found}


def test_the_gap_list_is_for_officers(client):
    officer = make_member(Role.PROVINCE_OFFICER, make_organisation(Kind.AUTHORITY, division="440000"))
    clerk = make_member(Role.BODY_CLERK, make_organisation(Kind.BODY, division="440106"))

    assert client.get("/capabilities/gaps/").status_code == 302
    client.force_login(clerk)
    assert client.get("/capabilities/gaps/").status_code == 403
    client.force_login(officer)
    page = client.get("/capabilities/gaps/", {"division": "440300"})
    assert page.status_code == 200
    assert "CD" in page.content.decode()
