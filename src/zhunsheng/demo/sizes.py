"""How large the demo province may be."""

from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """Names of the sizes."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True)
class Extent:
    """How many laboratories and how many of their reports."""

    bodies: int
    reports: int


def sizes() -> dict[Size, Extent]:
    """Return what each size holds; large is about the number of bodies of Guangdong (law.md 9)."""
    return {Size.SMALL: Extent(60, 3_000), Size.MEDIUM: Extent(600, 60_000), Size.LARGE: Extent(4_000, 300_000)}
