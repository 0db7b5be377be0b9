"""How a body stands, as a query and as words with their meaning on the screen."""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from zhunsheng.registry.bodies.models import Accreditation, Body
from zhunsheng.registry.bodies.rules.standing import BEST_FIRST

WORDS: dict[str, Any] = {
    "active": _("Certificate valid"),
    "suspended": _("Certificate suspended"),
    "cancelled": _("Certificate cancelled"),
    "revoked": _("Certificate revoked"),
    "expired": _("Certificate expired"),
    "not_yet": _("Certificate not valid yet"),
    "none": _("No certificate in this register"),
}
MEANINGS = {
    "active": "good", "suspended": "attention", "cancelled": "bad", "revoked": "bad", "expired": "bad",
    "not_yet": "waiting", "none": "neutral",
}  # fmt: skip


def with_standing(bodies: QuerySet[Body], on: date) -> QuerySet[Body]:
    """Annotate each body with `standing` on a day: the best of its certificates, by the rules of rules.standing."""
    certificates = Accreditation.objects.filter(body_id=OuterRef("pk"))
    begun = certificates.filter(valid_from__lte=on)
    ended = Q(status__in=["suspended", "cancelled", "revoked"], status_on__lte=on)
    over = Q(valid_to__lt=on) | Q(status="expired", status_on__lte=on)
    when = {
        "active": begun.exclude(ended).exclude(over),
        "suspended": begun.filter(ended, status="suspended"),
        "cancelled": begun.filter(ended, status="cancelled"),
        "revoked": begun.filter(ended, status="revoked"),
        "expired": begun.filter(over),
        "not_yet": certificates.filter(valid_from__gt=on),
    }
    cases = [When(Exists(when[name]), then=Value(name)) for name in BEST_FIRST]
    return bodies.annotate(standing=Case(*cases, default=Value("none"), output_field=CharField()))
