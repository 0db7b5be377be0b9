"""Why a tested line is inside a body's scope, or why not."""

from datetime import date
from typing import Any

import pytest

from zhunsheng.registry.bodies.scope import Reason, ScopeRequest, answer_many, explain_missing
from zhunsheng.registry.bodies.tests.factories import load_catalogue, make_body, make_certificate, make_line, make_site

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def certificate():
    load_catalogue()
    return make_certificate(make_body())


def ask(**values):
    plain: dict[str, Any] = {
        "body": "231912050001",
        "object": "生活饮用水",
        "parameter": "铅",
        "method": "GB/T 5750.6-2023",
        "on": DAY,
    }
    return answer_many([ScopeRequest(**(plain | values))])[0]


def test_a_line_that_the_schedule_holds_is_in_scope_and_names_line_and_domain(certificate):
    line = make_line(certificate)

    answer = ask()

    assert (answer.reason, answer.line_id, answer.domain) == (Reason.IN_SCOPE, line.pk, "水质")


@pytest.mark.parametrize("name", ["PB", "铅(Pb)", "Lead", " 铅 "])
def test_every_name_of_a_parameter_means_the_same(certificate, name):
    make_line(certificate)

    assert ask(parameter=name).reason is Reason.IN_SCOPE


def test_a_scope_object_above_the_tested_one_holds_it_and_one_below_does_not(certificate):
    make_line(certificate, object_text="饮用水")

    assert ask(object="瓶装水").reason is Reason.IN_SCOPE
    assert ask(object="水").reason is Reason.OBJECT_NOT_HELD


def test_another_edition_is_told_apart_with_the_year_that_is_held_and_what_replaced_it(certificate):
    make_line(certificate, method_text="GB/T 5750.6-2006")

    answer = ask(method="GB/T 5750.6—2023")

    assert answer.reason is Reason.EDITION_SUPERSEDED
    assert answer.facts == {"held": "GB/T 5750.6-2006", "used": "GB/T 5750.6-2023", "replaced_by": "GB/T 5750.6-2023"}


def test_a_schedule_line_without_a_year_holds_every_edition(certificate):
    make_line(certificate, method_text="GB/T 5750.6")

    assert ask(method="GB/T 5750.6-2006").reason is Reason.IN_SCOPE


def test_parameter_object_and_method_not_held_are_told_apart(certificate):
    make_line(certificate)

    assert ask(parameter="镉").reason is Reason.PARAMETER_NOT_HELD
    assert ask(object="土壤").facts == {"held": "生活饮用水"}
    method = ask(method="HJ 700-2014")
    assert (method.reason, method.facts) == (Reason.METHOD_NOT_HELD, {"held": "GB/T 5750.6-2023"})


def test_what_the_catalogue_does_not_know_is_compared_by_its_normalised_text(certificate):
    make_line(certificate, object_text="自来水（出厂）", parameter_text="某新指标", method_text="企业方法 A")

    known = {"object": "自来水(出厂)", "parameter": "某 新指标", "method": "企业方法A"}
    assert ask(**known).reason is Reason.IN_SCOPE
    assert ask(**(known | {"parameter": "另一指标"})).reason is Reason.PARAMETER_NOT_HELD


def test_another_site_is_named(certificate):
    site = make_site(certificate.body, "B", name="佛山实验室")
    make_line(certificate, site=site)

    answer = ask(site="A")

    assert (answer.reason, answer.facts) == (Reason.OTHER_SITE, {"site": "B", "site_name": "佛山实验室"})
    assert ask(site="B").reason is Reason.IN_SCOPE
    assert ask(site="").reason is Reason.IN_SCOPE


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2024, 12, 31), Reason.NOT_ON_THAT_DATE),
        (date(2025, 1, 1), Reason.IN_SCOPE),
        (date(2025, 12, 31), Reason.IN_SCOPE),
        (date(2026, 1, 1), Reason.NOT_ON_THAT_DATE),
    ],
)
def test_first_and_last_day_both_belong_to_the_period(certificate, day, reason):
    make_line(certificate, valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31))

    answer = ask(on=day)

    assert answer.reason is reason
    if reason is Reason.NOT_ON_THAT_DATE:
        assert answer.facts == {"from": "2025-01-01", "to": "2025-12-31"}


@pytest.mark.parametrize(
    ("limitation", "tested", "reason"),
    [
        ("0.01~10 mg/L", {"value": "0.5", "unit": "mg/L"}, Reason.IN_SCOPE),
        ("0.01~10 mg/L", {"value": "500", "unit": "µg/L"}, Reason.IN_SCOPE),
        ("（0.01～10）mg/L", {"value": "12", "unit": "mg/L"}, Reason.LIMITATION_BROKEN),
        ("测量范围：0.01-10mg/L", {"value": "＜0.01", "unit": "mg/L"}, Reason.IN_SCOPE),
        ("0.01~10 mg/L", {"value": "未检出", "unit": "mg/L"}, Reason.IN_SCOPE),
        ("0.01~10 mg/L", {"value": "0.5", "unit": "NTU"}, Reason.LIMITATION_UNREAD),
        ("只用第一法", {"clause": "第一法"}, Reason.IN_SCOPE),
        ("只用第一法", {"clause": "第二法"}, Reason.LIMITATION_BROKEN),
        ("只用第一法", {}, Reason.LIMITATION_UNREAD),
        ("不含瓶装水", {"object": "瓶装水"}, Reason.LIMITATION_BROKEN),
        ("除土壤外", {}, Reason.IN_SCOPE),
        ("仅限生活饮用水", {"object": "瓶装水"}, Reason.IN_SCOPE),
        ("仅限瓶装水", {}, Reason.LIMITATION_BROKEN),
        ("需经客户书面同意", {}, Reason.LIMITATION_UNREAD),
        ("/", {}, Reason.IN_SCOPE),
    ],
)
def test_limitations_are_read_or_left_to_a_person(certificate, limitation, tested, reason):
    make_line(certificate, limitation=limitation)

    answer = ask(**tested)

    assert answer.reason is reason
    if reason in {Reason.LIMITATION_BROKEN, Reason.LIMITATION_UNREAD}:
        assert answer.facts == {"limitation": limitation}


def test_a_line_without_limitation_wins_over_a_limited_one(certificate):
    make_line(certificate, limitation="仅限瓶装水")
    make_line(certificate)

    assert ask().reason is Reason.IN_SCOPE


def test_a_body_without_any_scope_and_a_body_nobody_knows_say_not_stated(certificate):
    assert ask().reason is Reason.SCOPE_NOT_STATED
    assert ask(body="ee-terviseamet:TA").reason is Reason.SCOPE_NOT_STATED


def test_a_batch_takes_as_many_queries_as_one_line(certificate, django_assert_max_num_queries):
    make_line(certificate)
    other = make_certificate(make_body("231912050002"))
    make_line(other, parameter_text="镉", site=make_site(other.body, "B"))
    requests = [
        ScopeRequest(body=f"23191205000{number % 3}", object=object_, parameter=parameter, method="HJ 700-2014", on=DAY)
        for number in range(3)
        for object_ in ("生活饮用水", "土壤", "瓶装水")
        for parameter in ("铅", "镉", "某指标")
    ]
    answer_many(requests)

    with django_assert_max_num_queries(7):
        assert len(answer_many(requests * 20)) == 540
    with django_assert_max_num_queries(6):
        explain_missing(requests * 20)
