"""The filters of the lists, and the words of a draft."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.filterset import FilterSet

from zhunsheng.platform.notices import selectors
from zhunsheng.platform.notices.lifecycle import Stage
from zhunsheng.platform.notices.models import Delivery, Notice


class InboxFilter(FilterSet):
    """Filters of the inbox: words, unread only."""

    q = django_filters.CharFilter(field_name="notice__subject", lookup_expr="icontains", label=_("Subject"))
    unread = django_filters.ChoiceFilter(
        choices=[("1", pgettext_lazy("notice", "Unread"))],
        method="by_unread",
        label=pgettext_lazy("notice", "Reading"),
        empty_label=_("All"),
    )

    class Meta:
        model = Delivery
        fields = ("q", "unread")

    def by_unread(self, found: QuerySet[Delivery], _name: str, _value: str) -> QuerySet[Delivery]:
        """Keep what this person has not opened."""
        return selectors.unread_only(found)


class NoticeFilter(FilterSet):
    """Filters of the notices that one's organisation answers for."""

    q = django_filters.CharFilter(field_name="subject", lookup_expr="icontains", label=_("Subject"))
    stage = django_filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"), empty_label=_("All"))

    class Meta:
        model = Notice
        fields = ("q", "stage")


class DraftForm(forms.Form):
    """The words of a draft."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(label=_("Text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
