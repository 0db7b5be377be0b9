"""A laboratory applies for more items: from the form, filled in from the register, to the filed application."""

from typing import Any

LIST = "/licensing/applications/"
PDF = {"name": "材料.pdf", "mimeType": "application/pdf"}


def go_on(page: Any) -> None:
    """Press the one primary button of the page."""
    page.click("main .btn-primary")
    page.wait_for_load_state()


def begin(page: Any) -> str:
    """Start an extension and return the address of its pages."""
    page.goto(LIST)
    page.get_by_role("link", name="新建申请").click()
    page.check("input[name=kind][value=extension]")
    go_on(page)
    return page.url.removesuffix("what/")


def tell_what(page: Any) -> None:
    """Fill in what the register does not know."""
    assert page.is_disabled("[name=applicant_name]")
    page.fill("[name=contact]", "王工")
    page.fill("[name=contact_phone]", "020-1234")
    go_on(page)
    assert page.get_attribute("[data-error-summary] a", "href") == "#id_contact_phone"
    page.fill("[name=contact_phone]", "020-12345678")
    page.select_option("[name=domain]", "food")
    for question in ("special_food", "within_capability"):
        page.select_option(f"[name={question}]", "no")
    go_on(page)
    page.wait_for_url("**/sites/**")


def pick_a_method(page: Any, address: str) -> None:
    """Search the catalogue and take the first method that it offers."""
    page.goto(f"{address}capability/")
    page.fill("#id_pick_object", "生活饮用水")
    page.fill("#id_pick_q", "铅")
    page.get_by_role("button", name="检索项目参数库").click()
    page.locator("[name=determinations]").first.check()
    page.get_by_role("button", name="添加所勾选的方法").click()
    page.wait_for_selector("text=已选 1 条能力")


def hand_in_files(page: Any, address: str) -> None:
    """Hand in a file for everything that is asked for."""
    for _material in range(10):
        page.goto(f"{address}files/")
        waiting = page.locator("li", has_text="待提交")
        if not waiting.count():
            return
        waiting.first.get_by_role("link", name="上传材料").click()
        content = f"%PDF-1.7\n{page.url}".encode()
        page.set_input_files("[name=file]", PDF | {"buffer": content})
        page.get_by_role("button", name="上传").click()
        page.wait_for_selector("#messages .zs-message")


def sign(page: Any, address: str) -> None:
    """Sign for the legal representative with the password."""
    page.goto(f"{address}commitment/")
    assert "真实" in page.inner_text("main")
    page.check("[name=agree]")
    page.fill("[name=password]", "zhunsheng-demo")
    page.get_by_role("button", name="签署申请").click()
    page.wait_for_url("**/check/")


def test_from_the_form_to_the_filed_application(visit, site):
    page = visit("shiyanshi")
    address = begin(page)
    tell_what(page)
    pick_a_method(page, address)

    page.goto(f"{address}check/")
    missing = page.inner_text("main")
    assert "办理程序" in missing
    assert "法定代表人签署" in missing
    page.goto(f"{address}route/")
    assert "建议的程序" in page.inner_text("main")
    page.check("input[name=route][value=general]")
    page.get_by_role("button", name="选择该程序").click()
    page.wait_for_url("**/files/")
    hand_in_files(page, address)
    sign(page, address)
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_url(address)

    shown = page.inner_text("main")
    assert "已提交，待受理" in shown
    assert "截止日为" in shown or "节假日" in shown
    number = address.rstrip("/").rsplit("/", 1)[1]
    stage, route, digest = site.row("select stage, route, digest from licensing_application where number = ?", number)
    assert (stage, route, len(digest)) == ("filed", "general", 64)
    page.goto(f"{address}what/")
    assert page.url == address  # what was filed is not changed any more
    page.click("summary:has-text('撤回该申请')")
    page.fill("[name=why]", "改期再报")
    page.click("details[open] button:has-text('撤回')")
    page.wait_for_selector("#messages .zs-message")
    assert site.row("select stage from licensing_application where number = ?", number) == ("withdrawn",)


def test_the_form_works_without_scripts(visit):
    page = visit("shiyanshi", java_script_enabled=False)
    page.goto(f"{LIST}new/")
    page.check("input[name=kind][value=name]")
    page.click("main .btn-primary")
    page.fill("[name=new_name]", "新名称检测有限公司")
    page.click("main .btn-primary")

    page.goto(page.url.rsplit("/", 2)[0] + "/check/")
    assert "联系人" in page.inner_text("main")


def test_the_form_can_be_filled_in_on_a_phone(visit):
    page = visit("shiyanshi", viewport={"width": 390, "height": 844})
    page.goto(f"{LIST}new/")
    page.check("input[name=kind][value=persons]")
    page.click("main .btn-primary")
    page.wait_for_url("**/what/")

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
