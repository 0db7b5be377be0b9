"""What simulated laboratories test: packages of tests, from data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from zhunsheng.foundation.identifiers import parse_standard
from zhunsheng.foundation.lawbook import read_yaml

_FILE = Path(__file__).parents[1] / "data" / "simulator" / "products.yaml"
Shape = Literal["log", "additive", "count"]


@dataclass(frozen=True, slots=True)
class Test:
    """One test: how its values spread, how they are written, what it needs. Spreads as the data file says."""

    parameter: str
    method: str
    unit: str
    median: float
    instrument: str
    minutes: float
    capacity: int
    shape: Shape = "log"
    product_sd: float = 0.0
    client_sd: float = 0.0
    sample_sd: float = 0.0
    factor: float = 0.0
    bias_sd: float = 0.0
    repeat_a: float = 0.0
    repeat_b: float = 0.0
    decimals: int = 1
    step: float = 0.0
    loq: float = 0.0
    limit_min: float | None = None
    limit_max: float | None = None

    @property
    def grid(self) -> float:
        """The step to which values are rounded."""
        return self.step or 10.0**-self.decimals

    @property
    def base(self) -> tuple[str, int | None]:
        """The method's number without year, and its year."""
        found = parse_standard(self.method)
        return found.base_code, found.year


@dataclass(frozen=True, slots=True)
class Package:
    """What one report of this kind tests."""

    code: str
    object: str
    field: str
    weight: float
    tests: tuple[Test, ...]


@cache
def packages() -> tuple[Package, ...]:
    """Return all packages."""
    held: Any = read_yaml(_FILE)
    return tuple(
        Package(one["code"], one["object"], one["field"], one["weight"], tuple(Test(**test) for test in one["tests"]))
        for one in held["packages"]
    )


@cache
def instruments() -> Mapping[str, int]:
    """Return how many instruments of each type a laboratory of middling size has."""
    return dict(read_yaml(_FILE)["instruments"])
