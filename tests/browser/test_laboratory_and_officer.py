"""A laboratory hands in a file with three planted faults and sees these alone; an officer finds it from the map."""

import pytest

from tests.browser.laboratory import BODY, hand_in, new_number, rules_on, sound_report
from zhunsheng.demo.faults import issued_before_finished, unknown_instrument, verdict_turned

PLANTED = ["DATE-ISSUED-EARLY", "INST-UNKNOWN", "VERDICT-SHOULD-FAIL"]


@pytest.fixture
def laboratory(visit):
    return visit("shiyanshi")


@pytest.fixture
def faulty(laboratory, site) -> dict:
    """A report of the laboratory with three mistakes, under a number of its own."""
    document = sound_report(laboratory, site) | {"number": new_number()}
    assert verdict_turned(document, None, None)
    assert unknown_instrument(document, None, None)
    assert issued_before_finished(document, None, None)
    return document


def test_trying_the_file_first_shows_the_three_faults_and_stores_nothing(laboratory, site, faulty):
    before = site.row("select count(*) from reports_report"), site.row("select count(*) from ledger_entry")

    assert hand_in(laboratory, "/reports/try/", faulty) == PLANTED

    assert (site.row("select count(*) from reports_report"), site.row("select count(*) from ledger_entry")) == before


def test_the_laboratory_sees_exactly_its_three_faults_and_its_report_is_kept(laboratory, site, faulty):
    assert hand_in(laboratory, "/reports/submit/", faulty) == PLANTED

    laboratory.get_by_role("link", name="打开报告").click()
    assert faulty["number"] in laboratory.inner_text("h1")
    assert rules_on(laboratory) == PLANTED
    assert site.row("select findings from reports_report where number = ?", faulty["number"])[0] >= len(PLANTED)


def test_a_foreign_file_is_refused_with_its_field_and_a_remedy(laboratory, site, faulty):
    before = site.row("select count(*) from reports_report")
    faulty["body"] = {"cma": "999999999999"}

    assert hand_in(laboratory, "/reports/submit/", faulty) == []

    assert "body" in laboratory.inner_text(".zs-message.zs-bad code")
    assert site.row("select count(*) from reports_report") == before


def to_the_bodies_of_guangzhou_by_table(page) -> None:
    figure = page.locator("figure", has=page.locator("[data-geo]"))
    figure.locator("summary").click()
    figure.get_by_role("link", name="广州市").click()


def to_the_bodies_of_guangzhou_by_shape(page) -> None:
    """Click into the city: where its shape lies on the canvas is asked from the chart itself."""
    area = page.locator("[data-geo][data-drawn]")
    area.scroll_into_view_if_needed()
    x, y = area.evaluate("holder => holder.zsChart.convertToPixel({ seriesIndex: 0 }, '440100')")
    area.click(position={"x": x, "y": y})


@pytest.mark.parametrize("go", [to_the_bodies_of_guangzhou_by_table, to_the_bodies_of_guangzhou_by_shape])
def test_an_officer_finds_that_report_from_the_map(visit, laboratory, site, faulty, go):
    hand_in(laboratory, "/reports/submit/", faulty)
    officer = visit("sheng")
    officer.goto("/home/")

    go(officer)
    officer.wait_for_url("**/bodies/?**")
    officer.get_by_role("link", name=site.row(BODY)[1]).first.click()
    officer.get_by_role("link", name=faulty["number"]).click()

    assert faulty["number"] in officer.inner_text("h1")
    assert rules_on(officer) == PLANTED


def test_a_city_officer_sees_no_report_of_another_city(visit, site):
    digest, slug = site.row("select digest, body_slug from reports_report where division_code not like '4401%'")
    officer = visit("guangzhou")

    assert officer.goto(f"/reports/{digest}/").status == 404
    assert officer.request.get(f"/reports/{digest}/report.json").status == 404
    officer.goto("/reports/")
    assert officer.locator("tbody tr").count() > 0
    for address in (f"/reports/?body={slug}", f"/reports/findings/?body={slug}"):
        officer.goto(address)
        assert officer.locator("tbody tr").count() == 0
    assert len(officer.request.get(f"/reports/?body={slug}&export=csv").text().splitlines()) == 1


def test_a_laboratory_sees_no_report_of_another_laboratory(laboratory, site):
    (digest,) = site.row("select digest from reports_report where body_id != ? and generated", site.row(BODY)[2])

    assert laboratory.goto(f"/reports/{digest}/").status == 404


def test_a_visitor_never_sees_a_finding(page, site):
    digest, slug, number = site.row(
        "select digest, body_slug, number from reports_report where worst >= 2 and generated"
    )

    assert page.goto(f"/reports/{digest}/").status == 404
    for address in ("/reports/findings/", "/home/", "/reports/try/"):
        page.goto(address)
        assert "/accounts/login/" in page.url, address
    for address in (f"/bodies/{slug}/", f"/search/?q={number}", "/reports/"):
        page.goto(address)
        assert rules_on(page) == []
        assert page.get_by_role("link", name=number).count() == 0, address
