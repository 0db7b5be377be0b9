import ast
from pathlib import Path

import polib
import pytest

import zhunsheng

PACKAGE = Path(zhunsheng.__file__).parent
ROOMS = [PACKAGE / "foundation", PACKAGE / "platform" / "documents"]


def sentences(room):
    """Return every English sentence that a refusal of a room shows: with a stop at its end or places in it."""
    for path in room.rglob("*.py"):
        if "tests" in path.parts or "tlog" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from remedies_and_messages(node)


def remedies_and_messages(call):
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    given = [keyword.value for keyword in call.keywords if keyword.arg == "remedy"]
    if name in {"IdentifierError", "_refusal"}:
        texts = [str(argument.value) for argument in call.args if isinstance(argument, ast.Constant)]
        for text in texts[1:] if name == "IdentifierError" else texts:
            yield text if text.endswith(".") else "“%(text)s”: " + text
    elif given or name in {"KeyProblem", "NotCanonical", "NotInForce", "_too_much", "FileTooLarge", "FileRefused"}:
        given += call.args[:1]
    yield from (text.value for text in given if isinstance(text, ast.Constant))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_refusal_has_its_chinese(room):
    catalogue = polib.pofile(str(room / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"))
    known = {entry.msgid for entry in catalogue if entry.msgstr}
    said = set(sentences(room))

    assert len(said) > 15
    assert said - known == set()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_no_translation_is_left_over(room):
    catalogue = polib.pofile(str(room / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"))
    code = "".join(path.read_text(encoding="utf-8") for path in room.rglob("*.py") if "tests" not in path.parts)

    assert [e.msgid for e in catalogue if e.msgid.removeprefix("“%(text)s”: ") not in code] == []
