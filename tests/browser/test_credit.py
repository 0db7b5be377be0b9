"""A wrong event costs points, the laboratory objects, another officer upholds it: the grade page shows all of it."""

import re
from typing import Any

from tests.browser.laboratory import BODY

PROOF = {"name": "身份比对.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\nproof"}
REFERENCE = "粤市监罚〔2026〕测试1号"


def score(page: Any, slug: str) -> tuple[str, float]:
    """Return the letter and the points that the grade page shows."""
    page.goto(f"/credit/grades/{slug}/")
    lead = page.inner_text("main")
    points = re.search(r"计分\s*([\d.]+)\s*分", lead)
    letter = re.search(r"([ABCD])（", lead)
    assert points is not None
    assert letter is not None
    return letter[1], float(points[1])


def record_penalty(page: Any, slug: str) -> None:
    """Enter a penalty into the file and compute."""
    page.goto(f"/credit/bodies/{slug}/event/")
    page.select_option("[name=kind]", "penalty")
    page.fill("[name=on]", "2026-11-02")
    page.fill("[name=source]", "省市场监督管理局")
    page.fill("[name=reference]", REFERENCE)
    page.fill("[name=words]", "处以罚款（录入有误）")
    page.click("main form.zs-form button.btn-primary")
    page.wait_for_url(f"**/credit/bodies/{slug}/")
    compute(page, slug)


def compute(page: Any, slug: str) -> None:
    """Press the button that computes."""
    page.goto(f"/credit/grades/{slug}/")
    page.get_by_role("button", name="立即计算").click()
    page.wait_for_selector("#messages .zs-message")


def test_a_wrong_event_costs_points_until_an_objection_is_upheld(visit, site):
    slug = site.row(BODY)[0]
    officer, manager, legal = visit("sheng"), visit("shiyanshi"), visit("fazhi")
    compute(officer, slug)
    before = score(manager, slug)

    record_penalty(officer, slug)
    lowered = score(manager, slug)
    assert lowered[1] < before[1]
    row = manager.locator("tr", has_text=REFERENCE)
    assert "行政处罚决定" in row.inner_text()
    lost = float(row.locator("td.num").inner_text())
    assert round(before[1] - lowered[1], 1) == lost

    row.get_by_role("link", name="提出异议").click()
    manager.fill("[name=grounds]", "处罚决定书的当事人不是我单位。")
    manager.set_input_files("[name=evidence]", PROOF)
    manager.get_by_role("button", name="提交").click()
    manager.wait_for_url("**/credit/requests/*/")
    address = manager.url

    officer.goto(address)
    assert "须由其他人员办理" in officer.inner_text("main")
    legal.goto(address)
    legal.check("[name=grant][value=yes]")
    legal.fill("[name=words]", "经核对，当事人非该机构，予以撤销。")
    legal.get_by_role("button", name="作出决定").click()
    legal.wait_for_selector("#messages .zs-message")

    assert score(manager, slug) == before
    course = manager.inner_text("main")
    assert f"新计入：行政处罚决定（{REFERENCE}）" in course
    assert f"不再计入：行政处罚决定（{REFERENCE}）" in course
    manager.get_by_role("link", name="复算").click()
    assert "完全一致" in manager.inner_text("main")
