"""Who can do all of these, and what nobody can do."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.registry.bodies.tests.factories import NOON, WHY
from zhunsheng.registry.capabilities.selectors import gaps, together
from zhunsheng.registry.capabilities.tests.small_province import DAY, GUANGZHOU, SHENZHEN, SUSPENDED, WIDE, load
from zhunsheng.registry.catalogue.models import Parameter, StandardEdition
from zhunsheng.registry.library.models import Entry, Version
from zhunsheng.registry.national.importing import Announced
from zhunsheng.registry.national.services import load_publication

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


def test_a_test_with_an_unknown_word_is_not_answered_by_what_the_other_words_say(client):
    answer = together(["生活饮用水 镉 5750.6", "圥夳龘 铅"], on=DAY)

    assert [one.text for one in answer.missing] == ["圥夳龘 铅"]
    assert [text for one in answer.partners for text, _line in one.tests] == ["生活饮用水 镉 5750.6"]
    page = client.get("/capabilities/together/", {"tests": "生活饮用水 镉 5750.6\n圥夳龘 铅"}).content.decode()
    assert "“圥夳龘 铅”中的“圥夳龘”不是已知的对象" in page
    assert "清单中有 1 项未计入" in page


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


def load_national(*rows):
    load_publication(
        source=[{"domain": domain, "text": text} for domain, text in rows],
        announced=Announced("演示", date(2020, 1, 1)), by=None, at=NOON, why=WHY,
    )  # fmt: skip


def enter(code, parameter, edition, **days):
    """Put an entry into the provincial library, without its governance."""
    officer = make_member(Role.PROVINCE_OFFICER, make_organisation(Kind.AUTHORITY, division="440000"))
    known = Parameter.objects.get(code=parameter)
    days = {"effective_from": date(2026, 1, 1)} | days
    with recorded(None, WHY):
        entry = Entry.objects.create(code=code, steward=officer.memberships.get().organisation, changed_on=DAY)
        Version.objects.create(
            entry=entry, number=1, object_name="生活饮用水", parameter=known, parameter_name=known.name, domain="水质",
            method_code=edition, edition=StandardEdition.objects.get(code=edition), published_by=officer,
            published_at=NOON, why=WHY, **days,
        )  # fmt: skip


def test_a_standard_of_the_national_library_without_a_line_is_a_gap_with_its_source_and_domain():
    load_national(("食品", "GB 5009.11-2014 总砷及无机砷的测定"), ("生态环境", "HJ 700-2014 水质 65种元素的测定"))

    told = {one.key: one for one in gaps(on=DAY).found if "national" in one.sources}

    assert list(told) == ["GB 5009.11"]
    assert told["GB 5009.11"].sources == ("national",)
    assert told["GB 5009.11"].domains == ("食品",)


def test_a_standard_that_catalogue_and_national_library_name_is_one_gap_of_both():
    load_national(("生态环境", "HJ 700-2014 水质 65种元素的测定"))

    (gap,) = (one for one in gaps(on=DAY, division="440100", domain="没有这个领域").found if one.key == "HJ 700")

    assert gap.sources == ("catalogue", "national")


def test_rows_of_the_national_library_that_have_ended_are_no_gaps():
    load_national(("食品", "GB 5009.11-2014 总砷及无机砷的测定"))
    again = [{"domain": "食品", "text": "GB 5009.12-2023 铅的测定"}]
    load_publication(source=again, announced=Announced("演示二", date(2026, 3, 1)), by=None, at=NOON, why=WHY)

    assert {one.key for one in gaps(on=DAY).found if "national" in one.sources} == {"GB 5009.12"}


def test_an_entry_of_the_province_is_a_gap_where_nobody_has_its_parameter_by_its_standard():
    enter("GDL-000001", "CD", "HJ 700-2014")  # the wide body tests it at its site in Guangzhou
    enter("GDL-000002", "PB", "GB/T 5750.6-2023")  # both cities
    enter("GDL-000003", "CD", "GB/T 5750.6-2023", effective_to=date(2026, 3, 1))  # over
    enter("GDL-000004", "CD", "GB/T 5750.6-2023", effective_from=date(2026, 3, 3))  # not yet

    here = {one.key: one for one in gaps(on=DAY, division="440300").found if one.kind == "entry"}

    assert list(here) == ["GDL-000001"]
    assert here["GDL-000001"].elsewhere == ("广州市",)
    assert here["GDL-000001"].sources == ("provincial",)
    assert not [one for one in gaps(on=DAY).found if one.kind == "entry"]


def test_the_list_is_filtered_by_source_and_taken_along_with_it(client):
    load_national(("食品", "GB 5009.11-2014 总砷及无机砷的测定"))
    client.force_login(make_member(Role.PROVINCE_OFFICER, make_organisation(Kind.AUTHORITY, division="440000")))

    taken = client.get("/capabilities/gaps/", {"source": "national", "export": "csv", "domain": "没有这个领域"})

    rows = list(csv.reader(io.StringIO(b"".join(taken.streaming_content).decode("utf-8-sig"))))
    assert [row[1:5] for row in rows[1:]] == [
        ["GB 5009.11", "GB 5009.11-2014 总砷及无机砷的测定", "国家能力项目库", "食品"]
    ]


def test_the_number_of_queries_does_not_grow_with_the_gaps(django_assert_num_queries):
    load_national(("食品", "GB 5009.11-2014 总砷及无机砷的测定"))
    with CaptureQueriesContext(connection) as few:
        gaps(on=DAY)
    again = [{"domain": "食品", "text": f"GB {number}-2023 测定"} for number in range(10000, 10050)]
    load_publication(source=again, announced=Announced("演示二", date(2026, 3, 1)), by=None, at=NOON, why=WHY)
    enter("GDL-000001", "CD", "HJ 700-2014")

    with django_assert_num_queries(len(few)):
        assert len(gaps(on=DAY).found) >= 50
