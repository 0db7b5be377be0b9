"""The words that organisation names are made of, and the divisions of the country, as plain data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

DATA = Path(str(files("zhunsheng.registry.matching").joinpath("data")))
_SUFFIXES = (
    "特别行政区",
    "壮族自治区",
    "回族自治区",
    "维吾尔自治区",
    "自治区",
    "自治州",
    "地区",
    "新区",
    "省",
    "市",
    "区",
    "县",
    "旗",
    "盟",
)


@dataclass(frozen=True, slots=True)
class Words:
    """Forms with their kind, trades, branch marks (each longest first) and the table of look-alike signs."""

    version: int
    forms: tuple[tuple[str, str], ...]
    trades: tuple[str, ...]
    branches: tuple[str, ...]
    nation: tuple[str, ...]
    shapes: Mapping[int, str]


@cache
def words() -> Words:
    """Return the words of `data/words.yaml`."""
    read: dict[str, Any] = yaml.safe_load((DATA / "words.yaml").read_text(encoding="utf-8"))
    forms = [(text, kind) for kind, texts in read["forms"].items() for text in texts]
    shapes = {ord(sign): group[0] for group in map(str, reversed(read["shapes"])) for sign in group}
    return Words(
        version=read["version"],
        forms=tuple(sorted(forms, key=lambda pair: -len(pair[0]))),
        trades=_longest_first(read["trades"]),
        branches=_longest_first(read["branches"]),
        nation=_longest_first(read["nation"]),
        shapes=shapes,
    )


def _longest_first(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(texts), key=lambda text: (-len(text), text)))


@cache
def simplified() -> Mapping[int, str]:
    """Return the table from traditional to simplified signs (OpenCC, TSCharacters)."""
    import opencc  # read for its table alone: a converter takes seconds to start

    path = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    table: dict[int, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        traditional, _tab, simple = line.partition("\t")
        if len(traditional) == 1 and simple:
            table[ord(traditional)] = simple.split(" ")[0]
    return table


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names of divisions with their six digits; `by_first` holds them by first sign, longest first.

    A short form ("广州", "广东") stands for provinces and cities only: those of counties are too often trade names.
    """

    by_first: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, divisions: Iterable[tuple[str, str]]) -> "Gazetteer":
        """Make it from (six digits, name)."""
        names: dict[str, str] = {}
        for code, name in sorted(divisions, reverse=True):
            names[name] = code
            short = _short(name)
            if short and code.endswith("00"):
                names[short] = code
        lists: dict[str, list[tuple[str, str]]] = {}
        for name, code in names.items():
            lists.setdefault(name[0], []).append((name, code))
        return cls({sign: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for sign, found in lists.items()})

    def leading(self, text: str) -> tuple[str, str] | None:
        """Return the longest division name at the start of a text with its code, or None."""
        for name, code in self.by_first.get(text[:1], ()):
            if text.startswith(name):
                return name, code
        return None


def _short(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name.removesuffix(suffix)
    return ""
