"""Choosing lines of a body's schedule: those offered, or all with some words where a schedule is long."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhunsheng.registry.bodies import selectors as bodies
from zhunsheng.registry.bodies.models import Body, ScopeLine
from zhunsheng.registry.bodies.wording import line_words

MOST_OFFERED: Final = 200


def lines_field(help_text: Any = "") -> forms.TypedMultipleChoiceField:
    """Return a field that offers lines of the schedule."""
    return forms.TypedMultipleChoiceField(
        label=_("Lines of the schedule that end"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )  # fmt: skip


def like_field() -> forms.CharField:
    """Return a field that takes all lines with some words."""
    return forms.CharField(
        label=_("And all lines with these words"), max_length=200, required=False,
        help_text=_("Each word must stand in domain, object, parameter or method, for example: GB 5009.12 lead."),
    )  # fmt: skip


class ChoosesLines(forms.Form):
    """A form with pairs of such fields."""

    _first: Sequence[ScopeLine] | None = None

    def offer_lines(self, lines: str, like: str, body: Body | None) -> None:
        """Offer the body's lines in force today; nothing where there are none, no words where all are offered."""
        offered = self._in_force(body)
        if not offered:
            del self.fields[lines]
        if len(offered) <= MOST_OFFERED:
            del self.fields[like]
        if offered:
            field: Any = self.fields[lines]
            field.choices = [(one.pk, line_words(one)) for one in offered[:MOST_OFFERED]]

    def _in_force(self, body: Body | None) -> Sequence[ScopeLine]:
        """Return the first lines in force, and one more that tells that there are others; read once."""
        if self._first is None:
            found = bodies.scope_on(body, timezone.localdate())[: MOST_OFFERED + 1] if body is not None else ()
            self._first = list(found)
        return self._first

    def chosen_lines(self, lines: str, like: str, body: Body | None) -> tuple[int, ...]:
        """Return the keys of the lines chosen; words that no line in force has are an error of their field."""
        given = self.cleaned_data
        found = set(given.get(lines) or ())
        words = given.get(like, "")
        if words and body is not None:
            matching = bodies.search_scope(bodies.scope_on(body, timezone.localdate()), words)
            keys = set(matching.values_list("pk", flat=True))
            if not keys:
                self.add_error(like, _("No line in force has all these words."))
            found |= keys
        return tuple(sorted(found))
