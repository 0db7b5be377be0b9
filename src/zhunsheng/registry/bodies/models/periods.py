"""The constraint that every dated fact shares."""

from django.db.models import CheckConstraint, F, Q


def ends_after_it_begins(name: str) -> CheckConstraint:
    """Return the constraint that a period's last day isn't before its first."""
    return CheckConstraint(
        condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
        name=f"{name}_ends_after_it_begins",
    )
