"""An officer opens the day's first alert, compares two reports cell by cell, and opens a lead."""

import re


def test_from_the_first_alert_over_two_reports_to_a_lead(visit, site):
    page = visit("sheng")
    page.goto("/home/")
    card = page.locator("section[aria-labelledby=screening]")
    card.wait_for()
    assert "昨日以来新增" in card.inner_text()
    card.get_by_role("link", name="全部提示").click()

    page.goto("/screening/?stage=new&detector=exact_copies")
    page.locator("table tbody a").first.click()
    page.wait_for_url(re.compile(r"/screening/\d+/$"))
    alert = page.url
    main = page.inner_text("main")
    assert "错误率" in main
    assert "先行排除的正常解释" in main
    assert "造假" not in main
    assert page.locator("[data-chart]").count() >= 1
    page.wait_for_selector("[data-chart][data-drawn]")

    page.get_by_role("link", name="比较", exact=True).first.click()
    page.wait_for_url(re.compile("/compare/"))
    same = page.locator("td .zs-badge", has_text="相同")
    assert same.count() >= 2
    assert "＊＊＊" in page.inner_text("main")

    page.goto(alert)
    page.get_by_role("link", name="转为线索").click()
    page.fill("textarea[name=words]", "请核查原始记录和仪器使用记录。")
    page.click("form.zs-form button.btn-primary")
    page.wait_for_url(alert)
    number = alert.rstrip("/").rsplit("/", 1)[1]
    assert site.row("select stage from screening_alert where id = ?", number) == ("lead",)
    (lead,) = site.row("select number from leads_lead where source = 'alert' and reference = ?", number)
    assert lead in page.inner_text("main")


def test_two_chosen_reports_are_compared_on_a_phone(visit):
    page = visit("sheng", viewport={"width": 390, "height": 844})
    page.goto("/screening/tab/all/?detector=exact_copies")
    page.locator("table tbody a").first.click()
    page.get_by_role("link", name="任选两份比较").click()
    options = page.locator("select[name=right] option")
    page.select_option("select[name=right]", index=options.count() - 1)
    page.get_by_role("button", name="比较").click()
    page.wait_for_url(re.compile("right="))

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
