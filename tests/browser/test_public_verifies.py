"""Anyone finds out whether a report is what the laboratory issued: by its code, by the file, without an account."""

import json

CLEAN = "select digest, body_slug from reports_report where generated and worst = 0 and findings = 0 and state = 'current'"


def file_of(page, sign_in, site) -> tuple[dict, str]:
    """Return a report as its laboratory's archive would hold it, and leave the session signed out."""
    (digest, _slug) = site.row(CLEAN)
    sign_in("shenji")
    document = page.request.get(f"/reports/{digest}/report.json").json()
    page.context.clear_cookies()
    return document, digest


def drop(page, document: dict) -> None:
    page.goto("/v/")
    content = json.dumps(document, ensure_ascii=False, indent=2).encode()
    page.set_input_files("input[type=file]", {"name": "report.json", "mimeType": "application/json", "buffer": content})
    page.wait_for_selector("#answer h2, .zs-answer h2")


def test_the_code_of_an_untouched_report_says_identical(page, site, sign_in):
    from zhunsheng.oversight.reports.format import code_of

    digest, slug = site.row(CLEAN)

    page.goto(f"/v/{slug}-{code_of(digest)}")

    assert page.inner_text(".zs-answer h2") == "与签发原件一致"
    assert "＊" in page.inner_text(".zs-answer")


def test_a_dropped_file_is_recognised_and_never_leaves_the_browser(page, site, sign_in):
    document, digest = file_of(page, sign_in, site)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url} {request.post_data or ''}"))

    drop(page, document)

    assert page.inner_text(".zs-answer h2") == "与签发原件一致"
    assert any(digest in line for line in sent)
    assert not any(line.startswith("POST") for line in sent)
    assert not any(document["client"]["name"] in line for line in sent)


def test_a_changed_value_is_called_altered(page, site, sign_in):
    document, _digest = file_of(page, sign_in, site)
    document["results"][0]["value"] = "0.000123"

    drop(page, document)

    assert page.inner_text(".zs-answer h2") == "内容不一致"


def test_an_unknown_report_of_a_known_body_tells_since_when_reports_are_gathered(page, site):
    _digest, slug = site.row(CLEAN)

    page.goto(f"/v/{slug}-AAAAAAAAAAAAAAAA")

    assert page.inner_text(".zs-answer h2") == "机构已登记，报告未归集"
    assert "起归集" in page.inner_text(".zs-answer")


def test_an_unknown_body_is_never_a_bare_not_found(page, site):
    answer = page.goto("/en/v/999999999999-AAAAAAAAAAAAAAAA")

    assert answer.status == 200
    assert page.inner_text(".zs-answer h2") == "No registration of this body was found"
    assert page.get_attribute("html", "lang") == "en"
