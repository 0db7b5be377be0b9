"""Finding the standards in a printed cell: numbers with their repairs, titles, clauses, and what is said of them.

A cell holds one method or many, separated by line breaks, 、；/ or nothing at all: 食品中水分的测定GB/T5009.3-2003
婴幼儿配方食品和乳粉水分的测定GB/T5413.8-1997. Every number begins a method; what stands before it in title marks or
Chinese is its title, a clause or 第一法 behind it is its clause.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from zhunsheng.foundation.identifiers import IdentifierError, parse_standard, tidy

_D = "[0-9OIL]"
_PREFIX = r"""
    (?P<prefix>
        DB\s?[0-9]{2,6}(?:\s?/?\s?T)?
      | T\s?/\s?[A-Z]{2,}
      | Q\s?/\s?[A-Z0-9]+
      | (?:G\s?B|CB|6B|GS)(?:\s?Z)?(?:\s?/\s?[TZ7](?=[\s0-9O])|\s?[|\\1IL]?\s?[TZ](?![A-Z]))?
      | (?:HJ|NY|SN|SL|CJ|JC|YY|WS|QB|FZ|JGJ|JG|JT|SC|LY|DL|MT|SY|HG|YB|YC|YS|JJG|JJF|GA|AQ|BJS|TB|LS|RB|SJ|QX|SH|XB|DZ)
        (?:\s?[/|\\]?\s?T)?
    )
"""
_HOME = re.compile(
    rf"""(?<![A-Z0-9]){_PREFIX}\s*(?P<base>{_D}{{1,6}}(?:\s?[.·]\s?{_D}{{1,4}})*)
    (?:\s*(?:-|_|:)\s*(?P<year>[12]{_D}{{3}}|{_D}{{2}})(?!{_D})|\s+(?P<spaced>(?:19|20)[0-9]{{2}})(?![0-9.]))?""",
    re.VERBOSE,
)
_ABROAD = re.compile(
    r"(?<![A-Z])(?:EN ISO|ISO/IEC|ISO/TS|ISO|IEC|EN|ASTM)\s*[A-Z]?\d+(?:-\d{1,2}(?!\d))*(?:\s*[-:]\s*[12]\d{3})?"
)
_CLAUSE = re.compile(
    r"""^[\s,，(]*(?P<clause>
        (?:条款|条|章节)?\s*[0-9]{1,3}(?:\.[0-9]{1,3})+(?:\s*[~-]\s*[0-9]{1,3}(?:\.[0-9]{1,3})*)?
      | \(?(?<=\()[0-9]{1,3}(?=\))
      | 第?\s*[0-9一二三四五六七八九十]{1,3}\s*(?:章|条|部分|节)
      | (?:只用|仅用|仅做|只做)?第\s*[0-9一二三四五六七八九十]{1,3}\s*法
        (?:\s*[、和]\s*第\s*[0-9一二三四五六七八九十]{1,3}\s*法)*
      | 方法\s*[0-9一二三四五六七八九十A-Z]{1,3}
      | 附录\s*[A-Z](?:\.[0-9]{1,3})*
    )\)?""",
    re.VERBOSE,
)  # fmt: skip
_RANGE = re.compile(r"^\s*[~至]\s*(?:[A-Z/]+\s*)?[0-9]+(?:\.[0-9]+)*")
_REPLACES = re.compile(r"(?:代替|替代|取代|代)\s*[:：]?\s*\(?$")
_WITHDRAWN = re.compile(r"作废|废止|已被代替|已替代|失效")
_TITLE = re.compile(r"《([^《》]{2,})》")
_SEPARATORS = " \t,，;；、/。.()[]+&和及与或-:："
_HAN = re.compile("[\u4e00-\u9fff]")
_MARKS = re.compile(r"[\r\n]+")


@dataclass(frozen=True, slots=True)
class Cited:
    """One method as cited. `code` is the canonical number with its year, "" where a title stands alone."""

    printed: str
    code: str
    base: str
    year: int | None
    title: str = ""
    clause: str = ""
    flags: frozenset[str] = frozenset()


@lru_cache(maxsize=8192)
def methods_in(cell: str) -> tuple[Cited, ...]:
    """Return the methods of a cell in their order; a cell without a number gives its titles, or itself."""
    text = tidy(_MARKS.sub(" ; ", cell)).upper()
    spans = _spans(text)
    if not spans:
        return _titles_alone(text)
    found: list[Cited] = []
    before = text[: spans[0][0]]
    leading = len(_HAN.findall(before)) > 1
    for place, (start, end, cited) in enumerate(spans):
        after = text[end : spans[place + 1][0] if place + 1 < len(spans) else len(text)]
        clause, rest = _clause(after)
        if _REPLACES.search(before) and found:
            found[-1] = _flagged(found[-1], "replaces_remark")
        else:
            title = _title(before, rest, leading=leading)
            found.append(
                Cited(text[start:end], cited.code, cited.base, cited.year, title, clause[:60], _said(cited, rest))
            )
        before = rest
    return tuple(found)


def _said(cited: Cited, rest: str) -> frozenset[str]:
    flags = set(cited.flags)
    if _RANGE.match(rest):
        flags.add("range_of_parts")
    if _WITHDRAWN.search(rest):
        flags.add("said_withdrawn")
    return frozenset(flags)


def _title(before: str, rest: str, *, leading: bool) -> str:
    """Return a number's title: before it in cells that begin with a title, else behind it up to the separator."""
    part = before.rpartition(";")[2] if leading else rest.partition(";")[0]
    marked = _TITLE.findall(part)
    title = marked[-1 if leading else 0] if marked else part
    return _WITHDRAWN.sub("", title).strip(_SEPARATORS + "已《》")[:200]


def _spans(text: str) -> list[tuple[int, int, Cited]]:
    """Return where the numbers stand, each as (start, end, what it says)."""
    found: list[tuple[int, int, Cited]] = []
    for match in _HOME.finditer(text):
        cited = _read(match)
        if cited is not None:
            found.append((match.start(), match.end(), cited))
    for match in _ABROAD.finditer(text):
        if any(start < match.end() and match.start() < end for start, end, _cited in found):
            continue
        try:
            number = parse_standard(match[0])
        except IdentifierError:
            continue
        found.append((match.start(), match.end(), Cited(match[0], number.code, number.base_code, number.year)))
    return sorted(found, key=lambda one: one[0])


def _read(match: re.Match[str]) -> Cited | None:
    prefix = _prefix(match["prefix"])
    base, year = _digits(match["base"]), _digits(match["year"] or match["spaced"] or "")
    if not base[0].isdigit() or not any(letter.isdigit() for letter in match["base"]):
        return None
    plain = f"{prefix} {base}" + (f"-{year}" if year else "")
    try:
        number = parse_standard(plain)
    except IdentifierError:
        return None
    flags = set()
    if re.sub(r"[\s_:]", "", match[0]).replace("·", ".") not in {
        plain.replace(" ", ""), plain.replace(" ", "").replace("-", ""),
    }:  # fmt: skip
        flags.add("repaired")
    full = number.year
    if len(year) == 2 and full is not None and full < 1950:
        full = full + 100
        flags.add("short_year")
    code = f"{number.base_code}-{full}" if full is not None else number.base_code
    return Cited(match[0], code, number.base_code, full, flags=frozenset(flags))


def _prefix(printed: str) -> str:
    """Return the prefix that a printed one means: GBT, GB T, CB/T, G B/T and GB1T are GB/T."""
    plain = re.sub(r"[\s|\\]", "", printed)
    home = re.fullmatch(r"(?:GB|CB|6B|GS)(Z?)(?:[/1I]?([TZ7]))?", plain)
    if home:
        kind = {"T": "/T", "7": "/T", "Z": "/Z"}.get(home[2] or "", "")
        return "GB" + home[1] + kind
    return re.sub(r"(?<=[A-Z0-9])(?<!/)T$", "/T", plain) if re.fullmatch(r"(?:DB\d+|[A-Z]{2})T", plain) else plain


def _digits(text: str) -> str:
    return re.sub(r"\s", "", text).translate(str.maketrans("OIL·", "011."))


def _clause(after: str) -> tuple[str, str]:
    found = _CLAUSE.match(after)
    if not found:
        return "", after
    return re.sub(r"^(?:条款|条|章节|只用|仅用|仅做|只做)\s*|\s", "", found["clause"].strip("()")), after[found.end() :]


def _flagged(cited: Cited, flag: str) -> Cited:
    return Cited(cited.printed, cited.code, cited.base, cited.year, cited.title, cited.clause, cited.flags | {flag})


def _titles_alone(text: str) -> tuple[Cited, ...]:
    titles = _TITLE.findall(text) or [part for part in (one.strip(_SEPARATORS) for one in text.split(";")) if part]
    return tuple(Cited(title, "", "", None, title, "", frozenset({"no_number"})) for title in titles) or (
        Cited(text, "", "", None, text, "", frozenset({"no_number"})),
    )
