"""Statistics of how long matters really took: share in time, median, and the slow end, by route and step."""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Took:
    """One finished clock: route, step, working days used, working days allowed, whether it was met."""

    route: str
    step: str
    used: int
    limit: int
    met: bool


@dataclass(frozen=True, slots=True)
class Durations:
    """The finished clocks of one step on one route. Days are working days; `slow` is the 90th percentile."""

    route: str
    step: str
    count: int
    in_time: int
    median: float
    slow: float
    longest: int
    limit: int

    @property
    def share(self) -> float:
        """The share finished in time, 0 to 1."""
        return self.in_time / self.count


def durations(finished: Iterable[Took]) -> list[Durations]:
    """Return the statistics of each route and step that finished at least once, in the order of first mention."""
    groups: dict[tuple[str, str], list[Took]] = {}
    for one in finished:
        groups.setdefault((one.route, one.step), []).append(one)
    return [_summed(route, step, members) for (route, step), members in groups.items()]


def _summed(route: str, step: str, members: list[Took]) -> Durations:
    days = sorted(one.used for one in members)
    return Durations(
        route=route,
        step=step,
        count=len(members),
        in_time=sum(one.met for one in members),
        median=round(quantile(days, 0.5), 1),
        slow=round(quantile(days, 0.9), 1),
        longest=days[-1],
        limit=max(one.limit for one in members),
    )


def quantile(ordered: list[int], share: float) -> float:
    """Return a quantile of ordered numbers by linear interpolation (Hyndman and Fan 1996, type 7).

    Raises: ValueError for no numbers.
    """
    if not ordered:
        raise ValueError("a quantile needs at least one number")
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
