"""The six answers that anyone may get about a report, with their words and what they do not prove.

An answer never says what the arrival checks found before a case has decided it; a line outside the published
scope is called just that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

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
UNCOMPARED: Final = _("Registered by number and digest: compare the file")
"""Title of "valid" for a registration of which only the code was asked: no content stands behind the code."""

CONTENT_NOT_HELD: Final = _(
    "Only number and digest are registered. The content is not held here: results, verdicts and scope were not checked."
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
    """The answer to a verification, complete for the page and the API.

    `report` is the stored report where whoever asks has shown its code or content.
    """

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
    held: bool = True
    has_files: bool = False
    generated: bool = False
    asked_by: str = ""
    report: Any = field(default=None, repr=False, compare=False)

    @property
    def uncompared(self) -> bool:
        """Whether nothing was compared yet: only number and digest are held, and whoever asks has shown no file."""
        return self.status is Status.VALID and not self.held and self.asked_by in {"code", "number"}

    @property
    def title(self) -> Any:
        """The answer in the words of the trade; a file or a mistyped code says nothing about any body."""
        if self.status is Status.BODY_UNKNOWN and self.asked_by in NO_BODY_ASKED:
            return NO_BODY_ASKED[self.asked_by]
        if self.uncompared:
            return UNCOMPARED
        return TITLES[self.status]

    @property
    def meaning(self) -> str:
        """The badge of the answer."""
        return "neutral" if self.uncompared else MEANINGS[self.status]

    @property
    def note(self) -> Any:
        """The sentence that goes with an answer about the scope, else empty."""
        return _(SCOPE_WORDS) if self.status is Status.SCOPE_TO_VERIFY else ""

    @property
    def not_proven(self) -> Sequence[Any]:
        """What this answer does not prove."""
        known = self.status in {Status.VALID, Status.REPLACED, Status.SCOPE_TO_VERIFY}
        if not known:
            return UNKNOWN_NOT_PROVEN
        return NOT_PROVEN if self.held else (CONTENT_NOT_HELD, *NOT_PROVEN)

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
            "content_held": self.held if self.digest else None,
            "generated": self.generated or None,
            "key_fields": {field.name: field.value for field in self.key_fields},
            "does_not_prove": [str(sentence) for sentence in self.not_proven],
        }
        return {name: value for name, value in members.items() if value not in (None, "", {})}


def mask(text: str) -> str:
    """Return a text of which the middle is hidden: enough to compare with the paper, too little to copy."""
    plain = text.strip()
    if len(plain) <= 1:
        return plain
    kept = 1 if len(plain) <= 4 else 2 if len(plain) <= 8 else 3
    tail = 0 if len(plain) <= 2 else kept
    return plain[:kept] + "＊" * min(len(plain) - kept - tail, 6) + (plain[-tail:] if tail else "")
