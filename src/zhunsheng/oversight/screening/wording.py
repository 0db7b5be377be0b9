"""What lists and pages of alerts say: stages, fields, how rare something is."""

from typing import Any, Final

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhunsheng.foundation.identifiers import accreditations
from zhunsheng.oversight.screening import explaining
from zhunsheng.oversight.screening.detectors.catalogue import DETECTORS
from zhunsheng.oversight.screening.lifecycle import Stage

MEANINGS: Final = {
    Stage.NEW: "attention",
    Stage.WATCHED: "waiting",
    Stage.DISMISSED: "neutral",
    Stage.LEAD: "bad",
}


def in_words(words: Any) -> str:
    """Return words of the law folder in the reader's language; traditional script is the template's affair."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return str(words[language])


def sign_title(detector: str) -> str:
    """Return what a detector's sign is called."""
    return in_words(explaining.sign_of(detector, timezone.localdate()).title)


def sign_choices() -> list[tuple[str, str]]:
    """Return every detector with its sign's title."""
    return [(name, sign_title(name)) for name in DETECTORS]


def explanation_choices(kinds: tuple[str, ...] | None = None) -> list[tuple[str, str]]:
    """Return ordinary explanations with their titles: these first where given, then the others."""
    held = explaining.innocents(timezone.localdate())
    order = [*(kinds or ()), *(kind for kind in held if kind not in (kinds or ()))]
    return [(kind, in_words(held[kind].title)) for kind in order]


def field_name(code: str) -> str:
    """Return a field of CMA numbers in words; its code where the list lacks it."""
    found = accreditations.cma_codes(timezone.localdate()).values["fields"].get(code)
    return in_words(found) if found else code


def field_choices() -> list[tuple[str, str]]:
    """Return every field of CMA numbers."""
    fields = accreditations.cma_codes(timezone.localdate()).values["fields"]
    return [(code, in_words(words)) for code, words in fields.items()]


def error_rate(q: float) -> str:
    """Say how many alerts like this are expected to have no cause."""
    return _("up to about %(percent)s by chance") % {"percent": explaining.percent(q)}


def rarity(p: float) -> str:
    """Say how rare a sign is among bodies with nothing odd."""
    number = explaining.one_in(p)
    if number >= 1_000_000:
        return _("fewer than 1 in a million ordinary bodies look like this")
    return _("about 1 in %(number)s ordinary bodies looks like this") % {"number": f"{number:,}"}
