"""Thousands of values in one condition, sent as one parameter."""

import json
from collections.abc import Collection

from django.db import connection
from django.db.models.expressions import RawSQL


def listed(values: Collection[str] | Collection[int]) -> RawSQL:
    """Return values for a condition `field__in`, all texts or all whole numbers.

    A parameter for each value costs ten times as much in Django and the driver, and SQLite takes only so many.
    """
    if connection.vendor != "postgresql":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(values))])
    kind = "text" if all(isinstance(value, str) for value in values) else "bigint"
    return RawSQL(f"SELECT unnest(%s::{kind}[])", [list(values)])  # noqa: S611 - the values are a parameter
