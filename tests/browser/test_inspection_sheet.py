"""An inspector's sheet on a telephone: without a network, through the end of the browser, everything there once."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.browser.conftest import FLAGS, PASSWORD, PHONE

UNTOUCHED = (
    "select v.number from visits_visit v where v.stage = 'under_way' and not exists"
    " (select 1 from visits_checkitem i where i.visit_id = v.id and i.version > 0) order by v.id desc"
)
COUNTS = (
    "select (select count(*) from visits_checkitem i where i.visit_id = v.id and i.version = 1),"
    " (select count(*) from visits_photo p where p.visit_id = v.id),"
    " (select count(*) from visits_visitchange c where c.visit_id = v.id and c.outcome = 'applied'),"
    " (select count(*) from visits_finding f where f.visit_id = v.id) from visits_visit v where v.number = ?"
)
BEGUN = (
    "select v.number, u.username from visits_visit v join accounts_user u on u.id = v.leader_id"
    " where v.stage = 'under_way' order by v.id"
)
AT_AN_ANSWER = """
  const remove = IDBObjectStore.prototype.delete;
  IDBObjectStore.prototype.delete = function (...place) {
    const act = this.name === "changes" ? window.atAnswer : undefined;
    window.atAnswer = undefined;
    act?.();
    return remove.apply(this, place);
  };
"""
"""A change is deleted on the device when its answer has come: then, once, `window.atAnswer` runs."""
STATE = "[data-sheet-words]"
ITEMS, PHOTOS = 40, 6
FACT = "3 号工位未见期间核查记录"


class Telephone:
    """A Chromium with a folder of its own, which outlives the browser."""

    def __init__(self, kind, chromium: str, folder: Path, base: str) -> None:
        self.kind, self.chromium, self.folder, self.base = kind, chromium, folder, base

    def switch_on(self, *, network: bool):
        self.context = self.kind.launch_persistent_context(
            str(self.folder), executable_path=self.chromium, args=FLAGS, base_url=self.base, locale="zh-CN",
            viewport=PHONE, geolocation={"latitude": 23.12911, "longitude": 113.264385}, permissions=["geolocation"],
        )  # fmt: skip
        self.context.set_default_timeout(20_000)
        self.context.set_offline(not network)
        return self.context.pages[0] if self.context.pages else self.context.new_page()

    def kill(self) -> None:
        """End every process of this browser at once, as an empty battery does."""
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal() and self._is_ours(entry):
                os.kill(int(entry.name), signal.SIGKILL)
        time.sleep(0.5)

    def _is_ours(self, entry: Path) -> bool:
        try:
            return f"--user-data-dir={self.folder}".encode() in (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            return False


def sign_in(page, username):
    page.goto("/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda address: "/login" not in address)


def said(page, words):
    waited = "([place, words]) => document.querySelector(place)?.textContent.includes(words)"
    try:
        page.wait_for_function(waited, arg=[STATE, words], timeout=30_000)
    except Exception as error:
        raise AssertionError(f"not {words!r} but {page.locator(STATE).inner_text()!r}") from error


@pytest.fixture
def telephone(browser, chromium_path, tmp_path, site):
    made = Telephone(browser.browser_type, chromium_path, tmp_path / "telephone", site.base)
    yield made
    made.kill()


def back_on_the_network(telephone, page, number):
    """Switch the network on; who was signed out by the end of the browser signs in again as the same person."""
    telephone.context.set_offline(False)
    page.wait_for_function(
        "(place) => !document.querySelector(place).textContent.includes('离线')", arg=STATE, timeout=30_000
    )
    page.wait_for_timeout(1500)
    if page.locator("[data-sheet-login]").is_visible():
        sign_in(page, "jiancha")
        page.goto(f"/visits/sheet/{number}/")


def test_forty_items_and_six_photographs_survive_the_end_of_the_browser(telephone, site):
    number = site.row(UNTOUCHED)[0]
    page = telephone.switch_on(network=True)
    sign_in(page, "jiancha")
    page.goto(f"/visits/sheet/{number}/")
    page.wait_for_selector("[data-sheet-ready]:not([hidden])")
    keys = page.eval_on_selector_all('[data-item^="check:"]', "all => all.map((one) => one.dataset.item)")[:ITEMS]
    assert len(keys) == ITEMS

    telephone.context.set_offline(True)
    for key in keys:
        page.locator(f'[data-item="{key}"] input[value="conforms"]').check()
    page.click("[data-add-item]")
    page.locator('[data-new-items] [data-field="fact"]').fill(FACT)
    for place in range(PHOTOS):
        chosen = page.locator(f'[data-item="{keys[place]}"] input[data-photo]')
        picture = {
            "name": f"IMG_{place}.jpg",
            "mimeType": "image/jpeg",
            "buffer": b"\xff\xd8\xff\xda%d\xff\xd9" % place,
        }
        chosen.set_input_files(picture)
        page.wait_for_function("(n) => document.querySelectorAll('[data-photo-id]').length === n", arg=place + 1)
    said(page, f"离线 · {len(keys) + 1 + PHOTOS} 项修改未发送")
    assert site.row(COUNTS, number) == (0, 0, 0, 0)
    telephone.kill()

    page = telephone.switch_on(network=False)
    page.goto(f"/visits/sheet/{number}/")
    said(page, f"离线 · {len(keys) + 1 + PHOTOS} 项修改未发送")
    assert page.locator("[data-photo-id]").count() == PHOTOS
    back_on_the_network(telephone, page, number)
    said(page, "全部已提交")

    assert site.row(COUNTS, number) == (len(keys), PHOTOS, len(keys) + 1, 1)
    page.reload()
    said(page, "全部已提交")
    assert site.row(COUNTS, number) == (len(keys), PHOTOS, len(keys) + 1, 1)


def test_what_is_written_while_an_answer_arrives_is_kept_and_sent_too(visit, site):
    """The first change of a note is answered; at the instant when the answer is noted, the person writes on."""
    number, leader = site.row(BEGUN)
    page = visit(leader, viewport=PHONE)
    page.add_init_script(AT_AN_ANSWER)
    page.goto(f"/visits/sheet/{number}/")
    said(page, "全部已提交")
    note = page.locator('[data-item^="check:"] [data-field="note"]').last

    note.evaluate(
        "(field) => { window.atAnswer = () => {"
        " field.value += '，二号工位亦同'; field.dispatchEvent(new Event('input', { bubbles: true })); }; }"
    )
    note.fill("一号工位无标识")

    site.until("select count(*) from visits_checkitem where note = '一号工位无标识，二号工位亦同'")
    assert note.input_value() == "一号工位无标识，二号工位亦同"
    said(page, "全部已提交")
