"""What the legal representative signs: the commitment in the version of the day, bound to the application's content."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.lifecycle import APPLICATION
from zhunsheng.admission.licensing.models import Application, Commitment
from zhunsheng.admission.licensing.rules.routing import articles_of
from zhunsheng.admission.licensing.selectors import content
from zhunsheng.foundation.canonical import digest_hex
from zhunsheng.foundation.lawbook import Entry

KEY: Final = "key"
PASSWORD: Final = "password"  # noqa: S105 - the name of a level of assurance


@dataclass(frozen=True, slots=True)
class Statement:
    """What is to be signed: the commitment's text with its rule and version, and the bytes that a key signs."""

    entry: Entry
    version: str
    text: str
    message: bytes

    @property
    def law(self) -> str:
        """Rule and version, as records keep them."""
        return f"{self.entry.id} {self.version}"

    @property
    def articles(self) -> str:
        """The articles that the text rests on."""
        return articles_of(self.entry)

    @property
    def digest(self) -> str:
        """The SHA-256 of what is signed."""
        return digest_hex(self.message)


def statement_of(application: Application, on: date) -> Statement | None:
    """Return what is to be signed for this application as it stands, by the texts of a day; None without a route."""
    try:
        entry = law_book.commitment_for(application.route, on)
    except KeyError:
        return None
    version, text = law_book.commitments().version_of(entry), str(entry.values["zh"]).strip()
    message = content.statement_of(content.digest_of(application), law=f"{entry.id} {version}", text=text)
    return Statement(entry, version, text, message)


def is_signed(application: Application, on: date) -> bool:
    """Tell whether the legal representative has signed what stands there now.

    While the application can be changed, the text of the day is what is to be signed. What is filed was signed with the
    text that was kept with the signature: no later version of it asks for another.
    """
    given = list(Commitment.objects.filter(application=application).values_list("digest", "law", "text"))
    if not given:
        return False
    if "edit" in APPLICATION.actions(application.stage):
        statement = statement_of(application, on)
        return statement is not None and statement.digest in {digest for digest, _law, _text in given}
    filed = content.digest_of(application)
    return any(digest == digest_hex(content.statement_of(filed, law=law, text=text)) for digest, law, text in given)


def signatures_of(application: Application) -> list[Commitment]:
    """Return the signatures of an application, the newest first."""
    return list(application.commitments.select_related("signed_by").order_by("-signed_at", "-pk"))
