"""The inbox, the notices one answers for, and whom one notice went to."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.platform import listing
from zhunsheng.platform.notices.models import Delivery, Notice


class InboxTable(listing.Table):
    """Notices to one's organisations."""

    subject = tables.TemplateColumn(
        "<a href=\"{% url 'notices:delivery' record.pk %}\">{{ record.notice.subject }}</a>",
        verbose_name=_("Subject"),
        order_by=("notice__subject",),
    )
    unread = tables.TemplateColumn(
        template_name="notices/_unread.html", verbose_name=pgettext_lazy("notice", "Reading")
    )
    sender = tables.TemplateColumn(
        '{% load i18n %}{{ record.notice.sender.local_name|default:"—" }}', verbose_name=_("From whom"), orderable=False
    )
    organisation = tables.TemplateColumn(
        "{{ record.organisation.local_name }}", verbose_name=_("To whom"), orderable=False
    )
    sent_at = listing.TimeColumn(verbose_name=_("Sent at"))

    class Meta(listing.Table.Meta):
        model = Delivery
        fields = ("subject", "unread", "sender", "organisation", "sent_at")
        empty_text = _("No notice has been sent to your organisation.")

    def value_subject(self, record: Delivery) -> str:
        """Return the plain subject for an export."""
        return record.notice.subject


class NoticeTable(listing.Table):
    """Notices that one's organisation answers for."""

    subject = tables.TemplateColumn(
        "<a href=\"{% url 'notices:notice' record.pk %}\">{{ value }}</a>", verbose_name=_("Subject")
    )
    stage = tables.TemplateColumn(template_name="notices/_stage.html", verbose_name=_("Stage"))
    receivers = listing.NumberColumn(verbose_name=_("Receivers"))
    written_at = listing.TimeColumn(verbose_name=_("Written"))
    sent_at = listing.TimeColumn(verbose_name=_("Sent at"))

    class Meta(listing.Table.Meta):
        model = Notice
        fields = ("subject", "stage", "receivers", "written_at", "sent_at")
        empty_text = _("Your organisation has written no notice yet.")

    def value_subject(self, record: Notice) -> str:
        """Return the plain subject for an export."""
        return record.subject

    def value_stage(self, record: Notice) -> str:
        """Return the stage in words for an export."""
        return record.get_stage_display()


class DeliveryTable(listing.Table):
    """The receivers of one notice, with receipts and mail."""

    organisation = tables.TemplateColumn("{{ record.organisation.local_name }}", verbose_name=_("Receiver"))
    detail = tables.Column(verbose_name=_("What concerns it"), orderable=False)
    read = listing.NumberColumn(verbose_name=_("Opened by"))
    mail_stage = tables.TemplateColumn(template_name="notices/_mail.html", verbose_name=_("Mail"))

    class Meta(listing.Table.Meta):
        model = Delivery
        fields = ("organisation", "detail", "read", "mail_stage")

    def value_organisation(self, record: Delivery) -> str:
        """Return the plain name for an export."""
        return record.organisation.name

    def value_mail_stage(self, record: Delivery) -> str:
        """Return how far the mail has come for an export."""
        return record.get_mail_stage_display()
