"""Finds every translatable message of a room: in Python by its syntax tree, in templates as Django's own tool does."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

import zhunsheng
from zhunsheng.foundation.errors import DomainError

ROOT = Path(zhunsheng.__file__).parent
MARKERS = {
    "_",
    "_n",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
}
CONTEXT = "\x04"
"""Between a context and its message, as in compiled catalogues."""


def rooms() -> list[Path]:
    """Return the folders that hold words for people: those with templates, or that mark messages in Python."""
    floors = [ROOT / floor for floor in ("platform", "registry", "admission", "oversight")]
    inside = [room for floor in floors for room in sorted(floor.iterdir()) if (room / "__init__.py").is_file()]
    return [*inside, ROOT / "platform" / "listing.py", ROOT / "demo", ROOT / "foundation", ROOT / "web"]


def messages_of(room: Path) -> set[str]:
    """Return the msgids of a room."""
    found: set[str] = set()
    for path in [room] if room.is_file() else sorted(room.rglob("*")):
        if "tests" in path.parts or "node_modules" in path.parts:
            continue
        if path.suffix == ".py":
            found.update(_in_python(path.read_text(encoding="utf-8")))
        elif path.suffix == ".html":
            found.update(_in_template(path.read_text(encoding="utf-8"), str(path)))
    return found


def translated() -> set[str]:
    """Return every msgid that some room's Chinese catalogue translates."""
    done: set[str] = set()
    for path in ROOT.glob("**/locale/zh_Hans/LC_MESSAGES/*.po"):
        for entry in polib.pofile(str(path)):
            if entry.translated() and not entry.obsolete:
                done.add(f"{entry.msgctxt}{CONTEXT}{entry.msgid}" if entry.msgctxt else entry.msgid)
    return done


def refusals_of(path: Path) -> Iterator[str]:
    """Yield the sentences and remedies of the refusals that a module raises: they are messages too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _makes_a_refusal(node.func):
            words = [*node.args[:1], *(one.value for one in node.keywords if one.arg in {"remedy", "message"})]
            for one in words:
                if isinstance(one, ast.Constant) and isinstance(one.value, str) and " " in one.value:
                    yield one.value


def _makes_a_refusal(func: ast.expr) -> bool:
    if isinstance(func, ast.Attribute) and func.attr == "__init__":
        return (
            isinstance(func.value, ast.Call) and isinstance(func.value.func, ast.Name) and func.value.func.id == "super"
        )
    name = func.id if isinstance(func, ast.Name) else getattr(func, "attr", "")
    return name == "refusal" or name in {one.__name__ for one in _kinds(DomainError)}


def _kinds(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _kinds(below)


def _in_python(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in MARKERS and node.args:
            words = [one.value for one in node.args[:2] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if name.startswith("pgettext") and len(words) == 2:
                yield CONTEXT.join(words)
            elif words:
                yield words[0]


def _in_template(text: str, origin: str) -> Iterator[str]:
    literal = r"(u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))"
    source = templatize(text, origin=origin)
    for match in re.finditer(rf"(?<!p)(?:ngettext|gettext|\b_)\({literal}", source):
        yield _said(match[1])
    for match in re.finditer(rf"n?pgettext\({literal}, {literal}", source):
        yield CONTEXT.join((_said(match[1]), _said(match[2])))


def _said(literal: str) -> str:
    return str(ast.literal_eval(literal.removeprefix("u").replace("\n", "\\n")))
