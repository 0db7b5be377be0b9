"""Lets whoever verified a report tell the authority about it, with body and number already filled in."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.reports import follow_ups
from zhunsheng.oversight.reports.answers import Answer
from zhunsheng.oversight.reports.follow_ups import FollowUp


def report_link(answer: Answer) -> FollowUp:
    """Return the way to the form for the public, with what the answer itself shows."""
    known = {"body": answer.body_slug, "number": answer.number}
    given = urlencode({name: value for name, value in known.items() if value})
    return FollowUp(reverse("leads:report") + (f"?{given}" if given else ""), _("Report something"))


def register() -> None:
    """Add the link to every answer about a report."""
    follow_ups.register(report_link)
