"""No page has a barrier that axe calls serious or critical, and none scrolls sideways on a phone."""

from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from tests.browser.addresses import ROLES
from tests.browser.conftest import DESK, PASSWORD, PHONE, ROOT
from tests.browser.laboratory import BODY, hand_in, new_number, sound_report
from zhunsheng.demo.faults import issued_before_finished, unknown_instrument, verdict_turned
from zhunsheng.oversight.reports.tests.test_pdf_uploads import PAPER
from zhunsheng.platform.documents.pdf import render

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
HARD = ("serious", "critical")
OF_SIZE = ["color-contrast", "scrollable-region-focusable", "button-name", "link-name", "aria-hidden-focus"]
"""What a narrow window can break that a wide one does not: other colours, folds, menus and scrolling parts."""
RUN = """async (rules) => {
  const options = { resultTypes: ["violations"], ...(rules ? { runOnly: { type: "rule", values: rules } } : {}) };
  const found = await axe.run(document, options);
  const shown = (nodes) => nodes.slice(0, 4).map((node) => node.html);
  return found.violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: shown(nodes) }));
}"""
WIDER = """() => {
  const wide = document.scrollingElement.scrollWidth;
  return wide <= innerWidth + 1 ? "" : `${wide}: ` + [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".zs-scroll"))
    .slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).join(" | ");
}"""
VISITS = [*((role, "") for role in ROLES), ("", "/en"), ("shiyanshi", "/en")]


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (make setup with node installs it)")
    return Path(AXE).read_text(encoding="utf-8")


def barriers(page: Any, axe: str, theme: str = "light") -> list[str]:
    """Return what is wrong with the open page: every rule on the desk in a theme, on a phone in the other its own."""
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--zs-text')"), "no style sheet"
    page.evaluate(axe)
    found = []
    other = "dark" if theme == "light" else "light"
    for name, size, colours, rules in (("1440", DESK, theme, None), ("390", PHONE, other, OF_SIZE)):
        page.set_viewport_size(size)
        page.evaluate("theme => window.zsTheme(theme)", colours)
        found += [
            f"{page.url} {name} {colours}: {one['id']} {one['nodes']}"
            for one in page.evaluate(RUN, rules)
            if one["impact"] in HARD
        ]
        found += [f"{page.url} {name} scrolls sideways: {wider}" for wider in [page.evaluate(WIDER)] if wider]
    return found


@pytest.mark.timeout(1200)  # up to a hundred and fifty pages in two sizes; the first test loads the province
@pytest.mark.parametrize(("role", "prefix"), VISITS, ids=lambda text: text.strip("/"))
def test_no_page_has_a_serious_barrier_or_scrolls_sideways(visits, site, axe, role, prefix):
    context = visits.context(role)
    page = context.new_page()
    found = []
    addresses = list(dict.fromkeys(ROLES[role](site)))[:: 2 if prefix else 1]
    for address, theme in zip(addresses, cycle(("light", "dark"))):
        page.set_viewport_size(DESK)
        answer = page.goto(f"{prefix}{address}")
        assert answer.status < 500, address
        found += barriers(page, axe, theme)
    context.close()

    assert len(addresses) > 5
    assert not found, "\n".join(found)


def test_what_became_of_a_file_has_no_serious_barrier(visit, site, axe):
    page = visit("shiyanshi")
    faulty = sound_report(page, site) | {"number": new_number()}
    for plant in (verdict_turned, unknown_instrument, issued_before_finished):
        assert plant(faulty, None, None)
    foreign = faulty | {"body": {"cma": "999999999999"}}
    found = []

    for document in (faulty, foreign):
        page.set_viewport_size(DESK)
        hand_in(page, "/reports/try/", document)
        found += barriers(page, axe)

    assert not found, "\n".join(found)


def test_comparing_what_was_read_from_a_pdf_has_no_serious_barrier(visit, site, axe, tmp_path):
    """The page lies behind an upload: no address leads to it."""
    source = tmp_path / "paper.typ"
    source.write_text(PAPER.replace("231912050001", site.row(BODY)[0]).replace("EXTRA", ""), encoding="utf-8")
    pdf = render(source, {}, at=datetime(2026, 2, 27, tzinfo=UTC))
    page = visit("shiyanshi")
    page.goto("/reports/submit/")
    page.set_input_files("input[type=file]", {"name": "r.pdf", "mimeType": "application/pdf", "buffer": pdf})
    page.click("form.zs-form button.btn-primary")
    page.wait_for_selector("input[name=confirmed]")

    assert "GB 5009.12-2023" in page.content()
    assert not (found := barriers(page, axe)), "\n".join(found)


def test_a_dropped_files_answer_has_no_serious_barrier(page, axe):
    page.goto("/v/")
    page.set_input_files("input[type=file]", {"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    page.wait_for_selector("#answer h2")

    assert not (found := barriers(page, axe)), "\n".join(found)


def test_setting_up_a_second_factor_has_no_serious_barrier(visit, axe):
    page = visit("fazhi")
    page.goto("/accounts/2fa/totp/activate/")
    found = barriers(page, axe)
    if "reauthenticate" in page.url:
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
    page.wait_for_url("**/totp/activate/")

    found += barriers(page, axe)

    assert page.locator("img, svg.zs-qr, .zs-qr svg").count() > 0
    assert not found, "\n".join(found)


@pytest.mark.parametrize("address", ["/", "/reports/", "/bodies/"])
def test_every_menu_and_fold_opened_has_no_serious_barrier(visits, axe, address):
    context = visits.context("sheng")
    page = context.new_page()
    page.goto(address)
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")

    found = barriers(page, axe)
    context.close()
    assert not found, "\n".join(found)
