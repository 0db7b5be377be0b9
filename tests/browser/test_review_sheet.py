"""An assessor's sheet on a telephone: filled in without a network, sent later, nothing lost where two wrote."""

import pytest

from tests.browser.conftest import PHONE

REVIEW = "select number from reviews_review where stage = 'at_work' order by id"
STATE = "[data-sheet-words]"
UNTOUCHED = (
    "select c.id from reviews_checklistitem c join reviews_review r on r.id = c.review_id"
    " where r.number = ? and c.version = 0 order by c.place desc"
)


def said(page, words):
    """Wait until the sheet's bar says this."""
    waited = "([place, words]) => document.querySelector(place)?.textContent.includes(words)"
    try:
        page.wait_for_function(waited, arg=[STATE, words])
    except Exception as error:
        raise AssertionError(f"not {words!r} but {page.locator(STATE).inner_text()!r}") from error


def opened(visit, username, number, **options):
    """Open the sheet and wait until it can do without a network."""
    page = visit(username, **options)
    page.goto(f"/reviews/sheet/{number}/")
    page.wait_for_selector("[data-sheet-ready]:not([hidden])")
    said(page, "全部已提交")
    return page


def item(page, key):
    return page.locator(f'[data-item="{key}"]')


@pytest.fixture
def number(site):
    return site.row(REVIEW)[0]


def test_a_sheet_is_filled_in_without_a_network_and_sent_later(visit, site, number):
    page = opened(visit, "zhuanjia2", number, viewport=PHONE)
    clause = f"clause:{site.row(UNTOUCHED, number)[0]}"

    fact = f"未见设备期间核查记录 {clause}"
    page.context.set_offline(True)
    item(page, clause).locator('input[value="conforms"]').check()
    item(page, clause).locator("textarea").fill("现场查看，符合")
    said(page, "离线 · 1 项修改未发送")
    page.click("[data-add-item]")
    new = page.locator("[data-new-items] [data-item]")
    new.locator('[data-field="clause"]').select_option(index=1)
    new.locator('[data-field="fact"]').fill(fact)
    new.locator('[data-field="basis"]').fill("评审准则第十一条")
    said(page, "离线 · 2 项修改未发送")

    page.reload()
    said(page, "离线 · 2 项修改未发送")
    assert item(page, clause).locator("textarea").input_value() == "现场查看，符合"
    assert page.locator("[data-new-items] textarea").first.input_value() == fact

    page.context.set_offline(False)
    said(page, "全部已提交")
    key = int(clause.removeprefix("clause:"))
    assert site.row("select verdict, note from reviews_checklistitem where id = ?", key) == (
        "conforms",
        "现场查看，符合",
    )
    assert site.row("select count(*) from reviews_nonconformity where fact = ?", fact) == (1,)


def test_two_who_wrote_meet_side_by_side_and_the_person_decides(visit, site, number):
    clause = f"clause:{site.row(UNTOUCHED, number)[0]}"
    there = opened(visit, "zhuanjia2", number, viewport=PHONE)
    there.context.set_offline(True)
    item(there, clause).locator('input[value="fails"]').check()
    item(there, clause).locator("textarea").fill("缺少作业指导书")
    said(there, "离线 · 1 项修改未发送")

    here = opened(visit, "zhuanjia3", number)
    item(here, clause).locator('input[value="conforms"]').check()
    key = int(clause.removeprefix("clause:"))
    site.until("select version from reviews_checklistitem where id = ?", key)

    there.context.set_offline(False)
    said(there, "1 项待处理")
    sides = item(there, clause).locator(".zs-sides > div")
    assert "缺少作业指导书" in sides.nth(0).inner_text()
    assert "符合" in sides.nth(1).inner_text()
    assert site.row("select verdict from reviews_checklistitem where id = ?", key) == ("conforms",)
    sides.nth(0).locator("button").click()
    said(there, "全部已提交")
    assert site.row("select verdict, note from reviews_checklistitem where id = ?", key) == ("fails", "缺少作业指导书")
    open_ones = (
        "select count(*) from reviews_sheetchange where item = ? and outcome = 'conflict' and resolved_at is null"
    )
    assert site.row(open_ones, clause) == (0,)


def test_signing_out_deletes_what_the_device_kept_after_asking_for_unsent_changes(visit, site, number):
    page = opened(visit, "zhuanjia3", number)
    clause = f"clause:{site.row(UNTOUCHED, number)[0]}"
    page.route("**/sync/", lambda route: route.abort())
    item(page, clause).locator('input[value="conforms"]').check()
    said(page, "1 项修改未发送")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.locator("summary", has=page.locator("text=罗工程师")).click()
    page.click("form[data-sign-out] button")
    page.wait_for_function("() => true")
    page.wait_for_timeout(500)
    assert "1 项" in asked[0]
    assert "/reviews/sheet/" in page.url

    page.unroute("**/sync/")
    page.reload()
    said(page, "全部已提交")
    page.wait_for_selector("[data-sheet-ready]:not([hidden])")
    page.locator("summary", has=page.locator("text=罗工程师")).click()
    page.click("form[data-sign-out] button")
    page.wait_for_url(lambda address: "/reviews/" not in address)
    kept = page.evaluate(
        "async () => [await caches.keys(), (await indexedDB.databases()).map((one) => one.name),"
        " (await navigator.serviceWorker.getRegistrations()).length]"
    )
    assert kept == [[], [], 0]


def test_the_worker_serves_nothing_but_sheets(visit, number):
    page = opened(visit, "zhuanjia", number)
    page.context.set_offline(True)
    assert page.goto(f"/reviews/sheet/{number}/").status == 200
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"/reviews/{number}/")
