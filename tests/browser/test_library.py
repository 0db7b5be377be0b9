"""A laboratory proposes a parameter, two experts give opinions, the steward publishes, the next report passes."""

from typing import Any

from tests.browser.laboratory import hand_in, new_number, sound_report

NAME = "全氟丁酸"
"""Perfluorobutanoic acid, CAS 375-22-4; prepare.py puts it into the laboratory's schedule, the catalogue lacks it."""


def with_the_new_parameter(report: dict[str, Any]) -> dict[str, Any]:
    """Return a report of the laboratory in which one line tests the new parameter, without limit or verdict."""
    line = report["results"][0]
    kept = {
        name: line[name] for name in ("line", "method", "analyst", "instrument", "started", "finished") if name in line
    }
    tested = kept | {"parameter": NAME, "value": "3.2", "unit": "ng/L"}
    return report | {"number": new_number(), "results": [tested, *report["results"][1:]]}


def propose(page: Any, method: str) -> str:
    """Hand the proposal in through the form and return its number."""
    page.goto("/library/proposals/new/")
    for name, text in {
        "parameter_name": NAME,
        "parameter_name_en": "perfluorobutanoic acid",
        "cas": "375-22-4",
        "object_name": "地表水",
        "method_code": method,
        "domain": "生态环境",
        "unit": "ng/L",
        "reasons": "饮用水水源新污染物监测需要。",
    }.items():
        page.fill(f"[name={name}]", text)
    page.select_option("[name=steward]", label="广东省生态环境厅（演示）")
    report = {"name": "方法验证报告.csv", "mimeType": "text/csv", "buffer": "项目,结果\n回收率,96%\n".encode()}
    page.set_input_files("[name=evidence]", report)
    page.click("form.zs-form button.btn-primary")
    page.wait_for_url(lambda address: "/proposals/P" in address)
    assert "方法验证报告.csv" in page.inner_text("main")
    return page.url.rstrip("/").rsplit("/", 1)[1]


def step(page: Any, number: str, action: str, **fields: str) -> None:
    """Fill the form of one step of a proposal and send it."""
    page.goto(f"/library/proposals/{number}/")
    form = page.locator(f"form[action$='/{action}/']")
    for name, text in fields.items():
        form.locator(f"[name={name}]").fill(text)
    if action == "invite":
        for expert in ("马教授", "高研究员"):
            form.get_by_label(expert).check()
    if action == "opinion":
        form.get_by_label("支持", exact=True).check()
    form.locator("button").click()
    page.wait_for_selector("#messages .zs-good, #messages .zs-message")


def test_from_a_proposal_to_a_report_that_passes_the_arrival_check(visit, site):
    laboratory, steward = visit("shiyanshi"), visit("shengtai")
    report = with_the_new_parameter(sound_report(laboratory, site))
    assert hand_in(laboratory, "/reports/try/", report) == ["CAT-PARAMETER"]

    number = propose(laboratory, report["results"][0]["method"])
    step(steward, number, "open", consult_days="0", why="材料齐全")
    step(steward, number, "invite", why="按专业领域邀请")
    for username in ("zhuanjia", "zhuanjia2"):
        step(visit(username), number, "opinion", reasons="方法成熟，验证数据充分")
    step(steward, number, "publish", why="专家意见一致")

    (code,) = site.row(
        "select e.code from library_entry e join library_proposal p on p.entry_id = e.id where p.number = ?", number
    )
    visitor = visit()
    visitor.goto(f"/library/?q={NAME}")
    visitor.get_by_role("link", name=code).click()
    assert NAME in visitor.inner_text("h1")
    laboratory.goto("/notices/")
    assert code in laboratory.inner_text("main")
    assert hand_in(laboratory, "/reports/try/", report) == []
    assert hand_in(laboratory, "/reports/submit/", report | {"number": new_number()}) == []


def test_typing_offers_the_words_of_the_catalogue(visit, site):
    (name,) = site.row("select name from catalogue_parameter order by id")
    page = visit("shiyanshi")
    page.goto("/library/proposals/new/")

    page.locator("[name=parameter_name]").press_sequentially(name[:2])

    page.wait_for_selector(f'#known-parameter option[value="{name}"]', state="attached")


def test_the_manager_declares_the_open_lines_unchanged(visit, site):
    (made,) = site.row("select id from library_supersession order by id")
    page = visit("shiyanshi")
    page.goto("/notices/?unread=1")
    page.locator("td a", has_text="代替").first.click()
    page.click("main a.btn-primary")
    assert f"/library/replaced/{made}/" in page.url

    page.check("[name=every]")
    page.fill("[name=remark]", "方法验证报告 YZ-9")
    page.click("main button.btn-primary")

    page.wait_for_selector("#messages .zs-message")
    assert "方法验证报告 YZ-9" in page.inner_text("main")
    assert page.locator("[name=every]").count() == 0
