"""The proof of the issuer's scope in the reader's words: for the public answer and for the report's own page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from zhunsheng.oversight.reports.answers import SCOPE_WORDS
from zhunsheng.oversight.reports.issuer_scope import Cover, IssuerProof, LineProof
from zhunsheng.platform.credentials import kinds
from zhunsheng.platform.credentials.answers import STATUS_MEANINGS
from zhunsheng.platform.credentials.lifecycle import Status
from zhunsheng.platform.credentials.selectors import OnDay
from zhunsheng.registry.bodies.measures import Announced, announced_since

MOST_LINES: Final = 100
"""Lines shown at once; a report has ten as a rule."""
_SAID: Final = {
    Cover.LIMITED: noop("The schedule limits this item in words: read them."),
    Cover.ABSENT: SCOPE_WORDS,
    Cover.UNSAID: noop("The report names no test object or no method, so it can't be compared."),
    Cover.SUBCONTRACTED: noop("Done by a subcontractor: not a matter of this certificate."),
}


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A certificate or schedule of the day: its name, the status then and now, each with its badge."""

    title: Any
    code: str
    held: OnDay
    then: str
    then_meaning: str
    now: str
    now_meaning: str

    @property
    def changed(self) -> bool:
        """Whether it stands otherwise today."""
        return self.held.credential.status != self.held.status


@dataclass(frozen=True, slots=True)
class ShownIssuer:
    """The proof for a template; `more` counts the lines that are not shown.

    `since` is what was decided about the certificate from the day of issue on.
    """

    proof: IssuerProof
    documents: tuple[ShownDocument, ...]
    lines: tuple[tuple[LineProof, str], ...]
    more: int
    since: Sequence[Announced] = ()

    @property
    def meaning(self) -> str:
        """The badge: good where certificate and schedule stood and cover every line, else a thing to look at."""
        whole = self.proof.lines and self.proof.covered == len(self.proof.lines)
        stood = self.documents and all(one.held.in_force for one in self.documents)
        return "good" if whole and stood else "neutral"


def shown_proof(proof: IssuerProof | None) -> ShownIssuer | None:
    """Return the proof in the reader's language, None where there is nothing to prove."""
    if proof is None:
        return None
    documents = tuple(_document(held) for held in (proof.certificate, proof.schedule) if held is not None)
    lines = tuple((one, _(_SAID[one.cover]) if one.cover in _SAID else "") for one in proof.lines[:MOST_LINES])
    since = announced_since(proof.number, proof.day)
    return ShownIssuer(proof, documents, lines, max(0, len(proof.lines) - MOST_LINES), since)


def _document(held: OnDay) -> ShownDocument:
    kind = kinds.known(held.credential.kind)
    title = kind.title if kind is not None else held.credential.kind
    then, now = Status(held.status), Status(held.credential.status)
    return ShownDocument(
        title, held.credential.code, held, str(then.label), STATUS_MEANINGS[then], str(now.label), STATUS_MEANINGS[now]
    )
