"""Facts of law as dated data: which entry held on this date, by which article, checked by whom."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.foundation.errors import DomainError

_LANGUAGES = ("zh", "en")
_FIELDS = {"id", "title", "basis", "effective_from", "effective_to", "verified", "version", "values", "note"}


class LawbookError(DomainError):
    """A law file that can't be trusted: it names the file, the entry and what is wrong."""

    code = "lawbook"

    def __init__(self, where: str, why: str) -> None:
        super().__init__("%(where)s: %(why)s.", params={"where": where, "why": why}, remedy="Mend the law file.")


class NotInForce(DomainError):
    """No entry of that id held on that date."""

    code = "law-not-in-force"


@dataclass(frozen=True)
class Basis:
    """One article that an entry rests on."""

    law: str
    article: str


@dataclass(frozen=True)
class Entry:
    """One fact of law over one stretch of time; `effective_to` is its last day, None while it holds."""

    id: str
    title: Mapping[str, str]
    basis: tuple[Basis, ...]
    effective_from: date
    effective_to: date | None
    verified: bool
    version: int
    values: Mapping[str, Any]
    note: str = ""
    digest: str = field(default="", compare=False)

    @property
    def stamp(self) -> str:
        """Version and the start of the digest, as records keep them beside the id."""
        return f"{self.version}.{self.digest[:8]}"

    @property
    def named(self) -> str:
        """Id and stamp: the rule and its version, as records keep them in one text."""
        return f"{self.id} {self.stamp}"

    def holds_on(self, day: date) -> bool:
        """Tell whether the entry was in force on a day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


class Lawbook:
    """All entries of some law files, ready to be asked by id and date."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: dict[str, list[Entry]] = {}
        for entry in entries:
            self._entries.setdefault(entry.id, []).append(entry)
        for versions in self._entries.values():
            versions.sort(key=lambda entry: entry.effective_from)
            _refuse_gaps(versions)

    @classmethod
    def load(cls, paths: Path | Iterable[Path]) -> "Lawbook":
        """Read law files: YAML with a list `entries`; a folder stands for its `*.yaml`.

        Raises: LawbookError naming file and entry; FileNotFoundError.
        """
        given = [paths] if isinstance(paths, Path) else list(paths)
        files = [file for path in given for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
        return cls(entry for file in files for entry in read_entries(file))

    def __iter__(self) -> Iterator[Entry]:
        """Give every entry, by id and then by date."""
        for name in sorted(self._entries):
            yield from self._entries[name]

    def __contains__(self, entry_id: str) -> bool:
        return entry_id in self._entries

    def ids(self) -> tuple[str, ...]:
        """Return every id, sorted."""
        return tuple(sorted(self._entries))

    def on(self, entry_id: str, day: date) -> Entry:
        """Return the entry of an id that held on a day.

        Raises: NotInForce, KeyError for an unknown id.
        """
        versions = self._entries[entry_id]
        for entry in reversed(versions):
            if entry.holds_on(day):
                return entry
        raise NotInForce(
            "%(id)s was not in force on %(day)s.", params={"id": entry_id, "day": day.isoformat()}, field=entry_id
        )

    def version_of(self, entry: Entry) -> str:
        """Return what a decision record stores beside the id: version and the start of the entry's digest."""
        return entry.stamp


def _refuse_gaps(versions: list[Entry]) -> None:
    for before, after in pairwise(versions):
        if before.effective_to is None or after.effective_from <= before.effective_to:
            raise LawbookError(
                before.id, f"the entries from {before.effective_from} and {after.effective_from} overlap"
            )
        if after.effective_from != before.effective_to + timedelta(days=1):
            raise LawbookError(before.id, f"no entry between {before.effective_to} and {after.effective_from}")
        if after.version <= before.version:
            raise LawbookError(before.id, f"version {after.version} follows version {before.version}")


_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader in C where the package has it: a start reads some thousand entries."""


class _Loader(_Safe):  # type: ignore[misc]  # one of two classes
    """Safe YAML that refuses a key given twice."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in found:
            raise yaml.YAMLError(f"the key {key!r} stands twice (line {key_node.start_mark.line + 1})")
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path) -> Any:
    """Return the content of a YAML file in which no key stands twice.

    Raises: LawbookError.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise LawbookError(path.name, str(error)) from error


def read_entries(path: Path) -> list[Entry]:
    """Return the entries of one law file.

    Raises: LawbookError naming file and entry.
    """
    content = read_yaml(path)
    if not isinstance(content, dict) or not isinstance(content.get("entries"), list):
        raise LawbookError(path.name, "a law file has a list named entries")
    return [_entry(path.name, number, row) for number, row in enumerate(content["entries"], 1)]


def _entry(file: str, number: int, row: Any) -> Entry:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str):
        raise LawbookError(f"{file}, entry {number}", "it has no id")
    where = f"{file}, {row['id']}"
    unknown, missing = set(row) - _FIELDS, _FIELDS - {"note", "effective_to", "values"} - set(row)
    if unknown or missing:
        raise LawbookError(where, f"unknown {sorted(unknown)}, missing {sorted(missing)}")
    start, end = row["effective_from"], row.get("effective_to")
    if type(start) is not date or type(end) not in {date, type(None)} or (end is not None and end < start):
        raise LawbookError(where, "effective_from and effective_to must be dates in order")
    if type(row["verified"]) is not bool or type(row["version"]) is not int:
        raise LawbookError(where, "verified must be true or false and version a whole number")
    title = row["title"]
    if not isinstance(title, dict) or any(not title.get(language) for language in _LANGUAGES):
        raise LawbookError(where, "the title must be given in zh and en")
    return Entry(
        id=row["id"],
        title=MappingProxyType(title),
        basis=_basis(where, row["basis"]),
        effective_from=start,
        effective_to=end,
        verified=row["verified"],
        version=row["version"],
        values=MappingProxyType(row.get("values") or {}),
        note=row.get("note", ""),
        digest=canonical_digest(_json({**row, "effective_to": None})),  # a version that ends keeps its name
    )


def _basis(where: str, rows: Any) -> tuple[Basis, ...]:
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) and row.get("law") for row in rows):
        raise LawbookError(where, "the basis is a list of {law, article}")
    return tuple(Basis(law=str(row["law"]), article=str(row.get("article", ""))) for row in rows)


def _json(value: Any) -> Any:
    """Return a YAML value as JSON: dates and other scalars by their text, keys as text."""
    if isinstance(value, dict):
        return {str(key): _json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_json(item) for item in value]
    return value if isinstance(value, str | int | bool | None) else str(value)
