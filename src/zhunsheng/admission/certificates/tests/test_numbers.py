"""Certificate numbers YYAAFFMMSSSS: facts of the numbering rule as explained to applicants."""

from datetime import date

import pytest

from zhunsheng.admission.certificates import law_book
from zhunsheng.admission.certificates.grants import NewBody
from zhunsheng.admission.certificates.models import Serial
from zhunsheng.admission.certificates.rules import numbers
from zhunsheng.admission.certificates.rules.numbers import NumberRefused, Parts
from zhunsheng.admission.certificates.tests.factories import CADMIUM, LEAD, RICE, first_grant, issue, make_world
from zhunsheng.foundation.identifiers import parse_cma
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate

LAW = law_book.numbering(date(2026, 3, 2)).values


@pytest.mark.parametrize(
    ("groups", "code"),
    [
        ([("食品", "粮食及制品")], "00"),
        ([("食品", ""), ("生态环境", "水和废水")], "00"),
        ([("产品质量", "食品相关产品")], "21"),
        ([("生态环境", "水和废水")], "12"),
        ([("机动车", "")], "05"),
        ([("生态环境", ""), ("机动车", "")], "20"),
        ([("", "")], "21"),
    ],
)
def test_any_food_makes_the_field_00_and_several_fields_are_comprehensive(groups, code):
    assert numbers.field_of(groups, LAW) == code


def test_the_published_sample_number_reads_as_2023_samr_comprehensive_other():
    made = numbers.make(Parts("23", "00", "20", "34"), 9767)

    assert made == "230020349767"
    assert parse_cma(made).national


@pytest.mark.parametrize(("division", "issuer"), [("440000", "19"), ("110000", "01"), ("650000", "31")])
def test_the_issuer_follows_from_the_province(division, issuer):
    assert numbers.issuer_of(division, LAW) == issuer


def test_no_authority_of_an_unknown_division_issues():
    with pytest.raises(NumberRefused) as caught:
        numbers.issuer_of("990000", LAW)

    assert caught.value.remedy


def test_serials_end_at_9999():
    with pytest.raises(NumberRefused):
        numbers.make(Parts("26", "19", "12", "34"), 10_000)


@pytest.mark.django_db
def test_the_first_number_of_a_year_is_0001_and_the_next_follows_within_year_and_issuer():
    world = make_world()

    first = issue(world)
    second = issue(world, first_grant(world, body=NewBody("珠江检测有限公司", "91440106MA5CQ0001X", "440106", "广州市"),
                                      organisation_id=None, decision_no="2号", added=(RICE, LEAD)))  # fmt: skip

    assert (first.number, second.number) == ("261912340001", "261900340002")


@pytest.mark.django_db
def test_numbers_that_the_register_has_already_are_passed_over():
    world = make_world()
    make_certificate(make_body("231912050001"), "261912340001")
    make_body("261912340002", cma="261912340002")

    assert issue(world).number == "261912340003"
    assert Serial.objects.get().last == 3


@pytest.mark.django_db
def test_a_number_assigned_elsewhere_is_taken_unless_it_is_held():
    world = make_world()
    make_certificate(make_body("231912050001"), "261912349000")

    with pytest.raises(NumberRefused) as caught:
        issue(world, first_grant(world, number="261912349000"))
    assert caught.value.field == "number"
    assert caught.value.remedy

    assert issue(world, first_grant(world, number="261912349001", added=(CADMIUM,))).number == "261912349001"
