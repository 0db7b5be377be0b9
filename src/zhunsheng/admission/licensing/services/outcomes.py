"""What became of lines of an application, many at once, each with its history."""

from django.db.models import QuerySet

from zhunsheng.admission.licensing.lifecycle import LineOutcome
from zhunsheng.admission.licensing.models import ApplicationLine
from zhunsheng.platform.accounts.history import recorded, update_recorded
from zhunsheng.platform.accounts.models import User


def settle_lines(
    lines: QuerySet[ApplicationLine], outcome: LineOutcome, *, by: User | None, why: str, reason: str | None = None
) -> int:
    """Give lines their outcome in the caller's transaction and return how many they were.

    Args:
        why: for the history. reason: what the applicant reads beside each line; the former one stays where it is None.
    """
    settled = list(lines.order_by("number"))
    for one in settled:
        one.outcome = outcome
        if reason is not None:
            one.reason = reason[:500]
    with recorded(by, why):
        return update_recorded(ApplicationLine, settled, ["outcome", "reason"])
