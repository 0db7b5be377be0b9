"""Verification by number and of whole lists, counted by address so that nobody walks through the archive."""

from datetime import datetime
from typing import Final

from zhunsheng.oversight.reports import verification
from zhunsheng.oversight.reports.answers import Answer
from zhunsheng.oversight.reports.asking import Asked, read_questions
from zhunsheng.platform.accounts import rate

LISTS_PER_MINUTE: Final = 20
NUMBERS_PER_MINUTE: Final = 60
"""A room full of visitors may share one address; whoever tries numbers by machine is slowed down."""


def verify_list(text: str, *, address: str, at: datetime) -> list[tuple[Asked, Answer]]:
    """Return each line of a list with its answer; nothing is kept. Raises: TooManyAsked, TooOften."""
    asked = read_questions(text)
    rate.count("verify-many", address, limit=LISTS_PER_MINUTE, at=at)
    return list(zip(asked, verification.answer_many([one.question for one in asked]), strict=True))


def verify_number(number: str, code: str, *, body: str, address: str, at: datetime) -> Answer:
    """Return the answer for what is printed on paper. Raises: TooOften.

    Numbers are easy to guess and codes are not, so only answers by number are counted.
    """
    rate.count("verify-number", address, limit=NUMBERS_PER_MINUTE, at=at)
    return verification.by_number(number, code, body=body)
