"""Items of the public day list: what was decided, about whom, by which document."""

from datetime import date, datetime

from django.db import transaction

from zhunsheng.admission.certificates.models import ListedDecision, ListedKind
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User


@transaction.atomic
def announce(
    *, kind: str, application_number: str, body_name: str, words: str, on: date, at: datetime, decision_no: str = "",
    body_id: int | None = None, division: str | None = None, number: str = "", by: User | None = None,
    words_en: str = "",
) -> ListedDecision:  # fmt: skip
    """Put a decision on the day list; the same matter and kind twice is one item, which keeps its first words.

    Args:
        kind: one of ListedKind; refused and not_accepted name an application, measures a decision.
        words, words_en: what was decided, for everybody, in Chinese and in English: no person's name and no business
            secret belongs there.
    Raises: ValueError for an unknown kind.
    """
    wanted = ListedKind(kind)
    held = ListedDecision.objects.filter(
        kind=wanted, application_number=application_number, decision_no=decision_no
    ).first()
    if held is not None:
        return held
    made = ListedDecision(
        on=on, kind=wanted, body_id=body_id, body_name=body_name[:200], division_id=division, number=number,
        application_number=application_number, decision_no=decision_no, words=words[:500], words_en=words_en[:500],
        announced_at=at,
    )  # fmt: skip
    made._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
    with recorded(by, words[:100] or wanted.value):
        made.save()
    return made
