"""Filling in and sending the form of a step, as a person does: by the names of its fields, until it is taken."""

from typing import Any
from urllib.parse import urlsplit

REFUSED = ".zs-summary"


def take_step(page: Any, action: str = "", **given: Any) -> None:
    """Send the form whose address ends with `action` (empty: the page's own form); a refusal fails with its words.

    A value is a text, a file, True for a box to be ticked, or a list of the choices to be ticked and no others.
    """
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
    own = f'main form:is(:not([action]), [action="{urlsplit(page.url).path}"])'
    form = page.locator(f'main form[action$="{action}"]' if action else own).first
    for name, value in given.items():
        fill(form, name, value)
    button = form.locator("button:not([type=button])").last
    with page.expect_navigation(wait_until="load"):
        button.click()
    refused = page.locator(REFUSED)
    assert not refused.count(), f"{action or page.url}: {refused.all_inner_texts()}"


def fill(form: Any, name: str, value: Any) -> None:
    """Fill in one field, whatever sort it is."""
    fields = form.locator(f'[name="{name}"]')
    sort = fields.first.evaluate("(one) => one.type")
    if sort.startswith("select"):
        fields.first.select_option(value)
    elif sort == "file":
        fields.first.set_input_files(value)
    elif sort == "radio":
        form.locator(f'[name="{name}"][value="{value}"]').check()
    elif sort == "checkbox" and value is True:
        fields.first.check()
    elif sort == "checkbox":
        for box in fields.all():
            box.set_checked(box.get_attribute("value") in value)
    else:
        fields.first.fill(str(value))
