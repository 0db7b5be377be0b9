"""Check a decoded document field by field against the patterns in its annotations, and name the first fault."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, get_args, get_origin, get_type_hints

from msgspec import UNSET, Meta, Struct

from .characters import (
    CODE_PATTERN,
    FULL_WIDTH_NUMBER,
    PROSE_PATTERN,
    TEXT_PATTERN,
    VALUE_PATTERN,
    first_bad,
)
from .moments import fault_of, is_moment
from .problems import FormatProblem
from .structs import (
    ALGORITHM_PATTERN,
    CMA_PATTERN,
    DECIMAL_PATTERN,
    INSTANT_PATTERN,
    MEDIA_TYPE_PATTERN,
    REGISTER_PATTERN,
    SHA256_PATTERN,
    SIGNATURE_PATTERN,
    USCC_PATTERN,
    WHEN_PATTERN,
    Body,
    Manifest,
    Registration,
    Report,
    Result,
    may_lack_results,
)

_IDENTIFIERS: Final = {
    CMA_PATTERN: ("CMA number", "资质认定证书编号"),
    USCC_PATTERN: ("unified social credit code", "统一社会信用代码"),
    REGISTER_PATTERN: ("register's name", "登记簿代号"),
    SHA256_PATTERN: ("SHA-256 digest in lower-case hexadecimal", "SHA-256 摘要（小写十六进制）"),
    SIGNATURE_PATTERN: ("signature in base64url", "签名值（base64url）"),
    ALGORITHM_PATTERN: ("signature algorithm's name", "签名算法名称"),
    MEDIA_TYPE_PATTERN: ("media type", "媒体类型"),
}
_TEXTS: Final = frozenset({CODE_PATTERN, TEXT_PATTERN, PROSE_PATTERN})
_FULL_WIDTH: Final = re.compile("[０-９．－＋，]")
_full_width_number: Final = re.compile(FULL_WIDTH_NUMBER).fullmatch


def check_report(report: Report) -> None:
    """Check every rule of the format that types alone don't hold. Raises: FormatProblem."""
    if not report.results and not may_lack_results(report):
        raise FormatProblem("no_lines", "results")
    _check_body(report.body)
    _walk(report, "")
    if report.published is UNSET and report.number != report.number.strip():
        raise FormatProblem("edge_space", "number")
    _check_lines(report.results)


def check_registration(registration: Registration) -> None:
    """Check every rule that types alone don't hold. Raises: FormatProblem."""
    said = registration.replaces
    withdrawal = said is not UNSET and said.kind == "withdrawal"
    if registration.content is UNSET and not registration.files and not withdrawal:
        raise FormatProblem("no_digest", "files")
    _check_body(registration.body)
    _walk(registration, "")
    if registration.number != registration.number.strip():
        raise FormatProblem("edge_space", "number")


def _check_body(body: Body) -> None:
    if body.cma is UNSET and body.uscc is UNSET and (body.register is UNSET or body.id is UNSET):
        raise FormatProblem("no_body", "body")


def check_manifest(manifest: Manifest) -> None:
    """Check every rule that types alone don't hold. Raises: FormatProblem."""
    _walk(manifest, "")


def _check_lines(results: tuple[Result, ...]) -> None:
    seen: set[int] = set()
    for index, result in enumerate(results):
        if result.line in seen:
            raise FormatProblem("duplicate_line", f"results[{index}].line", found=result.line)
        seen.add(result.line)


def _check_value(value: str, field: str) -> None:
    """Refuse a value that is a number in full-width digits; digits inside words stay as published."""
    if _full_width_number(value):
        raise FormatProblem("full_width", field, found=_short(value), better=_short(_half_width(value)))
    _check_characters(value, PROSE_PATTERN, field)


@lru_cache(maxsize=64)
def _patterns_of(kind: type[Struct]) -> dict[str, str]:
    """Return each text field's pattern, read from its annotation."""
    found: dict[str, str] = {}
    for name, hint in get_type_hints(kind, include_extras=True).items():
        pattern = _pattern_in(hint)
        if pattern:
            found[name] = pattern
    return found


def _pattern_in(hint: Any) -> str | None:
    for meta in getattr(hint, "__metadata__", ()):
        if isinstance(meta, Meta) and meta.extra_json_schema and "pattern" in meta.extra_json_schema:
            return str(meta.extra_json_schema["pattern"])
    if get_origin(hint) is None:
        return None
    return next((pattern for each in get_args(hint) if (pattern := _pattern_in(each))), None)


def _walk(part: Struct, path: str) -> None:
    patterns = _patterns_of(type(part))
    for name in part.__struct_fields__:
        value = getattr(part, name)
        field = f"{path}.{name}" if path else name
        if isinstance(value, str):
            if name in patterns:
                _check_text(value, patterns[name], field)
        elif isinstance(value, Struct):
            _walk(value, field)
        elif isinstance(value, tuple):
            for index, each in enumerate(value):
                if isinstance(each, Struct):
                    _walk(each, f"{field}[{index}]")
                else:
                    _check_text(each, patterns[name], f"{field}[{index}]")


def _check_text(value: str, pattern: str, field: str) -> None:
    if pattern in _TEXTS:
        _check_characters(value, pattern, field)
        return
    checker = _SPECIAL.get(pattern)
    if checker:
        checker(value, field)
    elif not re.fullmatch(pattern.strip("^$"), value):
        what, what_zh = _IDENTIFIERS[pattern]
        raise FormatProblem("identifier", field, what=what, what_zh=what_zh, found=_short(value))


def _check_characters(value: str, pattern: str, field: str) -> None:
    bad = first_bad(value, pattern)
    if bad:
        raise FormatProblem("control", field, found=f"U+{ord(bad):04X}")


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _check_decimal(value: str, field: str) -> None:
    if re.fullmatch(DECIMAL_PATTERN.strip("^$"), value):
        return
    if _FULL_WIDTH.search(value):
        raise FormatProblem("full_width", field, found=_short(value), better=_short(_half_width(value)))
    raise FormatProblem("decimal", field, found=_short(value))


def _check_when(value: str, field: str) -> None:
    fault = fault_of(value)
    if fault:
        better = _half_width(value)
        if fault == "no_zone":
            better = f"{value}+08:00"
        raise FormatProblem(fault, field, found=_short(value), better=_short(better))


def _check_instant(value: str, field: str) -> None:
    _check_when(value, field)
    if not is_moment(value):
        raise FormatProblem("time_needed", field, found=value)


def _short(value: str) -> str:
    return value if len(value) <= 60 else f"{value[:57]}…"


_SPECIAL: Final[dict[str, Callable[[str, str], None]]] = {
    VALUE_PATTERN: _check_value,
    DECIMAL_PATTERN: _check_decimal,
    WHEN_PATTERN: _check_when,
    INSTANT_PATTERN: _check_instant,
}
