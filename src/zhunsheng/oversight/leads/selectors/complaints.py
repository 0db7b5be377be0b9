"""What who reported is told about a report: how it stands, never what is known about others."""

from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.leads.lifecycle import Stage
from zhunsheng.oversight.leads.models import Complaint, ComplaintMessage

WORDS = {
    Stage.NEW: (pgettext_lazy("report", "Received, not yet looked at"), "waiting"),
    Stage.WATCHED: (pgettext_lazy("report", "Being checked"), "waiting"),
    Stage.ACCEPTED: (pgettext_lazy("report", "Being checked"), "waiting"),
    Stage.REFERRED: (pgettext_lazy("report", "Passed to the competent authority"), "waiting"),
    Stage.MERGED: (pgettext_lazy("report", "Being checked together with other reports"), "waiting"),
    Stage.FILED: (pgettext_lazy("report", "A case has been filed"), "good"),
    Stage.DISMISSED: (pgettext_lazy("report", "No case was filed"), "neutral"),
    Stage.CLOSED: (pgettext_lazy("report", "No case was filed"), "neutral"),
}


def standing(complaint: Complaint) -> tuple[object, str]:
    """Return how a report stands in words for who made it, and the colour."""
    return WORDS[Stage(complaint.lead.stage)]


def messages_of(complaint: Complaint) -> list[ComplaintMessage]:
    """Return the messages of a report in order."""
    return list(complaint.messages.order_by("at", "pk"))
