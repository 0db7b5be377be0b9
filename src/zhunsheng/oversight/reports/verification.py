"""Answers to anyone who asks about reports: by code, by number, by digest, or by a dropped file.

One question is a list of one: however many there are, they take the same few queries.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from zhunsheng.oversight.reports import lookups, selectors
from zhunsheng.oversight.reports.answers import SAID_TO_GUESSERS, Answer, KeyField, Status, mask
from zhunsheng.oversight.reports.format import CODE_LENGTH, normalise_code
from zhunsheng.oversight.reports.models import Report, State
from zhunsheng.platform.ledger import selectors as ledger
from zhunsheng.registry.bodies.models import Body

__all__ = ["Answer", "KeyField", "Question", "Status", "answer", "answer_many", "by_code", "by_digest", "by_number"]

SCOPE_RULES: Final = ("SCOPE-",)
SCOPE_SEVERITY: Final = 2
"""Findings of this severity or above about the scope make an answer "scope to verify"; hints do not."""

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody has of a report: a full code; number and anti-forgery code; or a digest.

    With a digest, body, number and version are what the file itself says; with a number, body is the issuer if known.
    """

    code: str = ""
    number: str = ""
    body: str = ""
    digest: str = ""
    version: int | None = None


def by_code(public_code: str) -> Answer:
    """Answer for the code of an address or QR picture: the body's identifier, a hyphen and 16 characters."""
    return answer(code=public_code)


def by_number(number: str, code: str, *, body: str = "") -> Answer:
    """Answer for what is printed on paper: the report number with its anti-forgery code; hyphens and case don't matter.

    A number that is known under another code is an altered report.
    """
    return answer(number=number, code=code, body=body)


def by_digest(digest: str, *, body: str = "", number: str = "", version: int | None = None) -> Answer:
    """Answer for the digest of a dropped report or file: an attachment, or a PDF that this installation made."""
    return answer(digest=digest, body=body, number=number, version=version)


def answer(*, code: str = "", digest: str = "", body: str = "", number: str = "", version: int | None = None) -> Answer:
    """Answer from whatever is at hand."""
    return answer_many([Question(code, number, body, digest, version)])[0]


def answer_many(questions: Sequence[Question]) -> list[Answer]:
    """Return one answer for each question, in order; at most fourteen queries however many there are."""
    found = _look_up(questions)
    around = _Around.of([one.report for one in found if one.report is not None and not one.altered], found)
    return [_answer(one, around) for one in found]


@dataclass(frozen=True, slots=True)
class _Found:
    """What a question led to: a report, that or another content under its number, or nothing but a body's name."""

    asked_by: str
    report: Report | None = None
    altered: bool = False
    body: str = ""
    number: str = ""


def _look_up(questions: Sequence[Question]) -> list[_Found]:
    digests = {one.digest.strip().lower() for one in questions if one.digest}
    digests = {one for one in digests if _SHA256.fullmatch(one)}
    by_digest = lookups.by_digests(digests)
    by_file = lookups.by_files(digests - by_digest.keys())
    by_number = lookups.by_numbers({one.number for one in questions if one.number})
    codes = [_split(one.code) for one in questions if not one.digest and not (one.number and one.code)]
    by_code = lookups.by_codes({code for _slug, code in codes})
    found = [_found_for(one, by_digest, by_file, by_number, by_code) for one in questions]
    contents = lookups.contents_of(one.report for one in found if one.report is not None)
    return [_in_full(one, contents) for one in found]


def _found_for(
    one: Question,
    by_digest: dict[str, list[Report]],
    by_file: dict[str, Report],
    by_number: dict[str, list[Report]],
    by_code: dict[str, list[Report]],
) -> _Found:
    if one.digest:
        return _by_digest(one, by_digest, by_file, by_number)
    if one.number and one.code:
        return _by_number(one, by_number)
    slug, code = _split(one.code)
    report = next((each for each in by_code.get(code, ()) if each.body_slug == slug), None)
    if report is not None:
        return _Found("code", report)
    return _Found("code" if slug and len(code) == CODE_LENGTH else "mistyped", body=slug)


def _split(public_code: str) -> tuple[str, str]:
    slug, _hyphen, code = public_code.strip().rpartition("-")
    return slug, normalise_code(code)


def _by_number(one: Question, known: dict[str, list[Report]]) -> _Found:
    wanted = normalise_code(one.code)
    reports = [each for each in known.get(one.number.strip(), ()) if not one.body or each.body_slug == one.body]
    for report in reports:
        if report.code == wanted:
            return _Found("number", report)
    if reports:
        return _Found("number", reports[0], altered=True)
    return _Found("number", body=one.body, number=one.number)


def _by_digest(
    one: Question, by_digest: dict[str, list[Report]], by_file: dict[str, Report], known: dict[str, list[Report]]
) -> _Found:
    wanted = one.digest.strip().lower()
    exact = next((each for each in by_digest.get(wanted, ()) if _may_be(each, one, wanted)), None)
    if exact is not None:
        return _Found("digest", exact)
    if not (one.number and one.body):
        return _Found("file", by_file.get(wanted))
    named = by_file.get(wanted)
    for report in known.get(one.number.strip(), ()):
        if report.body_slug == one.body and one.version in (None, report.version):
            if named is not None and (named.body_id, named.number) == (report.body_id, report.number):
                return _Found("file", named)
            return _Found("digest", report, altered=True)
    return _Found("digest", body=one.body, number=one.number)


def _may_be(report: Report, asked: Question, digest: str) -> bool:
    """Tell whether a report is what was asked for: a digest that somebody else registered says nothing."""
    return report.digest == digest or asked.body in {"", report.body_slug}


def _in_full(found: _Found, contents: dict[int, Report]) -> _Found:
    """Return the full data in place of the registration that they completed."""
    content = contents.get(found.report.completed_by_id or 0) if found.report is not None else None
    return found if content is None else replace(found, report=content)


@dataclass(frozen=True, slots=True)
class _Around:
    """What an answer needs beside the report, gathered for all of them."""

    successors: dict[int, Report] = field(default_factory=dict)
    doubted: frozenset[int] = frozenset()
    sealed: frozenset[int] = frozenset()
    filed: frozenset[int] = frozenset()
    bodies: dict[str, Body] = field(default_factory=dict)
    since: dict[int, datetime] = field(default_factory=dict)
    since_any: datetime | None = None

    @classmethod
    def of(cls, reports: Sequence[Report], found: Iterable["_Found"]) -> "_Around":
        """Gather it."""
        unknown = [one for one in found if one.report is None]
        slugs = {one.body for one in unknown if one.body}
        bodies = {one.slug: one for one in Body.objects.filter(slug__in=slugs)} if slugs else {}
        nameless = any(one.body not in bodies for one in unknown)
        return cls(
            successors=lookups.successors_of(one.pk for one in reports if one.state != State.CURRENT),
            doubted=lookups.found_by(
                (one.pk for one in reports if one.state == State.CURRENT and one.worst >= SCOPE_SEVERITY),
                rules=SCOPE_RULES,
                severity=SCOPE_SEVERITY,
            ),
            sealed=ledger.sealed_among(one.entry_id for one in reports),
            filed=lookups.with_files(one.pk for one in reports if not one.held),
            bodies=bodies,
            since=lookups.coverage_of(one.pk for one in bodies.values()),
            since_any=selectors.coverage_since() if nameless else None,
        )


def _answer(found: _Found, around: _Around) -> Answer:
    if found.report is None:
        return _unknown(found, around)
    if found.altered:
        return _altered(found.report, found.asked_by)
    report = found.report
    successor = around.successors.get(report.pk)
    if report.state != State.CURRENT:
        status = Status.REPLACED
    elif report.pk in around.doubted:
        status = Status.SCOPE_TO_VERIFY
    else:
        status = Status.VALID
    return Answer(
        status=status,
        body_slug=report.body_slug,
        body_name=report.body.name,
        number=report.number,
        version=report.version,
        issued_on=report.issued_on,
        received_at=report.received_at,
        withdrawn=report.state == State.WITHDRAWN,
        successor_code=successor.public_code if successor is not None and not successor.withdraws else "",
        successor_version=successor.version if successor is not None else None,
        key_fields=_key_fields(report),
        digest=report.digest,
        code=report.code,
        assurance=report.assurance,
        held=report.held,
        has_files=report.pk in around.filed,
        sealed=report.entry_id in around.sealed,
        generated=report.generated,
        asked_by=found.asked_by,
        report=report,
    )


def _altered(report: Report, asked_by: str) -> Answer:
    return Answer(
        status=Status.ALTERED,
        body_slug=report.body_slug,
        body_name=report.body.name,
        number=report.number,
        held=report.held,
        key_fields=tuple(each for each in _key_fields(report) if each.name in SAID_TO_GUESSERS),
        generated=report.generated,
        asked_by=asked_by,
    )


def _unknown(found: _Found, around: _Around) -> Answer:
    body = around.bodies.get(found.body)
    if body is None:
        return Answer(
            Status.BODY_UNKNOWN,
            found.body,
            number=found.number,
            coverage_since=around.since_any,
            asked_by=found.asked_by,
        )
    return Answer(
        status=Status.REPORT_UNKNOWN,
        body_slug=body.slug,
        body_name=body.name,
        number=found.number,
        coverage_since=around.since.get(body.pk),
        generated=body.generated,
        asked_by=found.asked_by,
    )


def _key_fields(report: Report) -> tuple[KeyField, ...]:
    fields = (
        ("body", report.body.name),
        ("number", mask(report.number)),
        ("issued", report.issued_on.isoformat() if report.issued_on else ""),
        ("object", mask(report.object_text)),
        ("producer", mask(report.producer_text)),
        ("lines", str(report.lines) if report.held else ""),
    )
    return tuple(KeyField(name, value) for name, value in fields if value)
