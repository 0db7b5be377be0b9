"""A stored finding in words: title, message and remedy from the law entry it was judged by, filled with its facts."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any, Protocol, cast

from zhunsheng.foundation.lawbook import Entry
from zhunsheng.oversight.reports.checks.findings import SEVERITIES
from zhunsheng.oversight.reports.checks.law import book, entry_of, fact_names, law_names, words

_NOTHING = "—"
_MOST_LISTED = 12
_ARTICLE = re.compile(r"第([一二三四五六七八九]?十?[一二三四五六七八九]?)条")
_LOOSE = re.compile(r"(?<=[\u3001-\u9fff\uff00-\uffef]) (?=[\u3001-\u9fff\uff00-\uffef])")
"""A space between two Chinese characters: templates write one around names, which may be Latin."""
_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", 1)}


class Judged(Protocol):
    """A finding, stored or just found."""

    @property
    def rule(self) -> str:
        """The rule's code."""
        ...

    @property
    def law_version(self) -> str:
        """The version of the law entry."""
        ...

    @property
    def severity(self) -> int:
        """The place in SEVERITIES."""
        ...

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the rule judged by."""
        ...


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a finding is there: words, legal basis, version of the law entry and whether it is verified, and inputs."""

    title: str
    message: str
    remedy: str
    basis: tuple[str, ...]
    version: str
    verified: bool
    severity: str
    severity_name: str
    inputs: Mapping[str, str]


class _Filler(Formatter):
    """Fills templates: {x}, {x:word} for a coded word, {x:lines} for line numbers; what is empty becomes a dash."""

    def __init__(self, language: str) -> None:
        self._language = language

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """Return a fact, a dash where it was not stored."""
        return kwargs.get(str(key), _NOTHING)

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a fact in words."""
        if format_spec == "lines":
            return lines_in_words(value, self._language) if isinstance(value, list) else _NOTHING
        given = list(value) if isinstance(value, list | tuple) else [value]
        shown = [self._word(each) if format_spec == "word" else str(each) for each in given[:_MOST_LISTED]]
        joined = ("、" if self._language == "zh" else ", ").join(text for text in shown if text.strip())
        if len(given) > _MOST_LISTED:
            joined += f"等 {len(given)} 项" if self._language == "zh" else f" and more, {len(given)} in all"
        return joined or _NOTHING

    def _word(self, code: Any) -> str:
        return words().get(str(code), {}).get(self._language, str(code))


def lines_in_words(lines: Sequence[int], language: str) -> str:
    """Return line numbers as people write them, runs drawn together: 第 1–3、7 行, lines 1–3, 7."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:_MOST_LISTED]]
    more = len(runs) > _MOST_LISTED
    if language == "zh":
        return f"第 {'、'.join(shown)}{' 等' if more else ''} 行"
    return f"{'line' if len(set(lines)) == 1 else 'lines'} {', '.join(shown)}{' and more' if more else ''}"


@cache
def _traditional() -> Callable[[str], str]:
    """Return what turns simplified into traditional characters."""
    from opencc import OpenCC  # type: ignore[attr-defined]  # no stubs, no __all__; it takes long to import

    return cast("Callable[[str], str]", OpenCC("s2hk").convert)


def basis_in_words(entry: Entry, language: str) -> tuple[str, ...]:
    """Return the articles that an entry rests on; language zh or en."""
    if language == "zh":
        return tuple(f"{_quoted(basis.law)}{basis.article}" for basis in entry.basis)
    return tuple(f"{law_names().get(b.law, b.law)}, {article_in_english(b.article)}".rstrip(", ") for b in entry.basis)


def _quoted(law: str) -> str:
    """Return a law's name in title marks, its number in brackets behind them."""
    name, bracket, rest = law.partition("（")
    return f"《{name}》{bracket}{rest}"


def article_in_english(article: str) -> str:
    """Return 第三十六条 as "Art. 36"; another text as it is."""
    found = _ARTICLE.fullmatch(article)
    if not found:
        return article
    tens, ten, ones = found[1].rpartition("十")
    number = (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
    return f"Art. {number}"


def explain(finding: Judged, language: str) -> Explanation:
    """Return a finding in words.

    Args:
        language: zh-hans, zh-hant (made from zh-hans by OpenCC) or en.
    Raises: KeyError for a rule code that no law entry ever had.
    """
    key = "en" if language.lower().startswith("en") else "zh"
    entry = entry_of(finding.rule, finding.law_version) or _newest(finding.rule)
    filler = _Filler(key)
    severity = SEVERITIES[finding.severity]
    said = Explanation(
        title=entry.title[key],
        message=_LOOSE.sub("", filler.vformat(entry.values["message"][key], (), finding.facts)),
        remedy=_LOOSE.sub("", filler.vformat(entry.values["remedy"][key], (), finding.facts)),
        basis=basis_in_words(entry, key),
        version=finding.law_version,
        verified=entry.verified,
        severity=severity,
        severity_name=words()[severity][key],
        inputs={_fact_name(name, key): _shown(value, filler) for name, value in finding.facts.items()},
    )
    return _in_traditional(said) if language.lower() in {"zh-hant", "zh-hk", "zh-tw"} else said


def _fact_name(name: str, language: str) -> str:
    return fact_names().get(name, {}).get(language, name)


def _shown(value: Any, filler: _Filler) -> str:
    return filler.format_field(value, "word") if value not in (None, "") else _NOTHING


def _newest(code: str) -> Entry:
    return [entry for entry in book() if entry.id == code][-1]


def _in_traditional(said: Explanation) -> Explanation:
    turn = _traditional()
    return Explanation(
        title=turn(said.title),
        message=turn(said.message),
        remedy=turn(said.remedy),
        basis=tuple(turn(basis) for basis in said.basis),
        version=said.version,
        verified=said.verified,
        severity=said.severity,
        severity_name=turn(said.severity_name),
        inputs={turn(name): value for name, value in said.inputs.items()},
    )


def rule_title(code: str, language: str) -> str:
    """Return the title of a rule, newest version, for lists and filters. Raises: KeyError."""
    if code not in book():
        raise KeyError(code)
    title = _newest(code).title["en" if language.lower().startswith("en") else "zh"]
    return _traditional()(title) if language.lower() in {"zh-hant", "zh-hk", "zh-tw"} else title


def traditional(text: str) -> str:
    """Return a simplified Chinese text in traditional characters."""
    return _traditional()(text)
