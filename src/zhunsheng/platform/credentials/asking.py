"""Answers put together from the register."""

from datetime import date

from zhunsheng.foundation.credentials.codes import NotACode, read_code
from zhunsheng.platform.credentials import selectors
from zhunsheng.platform.credentials.answers import Answer, State, state_of
from zhunsheng.platform.credentials.models import Credential


def by_code(code: str, today: date) -> Answer:
    """Answer for a code as somebody typed or scanned it."""
    try:
        read_code(code)
    except NotACode:
        return Answer(State.MISTYPED)
    return about(selectors.by_code(code), today, State.UNKNOWN)


def by_digest(digest: str, today: date) -> Answer:
    """Answer for the digest of a dropped file: the signed data or the PDF."""
    return about(selectors.by_digest(digest), today, State.FILE_UNKNOWN)


def about(credential: Credential | None, today: date, otherwise: State) -> Answer:
    """Answer for what was found."""
    if credential is None:
        return Answer(otherwise)
    state = state_of(credential, today)
    successor = selectors.successor_of(credential) if state is State.REPLACED else None
    return Answer(state, credential, successor)
