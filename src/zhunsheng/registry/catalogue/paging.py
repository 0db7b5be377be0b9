"""Cursor paging for the JSON API: a page is found by the last key of the page before, never by counting."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from zhunsheng.foundation.errors import DomainError

Row = TypeVar("Row", bound=Model)
MOST = 200
PER_PAGE = 50


class BadCursor(DomainError):
    """The cursor isn't one that this list gave."""

    code = "bad-cursor"

    def __init__(self) -> None:
        super().__init__("This cursor isn't one of this list.", field="after", remedy="Begin again without “after”.")


def page(found: QuerySet[Row], *, key: str, after: str, limit: int) -> tuple[Sequence[Row], str | None]:
    """Return one page in the order of a unique column, and the cursor of the next page or None.

    Args:
        after: the cursor of the page before, "" for the first page; limit: 1…MOST rows.
    Raises: BadCursor.
    """
    size = min(max(limit, 1), MOST)
    if after:
        found = found.filter(Q(**{f"{key}__gt": _key_after(after, found.model, key)}))
    rows = list(found.order_by(key)[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return rows, _sealed(str(_value(rows[-1], key))) if more else None


def _value(row: Model, key: str) -> Any:
    return getattr(row, key)


def _sealed(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def _key_after(cursor: str, model: type[Model], key: str) -> Any:
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
        field: Any = model._meta.pk if key == "pk" else model._meta.get_field(key)
        value = field.to_python(text)
    except (binascii.Error, ValueError, ValidationError):
        raise BadCursor from None
    if "\0" in text:  # PostgreSQL holds none
        raise BadCursor
    return value
