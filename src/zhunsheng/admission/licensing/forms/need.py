"""The questions of the need-for-licence test."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing.law_book import choices
from zhunsheng.platform.reading import language


def offered(question: str) -> list[tuple[str, str]]:
    """Return the choices of a question in the reader's language."""
    return [(code, words[language()]) for code, words in choices()[question].items()]


class NeedForm(forms.Form):
    """A few questions about what is tested, for whom, by whom."""

    purpose = forms.ChoiceField(label=_("What are the results for?"), widget=forms.RadioSelect)
    domain = forms.ChoiceField(label=_("What is tested?"))
    owner = forms.ChoiceField(label=_("Who set the body up?"), widget=forms.RadioSelect)
    form = forms.ChoiceField(label=_("What is the body?"), widget=forms.RadioSelect)
    occasion = forms.ChoiceField(label=_("What do you want to apply for?"))
    on = forms.DateField(
        label=_("By the law of"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("purpose", "domain", "owner", "form", "occasion"):
            field: Any = self.fields[name]
            field.choices = offered(name)

    def facts(self) -> Mapping[str, str]:
        """Return what was said, without the day."""
        return {name: str(value) for name, value in self.cleaned_data.items() if name != "on"}
