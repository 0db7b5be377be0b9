"""Every word for people is said in Chinese, once, and fits its places."""

from collections import defaultdict

import polib
import pytest
from django.utils import translation

from zhunsheng.web import messages
from zhunsheng.web.cli import build
from zhunsheng.web.tests.extracting import ROOT, messages_of, refusals_of, rooms, translated


@pytest.mark.parametrize("room", rooms(), ids=lambda room: str(room.relative_to(ROOT)))
def test_every_message_of_a_room_is_translated(room):
    assert messages_of(room) - translated() == set()


def test_every_refusal_is_said_in_chinese_too():
    build()  # so that every kind of refusal is known, whatever other tests have imported
    modules = [path for path in ROOT.rglob("*.py") if not {"tests", "migrations"} & set(path.parts)]
    said = {words: str(path.relative_to(ROOT)) for path in modules for words in refusals_of(path)}
    done = translated()

    assert len(said) > 100
    assert {words: where for words, where in said.items() if words not in done} == {}


def test_the_finder_finds_python_and_template_messages():
    web = messages_of(ROOT / "web")

    assert "Workbench" in web
    assert "%(city)s has the most bodies: %(number)s" in web
    assert "unit\x04bodies" in web
    assert "%(total)s row" in web


def test_no_message_is_said_in_two_ways():
    """The catalogues of all rooms are one at run time: two translations of a message would overwrite each other."""
    said: dict[tuple[str | None, str], dict[str, str]] = defaultdict(dict)
    for path in ROOT.glob("**/locale/zh_Hans/LC_MESSAGES/*.po"):
        for entry in polib.pofile(str(path)):
            words = entry.msgstr or str(entry.msgstr_plural)
            said[entry.msgctxt, entry.msgid].setdefault(words, str(path.relative_to(ROOT)))

    assert {key: by for key, by in said.items() if len(by) > 1} == {}


def test_no_translation_fills_a_place_that_its_message_does_not_offer():
    entries = [e for path in ROOT.glob("**/locale/zh_Hans/LC_MESSAGES/*.po") for e in polib.pofile(str(path))]

    assert entries
    assert [entry.msgid for entry in entries if not messages.fits(entry)] == []


def test_a_translation_with_a_foreign_place_is_noticed():
    assert not messages.fits(polib.POEntry(msgid="%(a)s", msgstr="%(b)s"))
    assert messages.fits(polib.POEntry(msgid="%(a)s, 100%%", msgstr="100%%"))


def test_traditional_chinese_is_made_from_simplified():
    catalogue = polib.POFile()
    catalogue.metadata = {"Language": "zh_Hans"}
    catalogue.append(polib.POEntry(msgid="Workbench", msgstr="检验检测机构"))
    catalogue.append(polib.POEntry(msgid="row", msgid_plural="rows", msgstr_plural={0: "共 %(n)s 条记录"}))

    made = messages.converted(catalogue)

    assert made[0].msgstr == "檢驗檢測機構"
    assert made[1].msgstr_plural == {0: "共 %(n)s 條記錄"}
    assert made.metadata["Language"] == "zh_Hant"


def test_the_compiled_catalogues_are_used():
    with translation.override("zh-hans"):
        assert translation.gettext("Workbench") == "工作台"
    with translation.override("zh-hant"):
        assert translation.gettext("Check before issue") == "出證前自檢"
    with translation.override("en"):
        assert translation.gettext("Workbench") == "Workbench"
