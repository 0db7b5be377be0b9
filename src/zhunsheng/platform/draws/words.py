"""What engines answer in codes, said in the reader's language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from zhunsheng.platform.reading import listed

Titles = Mapping[str, Any]
Spoken = Callable[[Sequence[str]], Mapping[str, str]]
"""Gives for Chinese words of titles, as far as a room knows them, the words in the reader's language."""
_PART = " · "
_MOST_NAMES = 12

KINDS: dict[str, Any] = {
    "panel": gettext_lazy("Review panel"),
    "sample": gettext_lazy("Sample of objects"),
    "inspectors": gettext_lazy("Inspectors for visits"),
}
REASONS: dict[str, Any] = {
    "not_in_register": gettext_lazy("not in the register of assessors"),
    "suspended": gettext_lazy("suspended as assessor"),
    "untrained": gettext_lazy("training has run out"),
    "employer": gettext_lazy("employed by the body"),
    "consultancy": gettext_lazy("advised the body"),
    "family": gettext_lazy("a relative has to do with the body"),
    "interest": gettext_lazy("declared an interest"),
    "last_panel": gettext_lazy("sat on the body's last panel"),
    "declined": gettext_lazy("declined this panel"),
    "replaced": gettext_lazy("was replaced on this panel"),
    "load": gettext_lazy("has served too often in the period"),
    "region": gettext_lazy("serves another region"),
    "field": gettext_lazy("not qualified in the field"),
    "seated": gettext_lazy("has a seat already"),
}


RANKS: dict[str, Any] = {}
METHODS: dict[str, Any] = {
    "sampford": gettext_lazy("Sampford"),
    "random_pivotal": gettext_lazy("random pivotal"),
    "conditional_poisson": gettext_lazy("conditional Poisson"),
}
_spoken: list[Spoken] = []


def register(
    *,
    kinds: Titles | None = None,
    reasons: Titles | None = None,
    ranks: Titles | None = None,
    spoken: Spoken | None = None,
) -> None:
    """Give words for the codes of a room above, at start; those that are here already stay."""
    for known, more in ((KINDS, kinds), (REASONS, reasons), (RANKS, ranks)):
        for code, words in (more or {}).items():
            known.setdefault(code, words)
    if spoken is not None and spoken not in _spoken:
        _spoken.append(spoken)


def kind_words(kind: str) -> str:
    """Return the name of a kind of draw; its code where none is known."""
    return str(KINDS.get(kind, kind))


def reason_words(reason: str) -> str:
    """Return why somebody was barred; the code where no words are known."""
    return str(REASONS.get(reason, reason))


def rank_words(rank: str) -> str:
    """Return the name of a rank; the code where no words are known."""
    return str(RANKS.get(rank, rank))


def method_words(method: str) -> str:
    """Return the name of a method of sampling; the code where no words are known."""
    return str(METHODS.get(method, method))


def local_titles(titles: Titles) -> dict[str, str]:
    """Return the titles of a draw, sealed in Chinese, in the reader's language as far as rooms above know the words."""
    sealed = {code: str(title) for code, title in titles.items()}
    if (get_language() or "zh").startswith("zh"):
        return sealed
    parts = sorted({part for title in sealed.values() for part in title.split(_PART)})
    known = {part: words for spoken in _spoken for part, words in spoken(parts).items()} if parts else {}
    return {code: _PART.join(known.get(part, part) for part in title.split(_PART)) for code, title in sealed.items()}


def purpose_words(purpose: str, titles: Titles) -> str:
    """Return what a seat was drawn for."""
    if purpose == "leader":
        return _("Panel leader")
    if purpose.startswith("field:"):
        return _("Field %(field)s") % {"field": titled(purpose.removeprefix("field:"), titles)}
    return _("Free seat")


def titled(code: str, titles: Titles) -> str:
    """Return a field's title with its code, as the parameters `titles` of the draw give it."""
    title = titles.get(code)
    return f"{title} ({code})" if title else code


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions that block a draw; its text is in the language in which it is read."""

    found: tuple[Mapping[str, Any], ...]
    titles: Titles

    def __str__(self) -> str:
        titles = local_titles(self.titles)
        return _("; ").join(condition_words(one, titles) for one in self.found)


def condition_words(one: Mapping[str, Any], titles: Titles) -> str:
    """Return one blocking condition as a sentence without a full stop."""
    barred = _barred(one.get("barred", {}))
    match one["condition"]:
        case "leader":
            return _("nobody who may lead is free (%(qualified)s may lead%(barred)s)") % {**one, "barred": barred}
        case "field":
            facts = {**one, "field": titled(one["field"], titles), "barred": barred}
            return _("nobody free covers the field %(field)s (%(qualified)s cover it%(barred)s)") % facts
        case "people":
            return _("%(free)s are free for %(seats)s seats%(barred)s") % {**one, "barred": barred}
        case "seats":
            return _("with those who are free the fields need %(needed)s seats, not %(size)s") % one
        case "seated-barred":
            reasons = listed(reason_words(reason) for reason in one["reasons"])
            return _("%(id)s has a seat but is barred: %(reasons)s") % {**one, "reasons": reasons}
        case "stratum":
            stratum = titled(one["stratum"], titles) or _("without name")
            return _("stratum %(stratum)s has %(units)s units, %(n)s can't be drawn") % {**one, "stratum": stratum}
        case "visits" | "leaders":
            return _shortage(one) % {
                **one,
                "visits": _some(one["visits"]),
                "inspectors": _some(one["inspectors"]) or pgettext("inspectors", "nobody"),
                "barred": barred,
            }
    return str(one["condition"])


def _shortage(one: Mapping[str, Any]) -> str:
    if one["condition"] == "leaders":
        return _("too few who may lead are free for %(visits)s: only %(inspectors)s may come%(barred)s")
    return _("%(visits)s need %(seats)s inspectors, %(possible)s can be given: only %(inspectors)s may come%(barred)s")


def _some(names: Sequence[str]) -> str:
    """Return names as a list; of many the first ones and how many there are."""
    shown = listed(names[:_MOST_NAMES])
    return shown if len(names) <= _MOST_NAMES else _("%(names)s … (%(count)s)") % {"names": shown, "count": len(names)}


def _barred(reasons: Mapping[str, int]) -> str:
    if not reasons:
        return ""
    parts: Iterable[str] = (f"{reason_words(reason)} {count}" for reason, count in reasons.items())
    return _("; barred: %(reasons)s") % {"reasons": listed(parts)}
