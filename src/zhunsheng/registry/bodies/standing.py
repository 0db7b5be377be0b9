"""How a body stands, as a query and as words with their meaning on the screen."""

from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from zhunsheng.registry.bodies.models import Accreditation, AccreditationPeriod, Body, BodyKey, SealCertificate
from zhunsheng.registry.bodies.rules.standing import BEST_FIRST, GRAVEST_FIRST

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
    revoked, cancelled, suspended = (_in_state(on, one) for one in GRAVEST_FIRST)
    over = Q(valid_to__lt=on) | (_in_state(on, "expired") & ~_in_state(on, "active"))
    when = {
        "active": begun.exclude(revoked | cancelled | suspended).exclude(over),
        "suspended": begun.filter(suspended).exclude(revoked | cancelled),
        "cancelled": begun.filter(cancelled).exclude(revoked),
        "revoked": begun.filter(revoked),
        "expired": begun.filter(over),
        "not_yet": certificates.filter(valid_from__gt=on),
    }
    cases = [When(Exists(when[name]), then=Value(name)) for name in BEST_FIRST]
    return bodies.annotate(standing=Case(*cases, default=Value("none"), output_field=CharField()))


def _in_state(on: date, state: str) -> Q:
    periods = AccreditationPeriod.objects.filter(accreditation_id=OuterRef("pk"), state=state, valid_from__lte=on)
    return Q(Exists(periods.filter(Q(valid_to=None) | Q(valid_to__gte=on))))


def standing_of(held: BodyKey | SealCertificate, now: datetime, revoked: str) -> dict[str, Any]:
    """Return how a signing key or a seal stands: its meaning and words, and whether it may still be revoked.

    Args:
        revoked: the words for one that was revoked.
    """
    if held.revoked_at is not None:
        return {"meaning": "bad", "words": revoked, "open": False}
    if held.valid_to is not None and held.valid_to <= now:
        return {"meaning": "neutral", "words": _("Expired"), "open": False}
    if held.valid_from > now:
        return {"meaning": "waiting", "words": _("Not valid yet"), "open": True}
    return {"meaning": "good", "words": _("Valid"), "open": True}
