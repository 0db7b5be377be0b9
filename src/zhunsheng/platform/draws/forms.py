"""Filters of the list of draws, and what people enter as source."""

import json
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters.filterset import FilterSet

from zhunsheng.foundation.draws.sources import can_verify_drand, source_named
from zhunsheng.platform.accounts.forms import ReasonForm
from zhunsheng.platform.draws import selectors
from zhunsheng.platform.draws.lifecycle import SourceKind, Stage
from zhunsheng.platform.draws.models import Draw
from zhunsheng.platform.draws.words import KINDS


class DrawFilter(FilterSet):
    """Filters of the draws: words, kind, stage, source."""

    q = django_filters.CharFilter(method="by_words", label=_("Number, title or source"))
    kind = django_filters.ChoiceFilter(
        choices=lambda: list(KINDS.items()), label=_("Kind of draw"), empty_label=_("All")
    )
    stage = django_filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"), empty_label=_("All"))
    source = django_filters.ChoiceFilter(choices=SourceKind.choices, label=_("Source of chance"), empty_label=_("All"))

    class Meta:
        model = Draw
        fields = ("q", "kind", "stage", "source")

    def by_words(self, found: QuerySet[Draw], _name: str, words: str) -> QuerySet[Draw]:
        """Keep draws with all these words."""
        return selectors.with_words(found, words)


def offer_parties(reference: forms.Field) -> None:
    """Let a page ask for names and digests of two parties apart, and write the reference from them."""
    words = {
        "title": _("The two parties"),
        "note": _("Each party makes its secret in its own browser, keeps it, and tells you only its digest."),
        "link": _("Page on which a party makes its secret"),
        "address": reverse("draws:secret"),
        "name": _("Name of party"),
        "digest": _("SHA-256 of party"),
        "wrong": _("64 hexadecimal characters"),
    }
    reference.widget.attrs["data-two-parties"] = json.dumps(
        {name: str(value) for name, value in words.items()}, ensure_ascii=False
    )


class SourceForm(forms.Form):
    """The parts of a draw's source that are still missing; any of them may be left for another person."""

    def __init__(self, draw: Draw, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = draw.reference.split(";")
        for part in source_named(draw.source).parts:
            if part in draw.material:
                continue
            label: Any
            label, words = _PARTS[part]
            if draw.source == SourceKind.TWO_PARTY:
                label = _("Secret of %(party)s") % {"party": parties[part == "b"].partition("=")[0]}
            self.fields[part] = forms.CharField(
                label=label, help_text=words, required=False, max_length=1000,
                widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Return the parts that were filled in; at least one must be."""
        given = {name: value for name, value in (super().clean() or {}).items() if value}
        if not given and not self.errors:
            raise forms.ValidationError(_("Enter at least one part."))
        return given


class RedrawForm(ReasonForm):
    """Why a draw does not stand, and the new source of chance."""

    source = forms.ChoiceField(label=_("Source of chance"), choices=SourceKind.choices)
    reference = forms.CharField(
        label=_("Reference of the source"),
        max_length=400,
        help_text=_(
            "What is announced, for example a lottery and its issue; for two parties name=SHA-256;name=SHA-256 of their"
            " new secrets."
        ),
    )
    known_at = forms.DateTimeField(
        label=_("Source known from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("For numbers: when they are announced. It must lie ahead."),
    )
    field_order = ("why", "source", "reference", "known_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["source"]
        hidden = set() if can_verify_drand() else {SourceKind.DRAND}
        offered.choices = [(value, label) for value, label in SourceKind.choices if value not in hidden]
        offer_parties(self.fields["reference"])


_PARTS = {
    "a": (_("Secret"), _("Exactly what was sealed; the digest must agree.")),
    "b": (_("Secret"), _("Exactly what was sealed; the digest must agree.")),
    "numbers": (
        _("Announced numbers"),
        _("Series separated by slashes, for example 3 7 12 18 25 33 / 9. A second officer enters them too."),
    ),
    "signature": (_("Signature of the round"), _("96 hexadecimal characters, as drand publishes them.")),
}
