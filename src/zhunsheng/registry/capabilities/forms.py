"""Reads the address of a search: words, the day, and what was chosen from the facets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.models import Division
from zhunsheng.registry.capabilities.index import keeping
from zhunsheng.registry.capabilities.selectors import Source
from zhunsheng.registry.capabilities.words.query import Query, Slot
from zhunsheng.registry.capabilities.words.reading import LONGEST, named
from zhunsheng.registry.capabilities.words.terms import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

NARROWED_BY: Mapping[str, Kind] = {
    "object": Kind.OBJECT,
    "parameter": Kind.PARAMETER,
    "method": Kind.METHOD,
    "region": Kind.REGION,
    "domain": Kind.DOMAIN,
}
EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)


class TogetherForm(forms.Form):
    """A list of tests, one in each line, and the place to prefer."""

    tests = forms.CharField(
        label=_("Tests"),
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_(
            "One test in each line, in the words of the search: object, parameter, standard. At most 100 lines."
        ),
    )
    near = forms.CharField(
        label=_("Preferred place"),
        max_length=80,
        required=False,
        help_text=_("A city or county; others are not left out."),
    )

    def tests_asked(self) -> list[str]:
        """Return the lines that say something."""
        return [line.strip() for line in self.cleaned_data["tests"].splitlines() if line.strip()]


class GapForm(forms.Form):
    """Where to look for gaps, in which domain, and for what."""

    division = forms.ModelChoiceField(
        Division.objects.none(), required=False, label=_("Place"), empty_label=_("The whole register")
    )
    domain = forms.CharField(required=False, max_length=60, label=_("Domain of the schedules"))
    kind = forms.ChoiceField(
        required=False,
        label=_("Kind"),
        choices=[
            ("", _("All")),
            ("parameter", _("Parameters")),
            ("standard", _("Standards in force")),
            ("entry", _("Entries of the provincial library")),
        ],
    )
    source = forms.ChoiceField(required=False, label=_("Named by"), choices=[("", _("All")), *Source.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Division.objects.filter(
            code__startswith=settings.ZHUNSHENG_PROVINCE[:2], level__in=["province", "city"]
        )
        self.fields["division"].queryset = places.order_by("code")  # type: ignore[attr-defined]  # a ModelChoiceField


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. `chosen` has a facet's parameter and value."""

    words: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    on: date | None = None
    page: int = 1

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Asked:
        """Read an address; what can't be read is left out, so that no link is ever refused."""
        number = given.get("page", "1")
        return cls(
            words=" ".join(given.get("q", "").replace("\0", "").split())[:LONGEST],
            chosen=tuple(
                (name, given[name].replace("\0", "")[:300]) for name in NARROWED_BY if given.get(name, "").strip()
            ),
            on=_day(given.get("on", "")),
            page=min(max(int(number), 1), 10_000) if number.isascii() and number.isdecimal() else 1,
        )

    @property
    def day(self) -> date:
        """The day asked for, else today."""
        return self.on or timezone.localdate()

    def refine(self) -> Query | None:
        """Return the slots of the chosen facets, or None where there are none."""
        index = keeping.current()
        if not self.chosen or index is None:
            return None
        return Query("", tuple(named(NARROWED_BY[name], value, index.dictionary) for name, value in self.chosen))

    def choosing(self, name: str, value: str) -> str:
        """Return the address that also narrows by this."""
        return replace(self, chosen=(*(one for one in self.chosen if one[0] != name), (name, value)), page=1).address

    def dropping(self, name: str) -> str:
        """Return the address that doesn't narrow by this any more."""
        return replace(self, chosen=tuple(one for one in self.chosen if one[0] != name), page=1).address

    def saying(self, words: str) -> str:
        """Return the address with other words."""
        return replace(self, words=words, page=1).address

    def at_page(self, page: int) -> str:
        """Return the address of another page."""
        return replace(self, page=page).address

    @property
    def address(self) -> str:
        """The query part of this search's address: what a reader may keep and send on."""
        pairs: list[tuple[str, Any]] = [("q", self.words)] if self.words else []
        pairs += self.chosen
        pairs += [("on", self.on.isoformat())] if self.on else []
        pairs += [("page", self.page)] if self.page > 1 else []
        return "?" + urlencode(pairs)

    @property
    def empty(self) -> bool:
        """Tell whether nothing is asked."""
        return not self.words and not self.chosen


def chips(asked: Asked, slots: tuple[Slot, ...]) -> list[dict[str, str]]:
    """Return the chosen facets with their names and the address without each."""
    names = {slot.kind: slot.text for slot in slots}
    return [
        {"name": name, "words": names.get(NARROWED_BY[name], value), "drop": asked.dropping(name)}
        for name, value in asked.chosen
    ]


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None
