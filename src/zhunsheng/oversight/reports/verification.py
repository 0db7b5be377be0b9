"""What anyone may learn about a report: one of six answers, by code, by number, by digest, or by a dropped file.

An answer never says what the arrival checks found before a case has decided it (practice.md, 4); the words for a line
outside the published scope are those of practice.md.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from zhunsheng.oversight.reports import selectors
from zhunsheng.oversight.reports.format import CODE_LENGTH, code_of, normalise_code
from zhunsheng.oversight.reports.models import Finding, Report, State
from zhunsheng.registry.bodies.models import Body

SCOPE_RULES: Final = ("SCOPE-",)
SCOPE_SEVERITY: Final = 2
"""Findings of this severity or above about the scope make an answer "scope to verify"; hints do not."""

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


SAID_TO_GUESSERS: Final = frozenset({"body", "number"})
"""Key fields that an answer without the right code or content still shows: numbers are easy to guess."""


class Status(StrEnum):
    """The six answers."""

    VALID = "valid"
    ALTERED = "altered"
    REPLACED = "replaced"
    SCOPE_TO_VERIFY = "scope_to_verify"
    REPORT_UNKNOWN = "report_unknown"
    BODY_UNKNOWN = "body_unknown"


TITLES: Final = {
    Status.VALID: _("Identical with the issued original"),
    Status.ALTERED: _("The content does not match"),
    Status.REPLACED: _("Corrected or withdrawn"),
    Status.SCOPE_TO_VERIFY: _("Scope to be verified"),
    Status.REPORT_UNKNOWN: _("The body is registered, the report has not been gathered"),
    Status.BODY_UNKNOWN: _("No registration of this body was found"),
}
NO_BODY_ASKED: Final = {
    "file": _("No file like this one is known"),
    "mistyped": _("This is not a verification code"),
}
"""Titles of "body unknown" where the question named no body at all."""
MEANINGS: Final = {
    Status.VALID: "good",
    Status.ALTERED: "bad",
    Status.REPLACED: "attention",
    Status.SCOPE_TO_VERIFY: "attention",
    Status.REPORT_UNKNOWN: "neutral",
    Status.BODY_UNKNOWN: "attention",
}
"""The badge of each answer: good, attention, bad, waiting, neutral."""

SCOPE_WORDS: Final = gettext_noop(
    "Not found in the capability schedule as published on that day; this does not mean that a breach has been found."
)
NOT_PROVEN: Final = (
    _("It does not prove that the sample was taken properly or stands for the whole batch."),
    _("It does not prove that the results are true, only that the body issued exactly this report."),
    _("It is no approval of the product or of the body."),
)
UNKNOWN_NOT_PROVEN: Final = (
    _("It does not prove that the report is false: not every body hands in every report."),
    _("Ask the body that issued it, or tell the market regulator (hotline 12315)."),
)


@dataclass(frozen=True, slots=True)
class KeyField:
    """One field of the report to compare by eye, masked."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a verification, complete for the page and the API."""

    status: Status
    body_slug: str = ""
    body_name: str = ""
    number: str = ""
    version: int | None = None
    issued_on: date | None = None
    received_at: datetime | None = None
    withdrawn: bool = False
    successor_code: str = ""
    successor_version: int | None = None
    coverage_since: datetime | None = None
    key_fields: tuple[KeyField, ...] = ()
    digest: str = ""
    code: str = ""
    assurance: str = ""
    sealed: bool = False
    generated: bool = False
    asked_by: str = ""

    @property
    def title(self) -> Any:
        """The answer in the words of practice.md; a file or a mistyped code says nothing about any body."""
        if self.status is Status.BODY_UNKNOWN and self.asked_by in NO_BODY_ASKED:
            return NO_BODY_ASKED[self.asked_by]
        return TITLES[self.status]

    @property
    def meaning(self) -> str:
        """The badge of the answer."""
        return MEANINGS[self.status]

    @property
    def note(self) -> Any:
        """The sentence that goes with an answer about the scope, else empty."""
        return _(SCOPE_WORDS) if self.status is Status.SCOPE_TO_VERIFY else ""

    @property
    def not_proven(self) -> Sequence[Any]:
        """What this answer does not prove."""
        known = self.status in {Status.VALID, Status.REPLACED, Status.SCOPE_TO_VERIFY}
        return NOT_PROVEN if known else UNKNOWN_NOT_PROVEN

    def as_dict(self) -> dict[str, Any]:
        """Return the answer for machines, without empty members."""
        members: dict[str, Any] = {
            "status": self.status.value,
            "title": str(self.title),
            "note": str(self.note),
            "body": self.body_slug,
            "body_name": self.body_name,
            "number": self.number,
            "version": self.version,
            "issued": self.issued_on.isoformat() if self.issued_on else None,
            "received": self.received_at.isoformat() if self.received_at else None,
            "withdrawn": self.withdrawn or None,
            "replaced_by": self.successor_code,
            "coverage_since": self.coverage_since.isoformat() if self.coverage_since else None,
            "assurance": self.assurance,
            "sealed": self.sealed if self.digest else None,
            "generated": self.generated or None,
            "key_fields": {field.name: field.value for field in self.key_fields},
            "does_not_prove": [str(sentence) for sentence in self.not_proven],
        }
        return {name: value for name, value in members.items() if value not in (None, "", {})}


def by_code(public_code: str) -> Answer:
    """Answer for the code of an address or QR picture: the body's identifier, a hyphen and 16 characters."""
    slug, _hyphen, code = public_code.strip().rpartition("-")
    report = selectors.report_by_code(slug, code)
    if report is not None:
        return _of(report, "code")
    return _unknown(slug, asked_by="code" if slug and len(normalise_code(code)) == CODE_LENGTH else "mistyped")


def by_number(number: str, code: str, *, body: str = "") -> Answer:
    """Answer for what is printed on paper: the report number with its anti-forgery code; hyphens and case don't matter.

    A number that is known under another code is an altered report.
    """
    wanted = normalise_code(code)
    found = selectors.reports_by_number(number, body_slug=body or None)
    for report in found:
        if code_of(report.digest) == wanted:
            return _of(report, "number")
    if found:
        return _altered(found[0], "number")
    return _unknown(body, number=number, asked_by="number")


def by_digest(digest: str, *, body: str = "", number: str = "", version: int | None = None) -> Answer:
    """Answer for the digest of a dropped report or file; body, number and version are what the file itself says."""
    wanted = digest.strip().lower()
    report = selectors.report_by_digest(wanted) if _SHA256.fullmatch(wanted) else None
    if report is not None:
        return _of(report, "digest")
    if number and body:
        known = [one for one in selectors.reports_by_number(number, body_slug=body) if version in (None, one.version)]
        if known:
            return _altered(known[0], "digest")
        return _unknown(body, number=number, asked_by="digest")
    return by_file(wanted)


def by_file(sha256: str) -> Answer:
    """Answer for the digest of an attachment or of a PDF that this installation made."""
    found = selectors.reports_by_file(sha256) if _SHA256.fullmatch(sha256) else []
    if found:
        newest = next((report for report in found if report.state == State.CURRENT), found[0])
        return _of(newest, "file")
    return _unknown("", asked_by="file")


def answer(*, code: str = "", digest: str = "", body: str = "", number: str = "", version: int | None = None) -> Answer:
    """Answer from whatever is at hand: a full code; number and anti-forgery code; or a digest."""
    if digest:
        return by_digest(digest, body=body, number=number, version=version)
    if number and code:
        return by_number(number, code, body=body)
    return by_code(code)


def mask(text: str) -> str:
    """Return a text of which the middle is hidden: enough to compare with the paper, too little to copy."""
    plain = text.strip()
    if len(plain) <= 1:
        return plain
    kept = 1 if len(plain) <= 4 else 2 if len(plain) <= 8 else 3
    tail = 0 if len(plain) <= 2 else kept
    return plain[:kept] + "＊" * min(len(plain) - kept - tail, 6) + (plain[-tail:] if tail else "")


def _of(report: Report, asked_by: str) -> Answer:
    successor = selectors.successor_of(report) if report.state != State.CURRENT else None
    withdrawn = report.state == State.WITHDRAWN
    if report.state != State.CURRENT:
        status = Status.REPLACED
    elif _scope_in_doubt(report):
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
        withdrawn=withdrawn,
        successor_code=successor.public_code if successor is not None and not successor.withdraws else "",
        successor_version=successor.version if successor is not None else None,
        key_fields=_key_fields(report),
        digest=report.digest,
        code=report.code,
        assurance=report.assurance,
        sealed=selectors.receipt_of(report) is not None,
        generated=report.generated,
        asked_by=asked_by,
    )


def _altered(report: Report, asked_by: str) -> Answer:
    return Answer(
        status=Status.ALTERED,
        body_slug=report.body_slug,
        body_name=report.body.name,
        number=report.number,
        key_fields=tuple(field for field in _key_fields(report) if field.name in SAID_TO_GUESSERS),
        generated=report.generated,
        asked_by=asked_by,
    )


def _unknown(slug: str, *, number: str = "", asked_by: str) -> Answer:
    body = Body.objects.filter(slug=slug).first() if slug else None
    if body is None:
        since = selectors.coverage_since()
        return Answer(Status.BODY_UNKNOWN, slug, number=number, coverage_since=since, asked_by=asked_by)
    return Answer(
        status=Status.REPORT_UNKNOWN,
        body_slug=body.slug,
        body_name=body.name,
        number=number,
        coverage_since=selectors.coverage_since(body.pk),
        generated=body.generated,
        asked_by=asked_by,
    )


def _scope_in_doubt(report: Report) -> bool:
    if report.worst < SCOPE_SEVERITY:
        return False
    rules = Finding.objects.filter(report_id=report.pk, severity__gte=SCOPE_SEVERITY).values_list("rule", flat=True)
    return any(rule.startswith(SCOPE_RULES) for rule in rules)


def _key_fields(report: Report) -> tuple[KeyField, ...]:
    fields = (
        ("body", report.body.name),
        ("number", mask(report.number)),
        ("issued", report.issued_on.isoformat() if report.issued_on else ""),
        ("object", mask(report.object_text)),
        ("producer", mask(report.producer_text)),
        ("lines", str(report.lines)),
    )
    return tuple(KeyField(name, value) for name, value in fields if value)
