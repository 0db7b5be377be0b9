"""What anyone is told of a credential: one sentence first, then what it proves and what it doesn't."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.platform.credentials.lifecycle import Status
from zhunsheng.platform.credentials.models import Credential


class State(StrEnum):
    """The answers."""

    VALID = "valid"
    SUSPENDED = "suspended"
    REPLACED = "replaced"
    CANCELLED = "cancelled"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"
    MISTYPED = "mistyped"
    FILE_UNKNOWN = "file_unknown"


TITLES: Final = {
    State.VALID: _("This certificate is valid"),
    State.SUSPENDED: _("This certificate is suspended"),
    State.REPLACED: _("This certificate has been replaced"),
    State.CANCELLED: _("This certificate has been cancelled"),
    State.REVOKED: _("This certificate has been revoked"),
    State.EXPIRED: _("This certificate has expired"),
    State.NOT_YET: _("This certificate is not valid yet"),
    State.UNKNOWN: _("No certificate with this code was issued here"),
    State.MISTYPED: _("This code has a typing error"),
    State.FILE_UNKNOWN: _("No certificate issued here is this file"),
}
MEANINGS: Final = {
    State.VALID: "good",
    State.SUSPENDED: "attention",
    State.REPLACED: "attention",
    State.CANCELLED: "bad",
    State.REVOKED: "bad",
    State.EXPIRED: "attention",
    State.NOT_YET: "waiting",
    State.UNKNOWN: "bad",
    State.MISTYPED: "neutral",
    State.FILE_UNKNOWN: "attention",
}
STATUS_MEANINGS: Final = {
    Status.VALID: "good",
    Status.SUSPENDED: "attention",
    Status.REPLACED: "neutral",
    Status.CANCELLED: "bad",
    Status.REVOKED: "bad",
}
ADVICE: Final = {
    State.VALID: _("Compare the fields below with the copy that you have."),
    State.SUSPENDED: _("While it is suspended, nobody may rely on it."),
    State.REPLACED: _("A newer certificate stands in its place. Rely on that one."),
    State.CANCELLED: _("It has ended and nobody may rely on it any more."),
    State.REVOKED: _("It was taken back by decision. Nobody may rely on it."),
    State.EXPIRED: _("Its last day of validity has passed. Ask the holder for the present certificate."),
    State.NOT_YET: _("Its first day of validity is still to come."),
    State.UNKNOWN: _("The document that carries it was not issued by this authority: do not rely on it."),
    State.MISTYPED: _("A code is the letter C and 15 letters and digits. Compare it with the document."),
    State.FILE_UNKNOWN: _(
        "Not a single byte may differ: a scan, a photograph or a file saved anew is another file. Use the code printed "
        "on the document instead."
    ),
}
PROVES: Final = (
    _("That the authority issued exactly this certificate, to this holder, with these dates."),
    _("How it stands at this moment, and every change since it was issued."),
)
PROVES_NOT: Final = (
    _("That a paper copy has not been altered: compare it field by field, or verify the file."),
    _("That a report of the holder is genuine: each report is verified by its own code."),
    _("That work of the holder was done well."),
)
UNKNOWN_PROVES_NOT: Final = (
    _("Certificates that other authorities issue are not known here."),
    _("Tell the market regulator if somebody shows you such a document (hotline 12315)."),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer about one credential, or about none."""

    state: State
    credential: Credential | None = None
    successor: Credential | None = None

    @property
    def title(self) -> Any:
        """The one sentence."""
        return TITLES[self.state]

    @property
    def advice(self) -> Any:
        """What the reader should do about it."""
        return ADVICE[self.state]

    @property
    def meaning(self) -> str:
        """The badge: good, attention, bad, waiting, neutral."""
        return MEANINGS[self.state]

    @property
    def proves(self) -> Sequence[Any]:
        """What it proves; nothing where nothing is known."""
        return PROVES if self.credential is not None else ()

    @property
    def proves_not(self) -> Sequence[Any]:
        """What it does not prove."""
        return PROVES_NOT if self.credential is not None else UNKNOWN_PROVES_NOT


def state_of(credential: Credential, today: date) -> State:
    """Return how a credential stands on a day: what was decided first, then its dates."""
    if credential.status not in (Status.VALID, Status.SUSPENDED):
        return State(credential.status)
    if credential.valid_to is not None and credential.valid_to < today:
        return State.EXPIRED
    if credential.status == Status.SUSPENDED:
        return State.SUSPENDED
    return State.NOT_YET if today < credential.valid_from else State.VALID


def key_fields(
    credential: Credential, title: Any, labels: Mapping[str, Any], subject: Mapping[str, Any]
) -> list[tuple[Any, str]]:
    """Return the fields to compare by eye, with their labels; those of the subject that the kind names come last."""
    fields: list[tuple[Any, str]] = [
        (pgettext_lazy("credential", "Kind"), str(title)),
        (pgettext_lazy("credential", "Number"), credential.number),
        (_("Holder"), credential.holder),
        (_("Valid from"), credential.valid_from.isoformat()),
        (_("Valid to"), credential.valid_to.isoformat() if credential.valid_to else "–"),
    ]
    return fields + [(label, _text(subject[name])) for name, label in labels.items() if subject.get(name)]


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "；".join(map(_text, value))
    return str(value)


def as_dict(
    credential: Credential, state: State, changes: Sequence[Any], *, sealed: bool, successor: str
) -> dict[str, Any]:
    """Return how a credential stands, for machines."""
    return {
        "code": credential.code,
        "kind": credential.kind,
        "number": credential.number,
        "body": credential.body_slug,
        "holder": credential.holder,
        "valid_from": credential.valid_from.isoformat(),
        "valid_to": credential.valid_to.isoformat() if credential.valid_to else None,
        "state": state.value,
        "status": str(credential.status),
        "status_since": _iso(credential.status_at),
        "replaced_by": successor or None,
        "digest": credential.digest,
        "pdf_sha256": credential.pdf_id,
        "sealed": sealed,
        "history": [{"status": one.status, "at": _iso(one.at), "why": one.why} for one in changes],
        "signatures": credential.beside,
    }


def _iso(at: datetime) -> str:
    return at.isoformat()
