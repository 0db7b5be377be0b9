"""May the person who signed the report sign it?

Sources: Order 39, articles 7 and 11; criteria of Notice 2023 No. 21, article 9(3).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.oversight.reports.rules.facts import Found, ReportFacts
from zhunsheng.registry.bodies.facts import PersonFacts, SigningFacts
from zhunsheng.registry.bodies.rules.standing import holds_on

_FIELD = "signatory"
_SEPARATORS = re.compile(r"[、，,;；/。]|以及|(?<=.)[和及与](?=.)|\band\b")
_EVERYTHING = ("全部", "所有", "全项", "allfields", "alltests", "everything", "wholescope", "all")
_TAIL = re.compile(
    r"(检验检测|检测|检验|监测|分析|试验|测试|项目|参数|领域|产品类|类|testing|tests|analysis|products)+$"
)


@lru_cache(maxsize=4096)
def field_words(text: str) -> tuple[str, ...]:
    """Return the words of a signing field, normalised, without tails such as 检测 or 类; ("*",) for the whole scope."""
    words: list[str] = []
    for part in _SEPARATORS.split(text):
        word = normalise_name(part)
        if any(word.startswith(all_word) or word.endswith(f"{all_word}项目") for all_word in _EVERYTHING):
            return ("*",)
        short = _TAIL.sub("", word) or word
        if short:
            words.append(short)
    return tuple(words)


def covers(field_text: str, names: tuple[str, ...]) -> bool:
    """Tell whether a signing field names one of the (normalised) names, or a part of one, or the whole scope."""
    words = field_words(field_text)
    return words == ("*",) or any(word in name or name in word for word in words for name in names if name)


@lru_cache(maxsize=4096)
def readable(field_text: str, known: frozenset[str]) -> bool:
    """Tell whether every word of a signing field is met with among known fields, categories and objects."""
    words = field_words(field_text)
    return bool(words) and (
        words == ("*",) or all(any(w in name or name in w for name in known if name) for w in words)
    )


def _signer(report: ReportFacts) -> PersonFacts | None:
    """Return what the register holds of the person named: by code, else by name."""
    if report.body is None:
        return None
    by_code = report.body.persons.get(report.signatory_code)
    if by_code is not None or not report.signatory_name:
        return by_code
    wanted = normalise_name(report.signatory_name)
    same = [person for person in report.body.persons.values() if normalise_name(person.name) == wanted]
    return next((person for person in same if person.signings), same[0] if same else None)


def _in_office(report: ReportFacts) -> tuple[SigningFacts, ...]:
    person = _signer(report)
    if person is None:
        return ()
    if report.issued is None:
        return person.signings
    day = report.issued.day
    return tuple(signing for signing in person.signings if holds_on(signing, day)) if holds_on(person, day) else ()


def signs_in_office(report: ReportFacts) -> bool:
    """Tell whether the report of a licensed body names somebody who may sign on the day of issue."""
    return report.licensed and bool(_person(report)) and bool(_in_office(report))


def _list_known(report: ReportFacts) -> bool:
    """Whether the register holds any signatory of the body."""
    return report.body is not None and any(person.signings for person in report.body.persons.values())


def _person(report: ReportFacts) -> str:
    return " ".join(part for part in (report.signatory_name, report.signatory_code) if part)


def signatory_is_named(report: ReportFacts) -> Iterator[Found]:
    """The report of a licensed body names its authorised signatory."""
    if report.licensed and not _person(report):
        yield Found("SIGN-MISSING", {}, field=_FIELD)


def signatory_is_stated(report: ReportFacts) -> Iterator[Found]:
    """Where a source publishes no signatory, or the register holds none of the body, nothing can be checked."""
    if report.body is None or (report.licensed and (not _person(report) or _list_known(report))):
        return
    if not _person(report) or not _list_known(report):
        yield Found("SIGN-NOT-STATED", {"person": _person(report), "body": report.body.name}, field=_FIELD)


def signatory_is_known(report: ReportFacts) -> Iterator[Found]:
    """The person named is on the body's list of signatories."""
    if not report.licensed or report.body is None or not _person(report) or not _list_known(report):
        return
    signer = _signer(report)
    if signer is None or not signer.signings:
        yield Found("SIGN-UNKNOWN", {"person": _person(report), "body": report.body.name}, field=_FIELD)


def signatory_is_in_office(report: ReportFacts) -> Iterator[Found]:
    """The signatory's authority holds on the day of issue."""
    if not report.licensed or report.issued is None:
        return
    signer = _signer(report)
    if signer is not None and signer.signings and not _in_office(report):
        spans = [f"{one.valid_from or ''}/{one.valid_to or ''}" for one in signer.signings]
        yield Found(
            "SIGN-NOT-IN-OFFICE",
            {"person": _person(report), "day": report.issued.day.isoformat(), "periods": spans},
            field=_FIELD,
        )


@lru_cache(maxsize=65536)
def _covered(fields: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Tell whether one of the fields covers one of the names, all as printed."""
    plain = tuple(normalise_name(name) for name in names if name)
    return any(covers(text, plain) for text in fields)


def _fields(report: ReportFacts) -> tuple[str, ...]:
    """Return the fields that the signatory may sign on the day of issue; none for a body without licence."""
    return tuple(signing.field for signing in _in_office(report)) if report.licensed else ()


def uncovered(report: ReportFacts) -> list[int]:
    """Return the lines in scope that no field of the signatory covers, by domain, category, object or parameter.

    Lines of subcontractors are theirs to sign; lines outside the scope are another rule's.
    """
    fields = _fields(report)
    if not fields or any(field_words(text) == ("*",) for text in fields):
        return []
    by_group: dict[tuple[str, str], bool] = {}
    found: list[int] = []
    for line in report.lines:
        scope = line.scope
        if scope is None or scope.line_id is None or line.subcontractor is not None:
            continue
        group = (scope.domain, scope.category)
        if group not in by_group:
            by_group[group] = _covered(fields, (*group, *report.object_names))
        if not (by_group[group] or _covered(fields, (line.parameter,))):
            found.append(line.line)
    return found


def signatory_signs_in_field(report: ReportFacts) -> Iterator[Found]:
    """The signatory's field covers what the report tested."""
    fields = _fields(report)
    lines = uncovered(report)
    if lines and all(readable(text, report.known_fields) for text in fields):
        yield Found("SIGN-FIELD", {"person": _person(report), "fields": list(fields), "lines": lines}, field=_FIELD)


def signing_field_is_readable(report: ReportFacts) -> Iterator[Found]:
    """A signing field in words that no scope uses is for a person to read."""
    fields = _fields(report)
    lines = uncovered(report)
    if lines and not all(readable(text, report.known_fields) for text in fields):
        yield Found(
            "SIGN-FIELD-READ", {"person": _person(report), "fields": list(fields), "lines": lines}, field=_FIELD
        )
