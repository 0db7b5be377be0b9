"""Adds up evidence in the way of Fellegi and Sunter: each level of each feature has a weight in bits (log2 of odds).

Source: I. P. Fellegi, A. B. Sunter, A Theory for Record Linkage, JASA 64 (1969). The weights are data with a version
(`data/weights.yaml`), fitted on the generated development set by `python -m benchmarks.matching fit`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from zhunsheng.registry.matching.rules.comparing import LEVELS, VETOES
from zhunsheng.registry.matching.rules.vocabulary import DATA

VETO_BITS = -40.0


@dataclass(frozen=True, slots=True)
class Weights:
    """Bits by feature and level, and the thresholds, of which neither links anything.

    From `suggest` on a candidate is shown; from `likely` on, with `margin` bits before the next, it is marked.
    """

    version: str
    start: float
    bits: Mapping[str, Mapping[str, float]]
    suggest: float
    likely: float
    margin: float


@dataclass(frozen=True, slots=True)
class Score:
    """The sum in bits, and its parts (feature, level, bits), the strongest first. A veto names its feature."""

    bits: float
    parts: tuple[tuple[str, str, float], ...]
    veto: str = ""

    @property
    def chance(self) -> float:
        """The odds of `bits` as a probability between 0 and 1."""
        return float(1.0 / (1.0 + 2.0 ** min(-self.bits, 60.0)))


@cache
def weights() -> Weights:
    """Return the weights of `data/weights.yaml`. Raises: ValueError when a level has no weight."""
    return read_weights(yaml.safe_load((DATA / "weights.yaml").read_text(encoding="utf-8")))


def read_weights(read: Mapping[str, Any]) -> Weights:
    """Return weights from plain data. Raises: ValueError when a level has no weight."""
    for feature, levels in LEVELS.items():
        missing = set(levels) - set(read["bits"].get(feature, {}))
        if missing:
            raise ValueError(f"no weight for {feature}: {', '.join(sorted(missing))}")
    thresholds = read["thresholds"]
    return Weights(
        str(read["version"]), float(read["start"]), read["bits"], thresholds["suggest"], thresholds["likely"],
        thresholds["margin"],
    )  # fmt: skip


def weigh(levels: Mapping[str, str], by: Weights) -> Score:
    """Return the score of some levels."""
    parts = [(feature, level, by.bits[feature][level]) for feature, level in levels.items()]
    veto = next((feature for feature, level in VETOES.items() if levels[feature] == level), "")
    total = by.start + sum(bits for _feature, _level, bits in parts)
    parts.sort(key=lambda part: -abs(part[2]))
    return Score(VETO_BITS if veto else total, tuple(parts), veto)
