"""Say exactly what is wrong with a document that the fast reader couldn't decode, or that hides a second key."""

import json
import re
from typing import Any, Final

import msgspec

from .problems import TYPES_EN, TYPES_ZH, FormatProblem

_AT: Final = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<path>.*)`)?$", re.DOTALL)
_EXPECTED: Final = re.compile(r"Expected `(?P<expected>[^`]+)`, got `(?P<found>[^`]+)`")
_LENGTH: Final = re.compile(r"Expected `(?P<kind>str|array)` of length (?P<sign><=|>=) (?P<limit>\d+)")
_NAMED: Final = re.compile(r"Object (?P<how>missing required|contains unknown) field `(?P<name>.*)`", re.DOTALL)
_RANGE: Final = re.compile(r"Expected `int` (?P<range>[<>]= -?\d+)|Integer value out of range")
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SHOWN: Final = 60


def explain(raw: bytes, error: Exception, deepest: int) -> FormatProblem:
    """Return the problem of a document that didn't decode: the outermost fault first."""
    try:
        text = _text_of(raw)
        _refuse_depth(text, deepest)
        _parse(text)
    except FormatProblem as problem:
        return problem
    if isinstance(error, msgspec.ValidationError):
        return _typed(str(error))
    return FormatProblem("syntax", found=_short(str(error)))


def refuse_second_keys(raw: bytes, canonical: bytes) -> None:
    r"""Refuse a key given twice.

    No token is longer in canonical form than it came: equal lengths prove that nothing was dropped. Else every key
    brings one colon, and a string keeps its colons unless they are written as \u003a: equal counts prove it, too.
    Raises: FormatProblem.
    """
    if len(raw) == len(canonical):
        return
    if (b"\\" in raw and b"\\u" in raw) or raw.count(b":") != canonical.count(b":"):
        _parse(_text_of(raw))


def _text_of(raw: bytes) -> str:
    if not raw.strip():
        raise FormatProblem("empty")
    if raw.startswith(b"\xef\xbb\xbf"):
        raise FormatProblem("bom")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FormatProblem("encoding", found=": it looks like UTF-16", found_zh="，看来是 UTF-16")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.end == len(raw):
            raise FormatProblem("truncated", found=len(raw)) from error
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        raise FormatProblem("encoding", found="", found_zh="") from None
    raise FormatProblem("encoding", found=": it looks like GBK (GB 18030)", found_zh="，看来是 GBK（GB 18030）")


def _refuse_depth(text: str, deepest: int) -> None:
    depth, in_string, escaped = 0, False, False
    for character in text:
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character in "{[":
            depth += 1
            if depth > deepest:
                raise FormatProblem("depth", limit=deepest)
        elif character in "}]":
            depth -= 1


class _Float(str):
    __slots__ = ()


class _Twice(dict[str, Any]):
    """An object in which a key stood twice."""

    key = ""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice, seen = _Twice(found), set()
    for key, _ in pairs:
        if key in seen:
            twice.key = key
            break
        seen.add(key)
    return twice


class _NotANumber(str):
    __slots__ = ()


def _parse(text: str) -> None:
    """Read JSON exactly and refuse what the format refuses everywhere. Raises: FormatProblem."""
    try:
        value = json.loads(
            text, object_pairs_hook=_pairs, parse_float=_Float, parse_constant=_NotANumber, parse_int=_whole
        )
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
            raise FormatProblem("truncated", found=len(text.encode("utf-8", "surrogatepass"))) from error
        where = f"{error.msg} (line {error.lineno}, column {error.colno})"
        raise FormatProblem("syntax", found=where) from error
    _refuse_everywhere(value, "")


def _whole(digits: str) -> int | _Float:
    return int(digits) if len(digits) <= 30 else _Float(digits)


def _refuse_everywhere(value: Any, path: str) -> None:
    if isinstance(value, _Twice):
        raise FormatProblem("duplicate_key", _join(path, value.key))
    if isinstance(value, _Float):
        raise FormatProblem("float", path or None, found=_short(value))
    if isinstance(value, _NotANumber):
        raise FormatProblem("not_a_number", path or None, found=str(value))
    if isinstance(value, str):
        lone = _LONE_SURROGATE.search(value)
        if lone:
            raise FormatProblem("surrogate", path or None, found=f"{ord(lone.group()):04x}")
    elif isinstance(value, dict):
        for key, each in value.items():
            _refuse_everywhere(key, _join(path, _printable(key)))
            _refuse_everywhere(each, _join(path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            _refuse_everywhere(each, f"{path}[{index}]")


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _printable(key: str) -> str:
    return key.encode("utf-8", "backslashreplace").decode("utf-8")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _typed(message: str) -> FormatProblem:
    """Turn msgspec's words into field, rule and remedy."""
    parts = _AT.match(message)
    what, path = (parts["what"], parts["path"] or "") if parts else (message, "")
    named = _NAMED.match(what)
    if named:
        field = _join(path, named["name"])
        if field == "format":
            return FormatProblem("format", field)
        return FormatProblem("missing" if named["how"].startswith("missing") else "unknown", _short(field))
    length = _LENGTH.match(what)
    if length:
        return _wrong_length(length, path)
    expected = _EXPECTED.match(what)
    if expected:
        return _wrong_type(expected["expected"], expected["found"], path)
    if _RANGE.match(what):
        return FormatProblem("integer", path, found=_short(what.partition("`int` ")[2] or "too large"))
    if what.startswith("Invalid enum value"):
        return FormatProblem("format" if path == "format" else "choice", path)
    return FormatProblem("syntax", path or None, found=_short(what))


def _wrong_length(length: re.Match[str], path: str) -> FormatProblem:
    if length["sign"] == "<=":
        return FormatProblem("long", path, limit=length["limit"])
    if length["kind"] == "str":
        return FormatProblem("blank", path)
    return FormatProblem("no_lines" if path == "results" else "short_list", path)


def _wrong_type(expected: str, found: str, path: str) -> FormatProblem:
    if found == "null":
        return FormatProblem("null", path or None)
    return FormatProblem(
        "type",
        path or None,
        expected=TYPES_EN.get(expected, expected),
        found=TYPES_EN.get(found, found),
        expected_zh=TYPES_ZH.get(expected, expected),
        found_zh=TYPES_ZH.get(found, found),
    )
