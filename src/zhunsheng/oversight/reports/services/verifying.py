"""Verification of a whole list for anyone, counted by address so that nobody walks through the archive."""

from datetime import datetime
from typing import Final

from zhunsheng.oversight.reports import verification
from zhunsheng.oversight.reports.answers import Answer
from zhunsheng.oversight.reports.asking import Asked, read_questions
from zhunsheng.platform.accounts import rate

LISTS_PER_MINUTE: Final = 20


def verify_list(text: str, *, address: str, at: datetime) -> list[tuple[Asked, Answer]]:
    """Return each line of a list with its answer; nothing is kept. Raises: TooManyAsked, TooOften."""
    asked = read_questions(text)
    rate.count("verify-many", address, limit=LISTS_PER_MINUTE, at=at)
    return list(zip(asked, verification.answer_many([one.question for one in asked]), strict=True))
