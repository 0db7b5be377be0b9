"""What happened to an application, in sentences: every step with its code, digest and rule put into words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from zhunsheng.admission.licensing import decision_book, law_book
from zhunsheng.admission.licensing.lifecycle import Delivery, Route
from zhunsheng.admission.licensing.models import Step
from zhunsheng.admission.licensing.rules.routing import articles_of
from zhunsheng.admission.licensing.selectors import signing
from zhunsheng.admission.licensing.step_words import words_of_action
from zhunsheng.foundation.lawbook import Entry
from zhunsheng.platform.reading import in_language

STEPS_SHOWN = 60
MEANINGS = {
    "accept": "good",
    "grant": "good",
    "grant_partly": "attention",
    "refuse": "bad",
    "not_accept": "bad",
    "tell_gaps": "attention",
    "ask_rectification": "attention",
    "return": "attention",
    "withdraw": "neutral",
}


@dataclass(frozen=True, slots=True)
class Law:
    """The rule that a step rests on, as `why` shows it."""

    rule: str
    version: str
    title: str
    articles: str


def events(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Return steps as the timeline shows them."""
    return [
        {
            "at": one.at,
            "title": words_of_action(one.action),
            "text": sentence(one),
            "digest": one.words if one.action == "file" else "",
            "law": law_of(one),
            "meaning": MEANINGS.get(one.action, "neutral"),
            "by": one.by or _("the system"),
        }
        for one in steps
    ]


def sentence(step: Step) -> str:
    """Return what a step says, in the reader's words; nothing where its title says it all."""
    if step.action.startswith("refused."):
        return step.words.partition(": ")[2] or step.words
    said = _SENTENCES.get(step.action)
    return said(step) if said else step.words


def law_of(step: Step) -> Law | None:
    """Return the rule of a step with its title and articles; its name and version alone where no book has it now."""
    return law_named(step.law)


def law_named(named: str) -> Law | None:
    """Return a rule by its name and version as records keep them ("CLOCK-T8B 1.587da0c6"), None for nothing."""
    rule, _space, version = named.partition(" ")
    if not rule:
        return None
    entry = _entries().get(rule)
    if entry is None:
        return Law(rule, version, "", "")
    return Law(rule, version, in_language(entry.title), articles_of(entry))


@cache
def _entries() -> dict[str, Entry]:
    """Return the newest version of every entry of this room's books by its name."""
    books = (
        law_book.ways(), law_book.clocks(), law_book.materials(), law_book.commitments(), law_book.verifications(),
        law_book.modes(), decision_book.decisions(), decision_book.documents(),
    )  # fmt: skip
    rows = sorted((entry for book in books for entry in book), key=lambda one: one.effective_from)
    return {one.id: one for one in rows}


def _route(step: Step) -> str:
    return str(Route(step.words).label) if step.words in Route.values else step.words


def _signed(step: Step) -> str:
    by_key = step.words != signing.PASSWORD
    return _("Signed data: the body’s key") if by_key else _("Account: password entered again")


def _letter(step: Step) -> str:
    """Return the letter's title in the reader's language, and its number."""
    law, number = law_of(step), step.words.rpartition(" ")[2]
    return f"{law.title} {number}" if law and law.title else step.words


def _served(step: Step) -> str:
    number, _colon, rest = step.words.partition("：")
    how, _space, name = rest.partition(" ")
    words = str(Delivery(how).label) if how in Delivery.values else how
    return _("%(number)s: %(how)s %(name)s") % {"number": number, "how": words, "name": name}


def _drawn(step: Step) -> str:
    lot, _slash, rate = step.words.partition(" / ")
    if not rate:
        return step.words
    return _("Lot %(lot)s; drawn where it is below the rate of %(rate)s.") % {"lot": lot, "rate": rate}


def _opened(step: Step) -> str:
    law = law_of(step)
    return law.title if law and law.title else step.words


def _imported(step: Step) -> str:
    name, _colon, counts = step.words.rpartition(": ")
    added, _slash, rows = counts.partition(" / ")
    if not rows:
        return step.words
    return _("%(name)s: %(added)s of %(rows)s rows taken") % {"name": name, "added": added, "rows": rows}


def _mode(step: Step) -> str:
    titles = {entry.title["zh"]: in_language(entry.title) for entry in law_book.modes()}
    return titles.get(step.words, step.words)


def _digest(step: Step) -> str:
    return _("What was handed in and signed is known by this digest:") if step.words else ""


_SENTENCES: dict[str, Callable[[Step], str]] = {
    "route": _route,
    "sign": _signed,
    "file": _digest,
    "import": _imported,
    "start_review": _mode,
    "issue_document": _letter,
    "document_served": _served,
    "verification.opened": _opened,
    "verification.draw": _drawn,
    "verification.pass_over": _drawn,
}
