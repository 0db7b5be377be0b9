"""Numbers that people read: prefix, year and serial, each given once however many ask at the same moment."""

from datetime import date

from django.db import connection
from django.db.models import Max, Model
from django.db.transaction import TransactionManagementError

from zhunsheng.platform.database.locks import exclusive


def next_number(model: type[Model], prefix: str, on: date) -> str:
    """Return the number of the row that is about to be saved, for example XS-2026-000042.

    The serial is one more than the newest row's key; it doesn't begin anew with the year. Who asks next waits until
    this transaction ends, and then sees its row: PostgreSQL holds the lock to the end, SQLite has one writer anyway.

    Args:
        model: whose rows are counted; its key is a whole number.
    Raises: TransactionManagementError outside a transaction, where nothing would hold the number until it is saved.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("a number is taken in the transaction that saves it")
    with exclusive(f"{model._meta.label_lower}-numbers"):
        newest = model._default_manager.aggregate(newest=Max("pk"))["newest"] or 0
    return f"{prefix}-{on.year}-{newest + 1:06d}"
