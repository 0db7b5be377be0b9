"""Kinds of quantity: what a parameter measures, and which units can therefore stand behind its values."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from zhunsheng.foundation.lawbook import read_yaml
from zhunsheng.foundation.quantities.units import normalise_unit, same_kind

_DATA = Path(__file__).parent / "data" / "kinds.yaml"
_NOISE = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class QuantityKind:
    """A kind of quantity; values of it convert to one of `units`, of which the first is the usual one."""

    key: str
    zh: str
    en: str
    units: tuple[str, ...]

    def fits(self, unit: str) -> bool:
        """Tell whether values in a unit can be of this kind: by dimension, or as one of its own opaque units."""
        return any(same_kind(unit, own) for own in self.units)

    @property
    def example(self) -> str:
        """The usual unit, as shown in a refusal."""
        return normalise_unit(self.units[0])


@cache
def quantity_kinds() -> dict[str, QuantityKind]:
    """Return every kind by its key."""
    return {
        key: QuantityKind(key, row["zh"], row["en"], tuple(row["units"]))
        for key, row in read_yaml(_DATA)["kinds"].items()
    }


@cache
def _names() -> dict[str, QuantityKind]:
    kinds = quantity_kinds().values()
    return {_plain(name): kind for kind in kinds for name in (kind.key, kind.zh, kind.en)}


def _plain(text: str) -> str:
    return _NOISE.sub("", text).lower()


@lru_cache(maxsize=1024)
def read_kind(text: str) -> QuantityKind | None:
    """Return the kind that a key or a Chinese or English name means, or None."""
    return _names().get(_plain(text))
