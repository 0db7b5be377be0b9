"""Anyone finds out whether a report is what the laboratory issued: by its code, by the file, without an account."""

import pytest

from tests.browser.laboratory import BODY, encoded, hand_in, new_number, sound_report
from zhunsheng.oversight.reports.format import code_of

CLEAN = (
    "select digest, body_slug, number from reports_report"
    " where generated and findings = 0 and state = 'current' and version = 1"
)


@pytest.fixture
def original(visit, site) -> dict:
    """A report as its laboratory's archive would hold it."""
    (digest, _slug, _number) = site.row(CLEAN)
    return visit("shenji").request.get(f"/reports/{digest}/report.json").json()


@pytest.fixture
def handed_in(visit, site) -> tuple[dict, str]:
    """A report that the laboratory has just handed in, and its public code."""
    laboratory = visit("shiyanshi")
    document = sound_report(laboratory, site) | {"number": new_number()}
    hand_in(laboratory, "/reports/submit/", document)
    return document, public_code(site, document)


def public_code(site, document: dict) -> str:
    digest, slug = site.row(
        "select digest, body_slug from reports_report where number = ? and version = ?",
        document["number"],
        document["version"],
    )
    return f"{slug}-{code_of(digest)}"


def drop(page, document: dict) -> None:
    page.goto("/v/")
    file = {"name": "report.json", "mimeType": "application/json", "buffer": encoded(document)}
    page.set_input_files("input[type=file]", file)
    page.wait_for_selector("#answer h2")


def answer_of(page) -> str:
    return page.inner_text(".zs-answer h2")


def test_the_code_of_an_untouched_report_says_identical_and_shows_masked_fields(page, site):
    digest, slug, number = site.row(CLEAN)

    page.goto(f"/v/{slug}-{code_of(digest)}")

    assert answer_of(page) == "与签发原件一致"
    assert "＊" in page.inner_text(".zs-answer dl")
    assert number not in page.inner_text(".zs-answer")


def test_a_dropped_file_is_recognised_and_never_leaves_the_browser(page, site, original):
    (digest, _slug, _number) = site.row(CLEAN)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url} {request.post_data or ''}"))

    drop(page, original)

    assert answer_of(page) == "与签发原件一致"
    assert any(digest in line for line in sent)
    assert not any(line.startswith("POST") for line in sent)
    assert not any(original["client"]["name"] in line for line in sent)


def test_a_changed_value_is_called_altered(page, original):
    original["results"][0]["value"] = "0.000123"

    drop(page, original)

    assert answer_of(page) == "内容不一致"


def test_number_and_anti_forgery_code_from_the_paper_are_enough(page, site):
    digest, _slug, number = site.row(CLEAN)
    page.goto("/v/")
    page.fill("input[name=number]", number)
    page.fill("input[name=code]", code_of(digest).lower())
    page.press("input[name=code]", "Enter")
    page.wait_for_selector(".zs-answer h2")

    assert answer_of(page) == "与签发原件一致"


def test_a_known_number_with_a_wrong_code_is_called_altered(page, site):
    _digest, _slug, number = site.row(CLEAN)
    page.goto("/v/")
    page.fill("input[name=number]", number)
    page.fill("input[name=code]", "AAAAAAAAAAAAAAAA")
    page.press("input[name=code]", "Enter")
    page.wait_for_selector(".zs-answer h2")

    assert answer_of(page) == "内容不一致"


def test_a_corrected_report_leads_to_the_newer_version(page, visit, site, handed_in):
    document, code = handed_in
    kind = {"version": 1, "number": document["number"], "kind": "correction", "reason": "更正委托单位名称。"}
    hand_in(visit("shiyanshi"), "/reports/submit/", document | {"version": 2, "replaces": kind})

    page.goto(f"/v/{code}")
    assert answer_of(page) == "已更正或作废"
    page.click(".zs-answer a.btn-primary")

    assert answer_of(page) == "与签发原件一致"
    assert page.url.endswith(public_code(site, document | {"version": 2}))


def test_a_withdrawn_report_says_so(page, visit, handed_in):
    document, code = handed_in
    kind = {"version": 1, "number": document["number"], "kind": "withdrawal", "reason": "委托方信息有误。"}
    hand_in(visit("shiyanshi"), "/reports/submit/", document | {"version": 2, "replaces": kind})

    page.goto(f"/v/{code}")

    assert answer_of(page) == "已更正或作废"
    assert "机构已将本报告作废" in page.inner_text(".zs-answer")
    assert page.locator(".zs-answer a.btn-primary").count() == 0


def test_a_line_outside_the_schedule_is_to_be_verified_and_no_breach(page, visit, site):
    laboratory = visit("shiyanshi")
    document = sound_report(laboratory, site) | {"number": new_number()}
    line = document["results"][0]
    document["results"][0] = {key: line[key] for key in ("line", "method", "value", "unit") if key in line}
    document["results"][0]["parameter"] = "钚-239"
    assert any(rule.startswith("SCOPE-") for rule in hand_in(laboratory, "/reports/submit/", document))

    page.goto(f"/v/{public_code(site, document)}")

    assert answer_of(page) == "能力范围待核实"
    assert "不代表已认定违法" in page.inner_text(".zs-answer")


def test_an_unknown_report_of_a_known_body_tells_since_when_reports_are_gathered(page, site):
    page.goto(f"/v/{site.row(BODY)[0]}-AAAAAAAAAAAAAAAA")

    assert answer_of(page) == "机构已登记，报告未归集"
    assert "起归集" in page.inner_text(".zs-answer")


def test_an_unknown_body_is_never_a_bare_not_found(page):
    answer = page.goto("/en/v/999999999999-AAAAAAAAAAAAAAAA")

    assert answer.status == 200
    assert answer_of(page) == "No registration of this body was found"
    assert page.get_attribute("html", "lang") == "en"


def test_on_a_phone_the_answer_stands_on_the_first_screen(visit, site):
    digest, slug, _number = site.row(CLEAN)
    page = visit(viewport={"width": 390, "height": 844})

    page.goto(f"/v/{slug}-{code_of(digest)}")

    box = page.locator(".zs-answer h2").bounding_box()
    assert box["y"] + box["height"] < 844
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 391


def test_a_whole_list_of_files_and_codes_is_answered_without_any_file_leaving(page, site, original):
    (_digest, slug, _number) = site.row(CLEAN)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    changed = {**original, "conclusion": "changed"}
    page.goto("/v/many/")
    page.fill("textarea", f"{slug}-AAAAAAAAAAAAAAAA\n")

    page.set_input_files(
        "#many-files",
        [
            {"name": "a.json", "mimeType": "application/json", "buffer": encoded(original)},
            {"name": "b.json", "mimeType": "application/json", "buffer": encoded(changed)},
        ],
    )
    page.wait_for_function("document.querySelector('textarea').value.trim().split('\\n').length === 3")
    page.click("text=全部核验")
    page.wait_for_selector("table")

    shown = page.locator("table tbody tr").all_inner_texts()
    words = ["机构已登记，报告未归集", "与签发原件一致", "内容不一致"]
    assert [word in row for word, row in zip(words, shown, strict=True)] == [True] * 3
    assert not any(original["client"]["name"] in body for body in sent)
