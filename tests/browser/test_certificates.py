"""What befalls a certificate is walked by who does it, and everybody reads it on `/v/…` within the minute."""

import time
from datetime import date, timedelta
from typing import Any

import pytest

from tests.browser.steps import take_step

PDF = {"name": "材料.pdf", "mimeType": "application/pdf"}
CODE = "select code from certificates_certificate where number = ? and stage = 'current'"
HELD = (
    "select c.number, b.slug from certificates_certificate c join bodies_body b on b.id = c.body_id"
    " join accounts_membership m on m.organisation_id = b.organisation_id"
    " join accounts_user u on u.id = m.user_id where u.username = ? and c.stage = 'current'"
)
AT_MOST = 60.0
"""Seconds within which everybody reads what was decided."""


def measure(visit: Any, number: str, kind: str, *, ago: int, **told: Any) -> None:
    """Let the province's officer enter a decision of some days ago about a certificate, by the button on its page."""
    page = visit("sheng")
    page.goto(f"/certificates/{number}/")
    page.click(f"a[href$='/measures/{kind}/']")
    day = (date.today() - timedelta(days=ago)).isoformat()
    take_step(page, **{"on": day, "decision_no": f"粤市监认〔{number}〕{kind}", "why": "浏览器测试", **told})
    assert page.url.endswith(f"/certificates/{number}/")


def look_up(visit: Any, code: str, said: str) -> Any:
    """Open the look-up page as a visitor until it says so; fail after a minute."""
    page = visit()
    start = time.monotonic()
    while True:
        page.goto(f"/v/{code}")
        if said in page.inner_text("main h2"):
            return page
        assert time.monotonic() - start < AT_MOST, page.inner_text("main")
        time.sleep(1)


def apply(visit: Any, username: str, kind: str, route: str, **answers: str) -> str:
    """Let a body's manager fill in, sign and file an application; return its number."""
    page = visit(username)
    page.goto("/licensing/applications/new/")
    page.check(f"input[name=kind][value={kind}]")
    page.click("main .btn-primary")
    page.wait_for_url("**/what/")
    address = page.url.removesuffix("what/")
    for name, value in {"contact": "王工", "contact_phone": "020-12345678", **answers}.items():
        field = page.locator(f"[name={name}]")
        if field.count() and field.is_enabled():
            field.select_option(value) if field.evaluate("one => one.tagName") == "SELECT" else field.fill(value)
    page.click("main .btn-primary")
    page.goto(f"{address}route/")
    page.check(f"input[name=route][value={route}]")
    page.click("main .btn-primary")
    hand_in(page, address)
    page.goto(f"{address}commitment/")
    page.check("[name=agree]")
    page.fill("[name=password]", "zhunsheng-demo")
    page.get_by_role("button", name="签署申请").click()
    page.wait_for_url("**/check/")
    file = page.get_by_role("button", name="提交申请")
    assert file.count(), page.inner_text("main")
    file.click()
    page.wait_for_url(address)
    return address.rstrip("/").rsplit("/", 1)[1]


def hand_in(page: Any, address: str) -> None:
    """Hand in a file for everything that is asked for."""
    for _material in range(12):
        page.goto(f"{address}files/")
        waiting = page.locator("li", has_text="待提交")
        if not waiting.count():
            return
        waiting.first.get_by_role("link", name="上传材料").click()
        content = f"%PDF-1.7\n{page.url}".encode()
        page.set_input_files("[name=file]", PDF | {"buffer": content})
        page.get_by_role("button", name="上传").click()
        page.wait_for_selector("#messages .zs-message")


def decided(visit: Any, number: str) -> None:
    """Let the acceptance officer accept and propose, and the province's officer decide."""
    address = f"/licensing/files/{number}/"
    for who, step, told in (
        ("shenhe", "accept", {}),
        ("shenhe", "propose", {"outcome": "granted", "reasons": "材料齐全，符合要求。"}),
        ("sheng", "decide", {}),
    ):
        page = visit(who)
        page.goto(address)
        take_step(page, f"/do/{step}/", **told)


def test_a_suspension_and_its_lifting_and_a_revocation_are_read_by_everybody_within_the_minute(visit, site):
    (number,) = site.row(
        "select number from certificates_certificate where version = 2 and stage = 'current'"
        " and occasion = 'extension' and name like '岭南%'"
    )
    (code,) = site.row(CODE, number)

    measure(visit, number, "suspend", ago=4, ground="MEASURE-OWN-STOP")
    page = look_up(visit, code, "暂停")
    page.click(f"a[href='/certificates/{number}/']")  # to the register's page, and back
    assert "暂停" in page.inner_text("main")
    page.click(f"main a[href='/v/{code}'] >> nth=0")
    assert page.url.endswith(f"/v/{code}")
    measure(visit, number, "lift", ago=2)
    look_up(visit, code, "有效")
    measure(visit, number, "revoke", ago=0, ground="MEASURE-FRAUD")
    page = look_up(visit, code, "撤销")

    page.goto(f"/certificates/{number}/")
    told = page.inner_text("main")
    assert all(f"粤市监认〔{number}〕{kind}" in told for kind in ("suspend", "lift", "revoke"))
    page.goto(f"/certificates/?q={number}")
    assert "撤销" in page.inner_text("main table")


def test_a_body_gives_its_certificate_up_and_everybody_reads_that_it_is_cancelled(visit, site):
    number, slug = site.row(HELD, "lijie")
    (code,) = site.row(CODE, number)
    look_up(visit, code, "有效")

    application = apply(visit, "lijie", "cancellation", "change_filing", reasons="业务调整，不再从事检验检测。")
    decided(visit, application)

    page = look_up(visit, code, "注销")
    page.goto(f"/bodies/{slug}/")
    assert "注销" in page.inner_text("main")
    manager = visit("lijie")
    manager.goto("/licensing/applications/new/")  # who has none any more may only apply for a first one
    assert manager.locator("input[name=kind]").evaluate_all("all => all.map((one) => one.value)") == ["first"]
    assert "没有有效的资质认定证书" in manager.inner_text("main")


def test_two_certificates_of_before_become_one_with_every_line_once(visit, site):
    answers = {
        "domain": "ecology", "field": "12", "sector": "05", "reasons": "到期延续，两证合一。", "special_food": "no",
        "within_capability": "yes", "substantive_change": "no",
    }  # fmt: skip

    application = apply(visit, "heyi", "renewal", "commitment", **answers)
    decided(visit, application)

    number, _slug = site.row(HELD, "heyi")
    assert number not in ("231912119001", "231912119002")
    (code,) = site.row(CODE, number)
    page = look_up(visit, code, "证书")
    page.goto(f"/certificates/{number}/")
    told = page.inner_text("#schedule >> xpath=..")
    assert [told.count(metal) for metal in ("铅", "镉", "砷")] == [1, 1, 1]
    others = page.inner_text("#others >> xpath=..")
    assert "231912119001" in others
    assert "231912119002" in others


@pytest.mark.parametrize("kind", ["suspend", "revoke"])
def test_neither_a_body_nor_a_city_officer_is_offered_a_measure(visit, site, kind):
    (number,) = site.row("select number from certificates_certificate where stage = 'current' order by id")
    for who in ("shiyanshi", "guangzhou"):
        page = visit(who)
        page.goto(f"/certificates/{number}/")
        assert not page.locator("a[href*='/measures/']").count()
        answer = page.goto(f"/certificates/{number}/measures/{kind}/")
        assert answer.status in (403, 404)
