"""The tables behind the demo province: standards, methods and names, read from `data/`."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"

FIELDS = {
    "00": ("食品", "Food", "food"),
    "02": ("建筑材料", "Building materials", "building"),
    "05": ("机动车", "Vehicles", "vehicle"),
    "10": ("轻工产品", "Light industry", "toys"),
    "11": ("纺织", "Textiles", "textile"),
    "12": ("生态环境", "Environment", "environment"),
    "13": ("水", "Water", "water"),
}
"""Field codes of CMA numbers (law.md 1.5) that the demo province has laboratories for."""


@dataclass(frozen=True)
class Method:
    """One way to test one parameter of one object, with what an ordinary sample would show.

    `typical` is the median of genuine values in `unit`, `spread` the standard deviation of their logarithm,
    `minutes` the time one determination takes at the instrument.
    """

    field: str
    object: str
    code: str
    name: str
    name_en: str
    cas: str
    method: str
    unit: str
    loq: float | None
    typical: float
    spread: float
    decimals: int
    minutes: int
    instrument: str
    product_standard: str
    minimum: str
    maximum: str

    @property
    def attended(self) -> bool:
        """Whether somebody stands by for the whole determination."""
        return self.minutes <= 150


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one table of the demo province."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def methods() -> tuple[Method, ...]:
    """Return every method of the demo province."""
    return tuple(
        Method(
            field=row["field"],
            object=row["object"],
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            cas=row["cas"],
            method=row["method"],
            unit=row["unit"],
            loq=float(row["loq"]) if row["loq"] else None,
            typical=float(row["typical"]),
            spread=float(row["spread"]),
            decimals=int(row["decimals"]),
            minutes=int(row["minutes"]),
            instrument=row["instrument"],
            product_standard=row["product_standard"],
            minimum=row["minimum"],
            maximum=row["maximum"],
        )
        for row in rows("methods.csv")
    )


@cache
def objects() -> dict[str, str]:
    """Return the Chinese name of every test object by its code."""
    return {row["code"]: row["name"] for row in rows("objects.csv")}
