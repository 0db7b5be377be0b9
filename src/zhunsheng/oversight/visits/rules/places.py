"""How far from a body's sites a photograph was taken."""

import math
from collections.abc import Iterable
from decimal import Decimal

Point = tuple[Decimal, Decimal]
"""Latitude and longitude in degrees."""
EARTH_METRES = 6_371_008.8
"""Mean radius of the earth (IUGG)."""


def metres_between(one: Point, other: Point) -> float:
    """Return the great-circle distance of two places in metres."""
    (lat, lon), (lat2, lon2) = ([math.radians(part) for part in place] for place in (one, other))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_METRES * math.asin(math.sqrt(min(1.0, half)))


def metres_away(place: Point | None, sites: Iterable[Point]) -> int | None:
    """Return how far a place is from the nearest site in whole metres; None where either is unknown."""
    if place is None:
        return None
    return min((round(metres_between(place, one)) for one in sites), default=None)


def is_far(metres: int | None, accuracy: int | None, most: int) -> bool:
    """Tell whether a distance exceeds what may be, the device's own uncertainty in its favour."""
    return metres is not None and metres - (accuracy or 0) > most
