"""Measured values as published, their units, and whether they meet a limit."""

from zhunsheng.foundation.quantities.comparison import RULES, Verdict, compare
from zhunsheng.foundation.quantities.kinds import QuantityKind, quantity_kinds, read_kind
from zhunsheng.foundation.quantities.units import (
    UnitMismatch,
    convert,
    convert_measured,
    knows_unit,
    normalise_unit,
    same_kind,
)
from zhunsheng.foundation.quantities.values import Kind, Measured, read_packed, read_value

__all__ = [
    "RULES",
    "Kind",
    "Measured",
    "QuantityKind",
    "UnitMismatch",
    "Verdict",
    "compare",
    "convert",
    "convert_measured",
    "knows_unit",
    "normalise_unit",
    "quantity_kinds",
    "read_kind",
    "read_packed",
    "read_value",
    "same_kind",
]
