"""The pages work without a mouse, and every list leaves the page as a file with the rows that the filter keeps."""

import csv
import io

import pytest
from openpyxl import load_workbook

from tests.browser.conftest import PHONE
from tests.browser.laboratory import BODY

OUTLINE = "getComputedStyle(document.activeElement).outlineStyle"


def test_the_first_tab_offers_to_skip_to_the_content(page):
    page.goto("/bodies/")

    page.keyboard.press("Tab")
    skip = page.locator(".zs-skip")
    assert skip.evaluate("node => node === document.activeElement")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")

    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_everything_reached_by_tab_shows_where_the_focus_is(visit):
    page = visit("sheng")
    page.goto("/reports/")
    seen = set()
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        seen.add(page.evaluate("document.activeElement.tagName"))
        assert page.evaluate(OUTLINE) != "none", page.evaluate("document.activeElement.outerHTML")

    assert seen >= {"A", "BUTTON", "SUMMARY", "INPUT", "SELECT"}


def test_a_menu_opens_and_closes_by_keyboard_and_gives_the_focus_back(visit):
    page = visit("sheng")
    page.goto("/reports/")
    menu = page.locator("details[data-menu]", has_text="导出")
    summary = menu.locator("summary")

    summary.focus()
    page.keyboard.press("Enter")
    assert menu.get_by_role("link", name="CSV").is_visible()
    page.keyboard.press("Tab")
    assert menu.get_by_role("link", name="CSV").evaluate("node => node === document.activeElement")
    page.keyboard.press("Escape")

    assert not menu.get_by_role("link", name="CSV").is_visible()
    assert summary.evaluate("node => node === document.activeElement")


def test_on_a_phone_the_menu_leads_to_every_page_by_keyboard(visit):
    page = visit("sheng", viewport=PHONE)
    page.goto("/home/")
    menu = page.locator("details.zs-nav-phone")

    menu.locator("summary").focus()
    page.keyboard.press("Space")
    menu.get_by_role("link", name="机构名录").focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**/bodies/")


LISTS = [
    ("", "/bodies/?q=广州"),
    ("", "/bodies/{slug}/?q=GB"),
    ("", "/reports/?q=PUB2026"),
    ("", "/catalogue/standards/?q=5749"),
    ("", "/catalogue/parameters/?q=铅"),
    ("sheng", "/reports/?worst=2"),
    ("sheng", "/reports/findings/?rule=INST-UNKNOWN"),
    ("admin", "/accounts/organisations/?q=深圳"),
]


@pytest.mark.parametrize(("username", "address"), LISTS)
def test_a_list_leaves_as_csv_and_xlsx_with_the_filtered_rows(visit, site, username, address):
    page = visit(username)
    page.goto(address.format(slug=site.row(BODY)[0]))
    shown = int("".join(filter(str.isdigit, page.inner_text(".zs-table-bar [role=status]"))))
    page.locator(".zs-table-tools details", has_text="导出").locator("summary").click()

    with page.expect_download() as as_csv:
        page.get_by_role("link", name="CSV", exact=True).click()
    lines = list(csv.reader(io.StringIO(as_csv.value.path().read_text(encoding="utf-8-sig"))))
    with page.expect_download() as as_xlsx:
        page.get_by_role("link", name="XLSX", exact=True).click()
    cells = list(load_workbook(io.BytesIO(as_xlsx.value.path().read_bytes())).active.iter_rows(values_only=True))

    assert shown > 0
    assert len(lines) == len(cells) == shown + 1
    assert [str(cell or "") for cell in cells[0]] == lines[0]
    assert all(any(part) for part in lines[1:])


def test_columns_that_the_reader_hides_stay_out_of_the_page_and_of_the_file(visit):
    page = visit("sheng")
    page.goto("/reports/")
    page.locator(".zs-table-tools details", has_text="列").first.locator("summary").click()
    page.uncheck("input[data-col-choice][value=assurance]")
    assert page.locator("th[data-col=assurance]").is_hidden()
    page.locator(".zs-table-tools details", has_text="导出").locator("summary").click()

    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()

    head = next(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert len(head) == page.locator("thead th:visible").count()
