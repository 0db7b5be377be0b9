"""Values in one unit for each kind of quantity, so that laboratories that report in other units compare."""

from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from zhunsheng.foundation.lawbook import read_yaml
from zhunsheng.foundation.quantities import convert, normalise_unit, same_kind

_UNITS = Path(__file__).parent / "data" / "units.yaml"


class Scale(NamedTuple):
    """How numbers in a stated unit become numbers in the canonical one: times `factor`, plus `offset`."""

    unit: str
    factor: float
    offset: float


@cache
def canonical_units() -> tuple[str, ...]:
    """Return the canonical units, in the order in which they are tried."""
    return tuple(read_yaml(_UNITS)["units"])


@lru_cache(maxsize=4096)
def scale_of(unit: str) -> Scale:
    """Return the scale of a unit as it was stated; an empty or unknown one stays as it is."""
    plain = normalise_unit(unit) if unit else ""
    for one in canonical_units() if plain else ():
        if same_kind(plain, one):
            zero, ten = convert(Decimal(0), plain, one), convert(Decimal(10), plain, one)
            return Scale(one, float((ten - zero) / 10), float(zero))
    return Scale(plain, 1.0, 0.0)
