"""What the search says about itself, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from zhunsheng.registry.capabilities.words.terms import Dictionary, Kind, Quality

if TYPE_CHECKING:
    from zhunsheng.registry.capabilities.index.directory import Area, Directory
    from zhunsheng.registry.capabilities.selectors import Found
    from zhunsheng.registry.capabilities.words.query import Query, Slot
    from zhunsheng.registry.capabilities.words.terms import Term

KINDS: dict[Kind, Any] = {
    Kind.PARAMETER: gettext_lazy("Parameter"),
    Kind.OBJECT: gettext_lazy("Test object"),
    Kind.METHOD: gettext_lazy("Standard"),
    Kind.REGION: gettext_lazy("Place"),
    Kind.DOMAIN: gettext_lazy("Domain"),
}
_MOST_NAMED = 6


def in_english() -> bool:
    """Tell whether the reader reads English."""
    return (get_language() or "").startswith("en")


def name_of(thing: Term | Area) -> str:
    """Return a term's or division's name in the reader's language."""
    return thing.name_en if in_english() and thing.name_en else thing.name


def understood(query: Query, dictionary: Dictionary) -> list[dict[str, Any]]:
    """Return how each word was read: its kind, the names it stands for, and whether it was a guess."""
    return [_understood(slot, dictionary) for slot in query.slots]


def _understood(slot: Slot, dictionary: Dictionary) -> dict[str, Any]:
    names = list(dict.fromkeys(name_of(dictionary.terms[one.term]) for one in slot.meanings))
    quality = slot.meanings[0].quality if slot.meanings else None
    return {
        "text": slot.text,
        "kind": KINDS[slot.kind],
        "names": names[:_MOST_NAMED],
        "more": max(len(names) - _MOST_NAMED, 0),
        "year": slot.year,
        "guessed": quality is Quality.TYPO,
        "part": quality is Quality.PART,
        "unknown": not slot.meanings,
        "guesses": slot.guesses,
    }


def place_of(people: Directory, division: str) -> str:
    """Return city and county of a division's code in the reader's language."""
    if not division:
        return ""
    names = [
        name_of(people.areas[code]) for code in dict.fromkeys((people.city(division), division)) if code in people.areas
    ]
    return (", ".join(reversed(names)) if in_english() else "".join(names)) if names else division


def reasons(found: Found, people: Directory) -> list[str]:
    """Return why a body stands where it stands, the weightiest reason first."""
    told = []
    if found.fulfilled:
        words = "、".join(found.fulfilled) if not in_english() else ", ".join(found.fulfilled)
        told.append(
            _("Its schedule meets every word: %(words)s") % {"words": words}
            if found.complete
            else _("Its schedule meets these words only: %(words)s") % {"words": words}
        )
    told.append(
        _("The certificate is valid on this day")
        if found.standing == "active"
        else _("The certificate is suspended on this day; bodies with a valid one stand first")
    )
    if found.lines:
        told.append(
            _("The best line cites a current edition")
            if found.lines[0].current
            else _("The best line cites a superseded edition; current ones stand first")
        )
    told.append(
        ngettext("%(count)s matching scope line", "%(count)s matching scope lines", found.matches)
        % {"count": f"{found.matches:,}"}
    )
    place = place_of(people, found.entry.division)
    if place:
        told.append(_("Registered in %(place)s") % {"place": place})
    return told
