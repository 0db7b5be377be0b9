"""Lets a lead show the alert behind it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.leads import parts
from zhunsheng.oversight.screening.services.leading import SOURCE


def register() -> None:
    """Name the source of leads that alerts are, and the page behind a reference."""
    parts.register_source(SOURCE, title=_("Alert of screening"), link=link)


def link(reference: str) -> str | None:
    """Return the address of an alert's page."""
    return reverse("screening:alert", args=[int(reference)]) if reference.isdecimal() else None
