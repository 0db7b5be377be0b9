"""Leads, referrals and subscriptions as lists."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.leads import law_book, parts
from zhunsheng.oversight.leads.models import Lead, Referral, Subscription
from zhunsheng.oversight.leads.selectors import leads as selectors
from zhunsheng.oversight.leads.selectors import referrals
from zhunsheng.platform import listing
from zhunsheng.platform.badges import badge

SENTENCE = {"td": {"class": "sentence"}}
"""For the column that is read, so that others leave it room."""


def in_words(code: str) -> str:
    """Return a matter in the reader's language."""
    words = law_book.matters().get(code, {"zh": code, "en": code})
    return words["en" if (get_language() or "").startswith("en") else "zh"]


def day_cell(day: date | None, meaning: str) -> str:
    """Return a day with a badge where it is late or near."""
    if day is None:
        return "—"
    if meaning == "neutral":
        return day.isoformat()
    return format_html("{} {}", day.isoformat(), badge(meaning, _("Late") if meaning == "bad" else _("Due soon")))


class LeadTable(listing.Table):
    """The inbox of leads."""

    number = tables.Column(pgettext_lazy("column", "Number"))
    title = tables.Column(pgettext_lazy("column", "Title"), orderable=False, attrs=SENTENCE)
    about = tables.Column(pgettext_lazy("leads", "Subject"), accessor="about", orderable=False)
    matter = tables.Column(_("Matter"), orderable=False)
    source = tables.Column(_("Source"), orderable=False)
    stage = tables.Column(_("Stage"), orderable=False)
    due_on = tables.Column(pgettext_lazy("lead", "Decide by"), empty_values=(), attrs=listing.DATE)
    handler = tables.Column(_("Handled by"), orderable=False)
    opened_at = tables.Column(_("Opened at"), attrs=listing.DATE)
    near = True

    class Meta(listing.Table.Meta):
        empty_text = _("No lead is here.")

    def __init__(self, rows: Any, today: date) -> None:
        self.today = today
        super().__init__(rows)  # type: ignore[no-untyped-call]  # django-tables2 has no types

    def render_number(self, record: Lead) -> str:
        """Show the number as the way to the lead."""
        return format_html(
            '<a href="{}"><code>{}</code></a>', reverse("leads:lead", args=[record.number]), record.number
        )

    def value_number(self, record: Lead) -> str:
        """Export the plain number."""
        return record.number

    def render_matter(self, value: str) -> str:
        """Show the matter in words."""
        return in_words(value)

    def render_source(self, value: str) -> str:
        """Show the source in words."""
        return str(parts.title_of(value))

    def render_stage(self, record: Lead) -> str:
        """Show the stage as a badge."""
        return badge(selectors.meaning_of(record.stage), record.get_stage_display())

    def value_stage(self, record: Lead) -> str:
        """Export the stage in words."""
        return str(record.get_stage_display())

    def render_due_on(self, record: Lead) -> str:
        """Show the day while it counts."""
        return day_cell(record.due_on, selectors.due_meaning(record, self.today))

    def value_due_on(self, record: Lead) -> date | None:
        """Export the day."""
        return record.due_on

    def render_opened_at(self, value: Any) -> str:
        """Show the day."""
        return timezone.localdate(value).isoformat()

    def value_opened_at(self, value: Any) -> date:
        """Export the day."""
        return timezone.localdate(value)


class ReferralTable(listing.Table):
    """What passes between authorities."""

    number = tables.Column(pgettext_lazy("column", "Number"))
    kind = tables.Column(_("Kind"), orderable=False)
    title = tables.Column(pgettext_lazy("column", "Title"), orderable=False, attrs=SENTENCE)
    sender = tables.Column(_("From"), orderable=False, accessor="sender__local_name")
    receiver = tables.Column(_("To"), orderable=False, accessor="receiver__local_name")
    stage = tables.Column(_("Stage"), orderable=False)
    due_on = tables.Column(pgettext_lazy("referral", "Due on"), empty_values=(), attrs=listing.DATE)
    sent_at = tables.Column(_("Sent at"), attrs=listing.DATE)
    near = True

    class Meta(listing.Table.Meta):
        empty_text = _("No referral is here.")

    def __init__(self, rows: Any, today: date) -> None:
        self.today = today
        super().__init__(rows)  # type: ignore[no-untyped-call]  # django-tables2 has no types

    def render_number(self, record: Referral) -> str:
        """Show the number as the way to the referral."""
        address = reverse("leads:referral", args=[record.number])
        return format_html('<a href="{}"><code>{}</code></a>', address, record.number)

    def value_number(self, record: Referral) -> str:
        """Export the plain number."""
        return record.number

    def render_stage(self, record: Referral) -> str:
        """Show the stage as a badge, and that it was escalated."""
        shown = badge(referrals.meaning_of(record, self.today), record.get_stage_display())
        if record.escalated_at is None:
            return shown
        return format_html("{} {}", shown, badge("attention", pgettext_lazy("referral", "Escalated")))

    def value_stage(self, record: Referral) -> str:
        """Export the stage in words."""
        return str(record.get_stage_display())

    def render_due_on(self, record: Referral) -> str:
        """Show the day while it counts."""
        late = referrals.meaning_of(record, self.today) == "bad" and record.ended_at is None
        return day_cell(record.due_on, "bad" if late else "neutral")

    def value_due_on(self, record: Referral) -> date | None:
        """Export the day."""
        return record.due_on

    def render_sent_at(self, value: Any) -> str:
        """Show the day."""
        return timezone.localdate(value).isoformat()

    def value_sent_at(self, value: Any) -> date:
        """Export the day."""
        return timezone.localdate(value)


class SubscriptionTable(listing.Table):
    """Bodies on whose results an authority relies."""

    body = tables.Column(pgettext_lazy("register", "Body"), orderable=False)
    purpose = tables.Column(_("What its results are used for"), orderable=False)
    since = tables.Column(_("Since"), attrs=listing.DATE)
    act = tables.Column(_("Do"), empty_values=(), orderable=False, exclude_from_export=True)
    near = True

    class Meta(listing.Table.Meta):
        empty_text = _("Your authority subscribes to no body yet.")

    def render_body(self, record: Subscription) -> str:
        """Show the body as the way to its page."""
        return format_html('<a href="{}">{}</a>', reverse("bodies:body", args=[record.body.slug]), record.body.name)

    def value_body(self, record: Subscription) -> str:
        """Export its name."""
        return record.body.name

    def render_since(self, value: Any) -> str:
        """Show the day."""
        return timezone.localdate(value).isoformat()

    def value_since(self, value: Any) -> date:
        """Export the day."""
        return timezone.localdate(value)

    def render_act(self, record: Subscription) -> str:
        """Offer to send a doubt, and to hear no more of the body."""
        offered = (
            (reverse("leads:doubt", args=[record.body.slug]), _("Send a doubt back")),
            (reverse("leads:unsubscribe", args=[record.pk]), pgettext("leads", "Unsubscribe")),
        )
        return format_html_join(" · ", '<a href="{}">{}</a>', offered)
