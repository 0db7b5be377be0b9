"""The lawbook as Markdown for people: `docs/rules/` is written by `make docs`."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from zhunsheng.foundation.lawbook import Entry, Lawbook, read_entries

_OPEN, _UNVERIFIED, _VERIFIED = "至今 open", "⚠ 未核实 unverified", "✓ 已核实 verified"
_SCALAR = (str, int, float, bool)


def find_law_files(package: Path) -> dict[str, tuple[Path, ...]]:
    """Return the law files below a package folder, by the dotted name of the room that carries them."""
    found: dict[str, list[Path]] = {}
    for path in sorted(package.rglob("law/*.yaml")):
        room = ".".join(path.parent.parent.relative_to(package).parts)
        found.setdefault(room, []).append(path)
    return {room: tuple(paths) for room, paths in found.items()}


def rules_pages(package: Path) -> dict[str, str]:
    """Return file name and text of an index and of one page for each room below a package that carries law files.

    Raises: LawbookError.
    """
    rooms = find_law_files(package)
    pages = {f"{room}.md": render_page(room, paths) for room, paths in rooms.items()}
    return {"README.md": _index({room: Lawbook.load(paths) for room, paths in rooms.items()}), **pages}


def render_page(room: str, paths: Iterable[Path]) -> str:
    """Return a room's rules as Markdown: title, validity, basis and values of each entry, Chinese and English.

    Raises: LawbookError.
    """
    files = list(paths)
    book = Lawbook.load(files)
    lines = [f"# {room}", "", "由 law/*.yaml 生成，请勿手改。Generated from law/*.yaml: edit those.", ""]
    for path in files:
        lines += [f"## {path.name}", ""]
        for entry in sorted(read_entries(path), key=lambda entry: (entry.id, entry.effective_from)):
            lines += _section(entry, book.version_of(entry))
    return "\n".join(lines).rstrip() + "\n"


def _index(books: Mapping[str, Lawbook]) -> str:
    lines = ["# 规则总目 Rules", "", "| 所属 Room | 条目 Entries | 未核实 Unverified |", "|---|---:|---:|"]
    for room, book in books.items():
        entries = list(book)
        unverified = sum(not entry.verified for entry in entries)
        lines.append(f"| [{room}]({room}.md) | {len(entries)} | {unverified} |")
    return "\n".join(lines) + "\n"


def _section(entry: Entry, version: str) -> list[str]:
    until = entry.effective_to.isoformat() if entry.effective_to else _OPEN
    lines = [
        f"### {entry.id}",
        "",
        f"**{_inline(entry.title['zh'])}** · {_inline(entry.title['en'])}",
        "",
        f"- 版本 version: `{version}`",
        f"- 有效 in force: {entry.effective_from.isoformat()} – {until}",
        f"- {_VERIFIED if entry.verified else _UNVERIFIED}",
        *(f"- 依据 basis: {_inline(f'{basis.law} {basis.article}'.strip())}" for basis in entry.basis),
    ]
    if entry.note:
        lines += [f"- 说明 note: {_inline(entry.note)}"]
    lines.append("")
    if entry.values:
        lines += [*_values(entry.values), ""]
    return lines


def _values(values: Mapping[str, Any]) -> list[str]:
    return ["| 项 key | 值 value |", "|---|---|", *(f"| `{key}` | {_cell(value)} |" for key, value in values.items())]


def _cell(value: Any) -> str:
    if isinstance(value, dict) and set(value) == {"zh", "en"}:
        return f"{_inline(str(value['zh']))} / {_inline(str(value['en']))}"
    if isinstance(value, dict):
        return "<br>".join(f"`{key}`: {_cell(item)}" for key, item in value.items()) or "—"
    if isinstance(value, list) and all(isinstance(item, _SCALAR) for item in value):
        return _inline("、".join(str(item) for item in value)) or "—"
    if isinstance(value, list):
        return "<br>".join(_cell(item) for item in value)
    return _inline(value if isinstance(value, str) else json.dumps(value, default=str))


def _inline(text: str) -> str:
    """Return a text that stands in one line and one table cell as it is."""
    plain = " ".join(text.split()).replace("\\", "\\\\")
    for sign in "|<>*_`[]":
        plain = plain.replace(sign, f"\\{sign}")
    return plain
