"""The demo's laboratories and reports: the same for the same seed, honest unless a mistake was planted."""

import itertools
import random
from datetime import date

import msgspec
import pytest

from zhunsheng.demo.faults import FAULTS, plant
from zhunsheng.demo.laboratories import County, make_laboratories
from zhunsheng.demo.reports import make_reports, worth
from zhunsheng.demo.story import hero, mark_statuses
from zhunsheng.demo.tables import methods, rows
from zhunsheng.foundation.identifiers import parse_cas, parse_cma, parse_standard, parse_uscc
from zhunsheng.oversight.reports.format import read_report

TODAY = date(2026, 11, 23)
COUNTIES = [
    County("440106", "天河区", "广州市", "Guangzhou", 23.13, 113.36),
    County("440111", "白云区", "广州市", "Guangzhou", 23.16, 113.27),
    County("440305", "南山区", "深圳市", "Shenzhen", 22.53, 113.93),
]


@pytest.fixture(scope="module")
def laboratories():
    return make_laboratories(80, seed=7, counties=COUNTIES, today=TODAY)


def test_the_same_seed_makes_the_same_province(laboratories):
    again = make_laboratories(80, seed=7, counties=COUNTIES, today=TODAY)
    other = make_laboratories(80, seed=8, counties=COUNTIES, today=TODAY)

    assert again == laboratories
    assert other != laboratories


def test_every_number_is_of_the_form_that_the_law_gives_it(laboratories):
    for one in laboratories:
        assert str(parse_uscc(one.uscc)) == one.uscc
        assert parse_cma(one.cma).issuer == "19"
    assert len({one.cma for one in laboratories}) == len(laboratories)
    assert len({one.uscc for one in laboratories}) == len(laboratories)


def test_generated_laboratories_say_so_in_their_names(laboratories):
    assert all(one.name.endswith("（演示）") for one in laboratories)


def test_who_inspects_vehicles_tests_nothing_else_and_nobody_else_inspects_them(laboratories):
    inspecting = [one for one in laboratories if "05" in one.fields]

    assert inspecting
    assert {one.fields for one in inspecting} == {("05",)}
    assert all("机动车" in one.name for one in inspecting)


def test_the_story_follows_a_laboratory_to_which_samples_are_sent(laboratories):
    here = [one for one in laboratories if one.division.startswith("4401")]
    vehicles = [one for one in here if one.fields == ("05",)]
    other = next(one for one in here if not {"00", "05"} & set(one.fields))

    assert len(vehicles) > 1
    assert hero([*vehicles, other]) is other
    assert "00" in hero(laboratories).fields


def test_the_tables_hold_sound_numbers():
    for method in methods():
        assert parse_standard(method.method).year
        if method.cas:
            parse_cas(method.cas)
    editions = {row["code"] for row in rows("editions.csv")}
    assert {method.method for method in methods()} <= editions
    assert {method.product_standard for method in methods() if method.product_standard} <= editions


def test_every_report_is_well_formed_and_dated_in_order(laboratories):
    for one in laboratories[:20]:
        for report in make_reports(one, 5, seed=7, first=date(2026, 9, 1), last=date(2026, 10, 1)):
            read_report(msgspec.json.encode(report))
            dates = report["dates"]
            assert dates["received"] <= dates["started"] <= dates["finished"] <= dates["issued"]
            assert report["sample"]["sampled"] <= dates["received"]


def test_nobody_is_in_two_places_at_once(laboratories):
    """Attended work of one person never overlaps, whichever report it belongs to."""
    attended = {method.code: method.attended for method in methods()}
    one = hero(laboratories)
    spans: dict[str, list[tuple[str, str]]] = {}
    for report in make_reports(one, 60, seed=7, first=date(2026, 9, 1), last=date(2026, 10, 1)):
        for line in report["results"]:
            if attended[line["parameter_code"]]:
                spans.setdefault(line["analyst"], []).append((line["started"], line["finished"]))
    assert spans
    for listed in spans.values():
        ordered = sorted(listed)
        assert all(first[1] <= second[0] for first, second in itertools.pairwise(ordered))


@pytest.mark.parametrize("kind", FAULTS)
def test_a_planted_mistake_changes_a_copy_and_stays_well_formed(laboratories, kind):
    rng = random.Random(1)
    planted = None
    for one in laboratories:
        for report in make_reports(one, 3, seed=7, first=date(2026, 9, 1), last=date(2026, 10, 1)):
            before = msgspec.json.encode(report)
            planted = plant(report, one, rng, kind)
            assert msgspec.json.encode(report) == before
            if planted is not None:
                assert planted != report
                read_report(msgspec.json.encode(planted))
                return
    pytest.fail(f"no report had room for {kind}")


def test_the_hero_keeps_a_valid_certificate_while_others_show_every_state(laboratories):
    listed = make_laboratories(80, seed=7, counties=COUNTIES, today=TODAY)
    mark_statuses(listed, TODAY)

    assert hero(listed).status == "active"
    assert hero(listed).valid_to > TODAY
    assert {one.status for one in listed} == {"active", "suspended", "cancelled", "revoked"}


def test_each_laboratory_issues_at_least_one_report(laboratories):
    shares = worth(laboratories, 500)

    assert min(shares) >= 1
    assert abs(sum(shares) - 500) < len(laboratories)
