"""What this room adds to rooms below: a card on a body's page, and the credentials of a certificate for open data."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.certificates import selectors
from zhunsheng.platform.credentials import kinds
from zhunsheng.platform.credentials import selectors as held_credentials
from zhunsheng.registry.bodies import panels
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.panels import Panel
from zhunsheng.registry.opendata import credentials
from zhunsheng.registry.opendata.credentials import CredentialFacts


def certificate_panel(request: HttpRequest, body: Body, _on: date) -> Panel | None:
    """Return the card with a body's electronic certificate; None where this room has issued none.

    It is of the present: a page that answers as the register knew it once doesn't show it.
    """
    if request.GET.get("known"):
        return None
    current = selectors.current_of(body)
    if current is None:
        return None
    return Panel(_("Electronic certificate"), "certificates/_body_panel.html", {"current": current})


def credentials_of(number: str, on: date) -> list[CredentialFacts]:
    """Return the certificate and the schedule that stood for a certificate number on a day."""
    version = selectors.version_on(number, on)
    if version is None:
        return []
    return [
        CredentialFacts(
            kind=kind,
            code=code,
            version=version.version,
            status=_status(code),
            valid_from=version.valid_from,
            href=reverse("credentials_public:answer", args=[code]),
            data=reverse("credentials_public:data", args=[code]),
        )
        for kind, code in (("certificate", version.code), ("schedule", version.schedule_code))
    ]


def _status(code: str) -> str:
    one = held_credentials.by_code(code)
    return str(one.status) if one is not None else ""


def page_of(subject: Mapping[str, Any]) -> str:
    """Return the certificate's page, to which the look-up pages of its documents lead; empty without a number."""
    number = str(subject.get("certificateNumber") or "")
    return reverse("certificates:certificate", args=[number]) if number else ""


def register() -> None:
    """Add both, and say what the kinds of credentials are called and what their pages show."""
    shared = {"issuingAuthority": _("Issuing authority"), "version": _("Version")}
    of_certificate = {**shared, "address": _("Address"), "scope": _("What is approved")}
    of_schedule = {**shared, "lineCount": _("Lines of the schedule")}
    of_people = {**shared, "certificateNumber": _("Certificate number")}
    for name, title, fields in (
        ("cma_certificate", _("Certificate of accreditation (CMA)"), of_certificate),
        ("cma_schedule", _("Capability schedule of a certificate"), of_schedule),
        ("cma_signatories", _("Authorised signatories of a certificate"), of_people),
    ):
        kinds.register(kinds.Kind(name, title, fields, page_of, selectors.reasons_told))
    panels.register(certificate_panel, order=40)
    credentials.register(credentials_of)
