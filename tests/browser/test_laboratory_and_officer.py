"""A laboratory hands in a file with three planted faults and sees exactly these; an officer finds the report from the map."""

import json
import random

import pytest

from zhunsheng.demo.faults import issued_before_finished, unknown_instrument, verdict_turned

PLANTED = {"INST-UNKNOWN", "DATE-ISSUED-EARLY", "VERDICT-SHOULD-FAIL"}


@pytest.fixture(scope="module")
def number() -> str:
    return f"BT-{random.randrange(10**9):09d}"


@pytest.fixture
def faulty(page, site, sign_in, number) -> bytes:
    """A report of the story's laboratory with three mistakes, under a number of its own."""
    (organisation,) = site.row(
        "select organisation_id from accounts_membership m join accounts_user u on u.id = m.user_id"
        " where u.username = 'shiyanshi'"
    )
    (digest,) = site.row(
        "select r.digest from reports_report r join bodies_body b on b.id = r.body_id where b.organisation_id = ?"
        " and r.findings = 0 and r.verdict = 'pass' and r.state = 'current' and r.lines > 2 order by r.id",
        organisation,
    )
    sign_in("shiyanshi")
    document = page.request.get(f"/reports/{digest}/report.json").json()
    del document["proof"]
    document["number"] = number
    assert verdict_turned(document, None, None)
    assert unknown_instrument(document, None, None)
    assert issued_before_finished(document, None, None)
    return json.dumps(document, ensure_ascii=False).encode()


def hand_in(page, address: str, content: bytes) -> set[str]:
    page.goto(address)
    page.set_input_files("input[type=file]", {"name": "r.json", "mimeType": "application/json", "buffer": content})
    page.click("form.zs-form button.btn-primary")
    page.wait_for_selector("#outcome-title")
    rules = page.eval_on_selector_all("[id^=rule-]", "nodes => nodes.map(node => node.id.slice(5))")
    return set(rules)


def test_trying_the_file_first_shows_the_same_and_stores_nothing(page, site, faulty, number):
    before = site.row("select count(*) from reports_report")

    assert hand_in(page, "/reports/try/", faulty) == PLANTED

    assert site.row("select count(*) from reports_report") == before


def test_the_laboratory_sees_exactly_its_three_faults(page, site, faulty, number):
    assert hand_in(page, "/reports/submit/", faulty) == PLANTED
    assert site.row("select findings from reports_report where number = ?", number)[0] >= len(PLANTED)


def test_an_officer_finds_that_report_from_the_map(page, site, sign_in, number):
    sign_in("sheng")
    page.goto("/home/")
    name = site.row(
        "select b.name from bodies_body b join reports_report r on r.body_id = b.id where r.number = ?", number
    )[0]
    page.locator(".zs-chart-map details, [data-chart-kind=map] details, figure:has(.is-map) details").first.click()
    page.get_by_role("link", name="广州市").first.click()
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("link", name=number).first.click()

    assert number in page.inner_text("h1")
    found = page.eval_on_selector_all("[id^=rule-]", "nodes => nodes.map(node => node.id.slice(5))")
    assert set(found) == PLANTED
