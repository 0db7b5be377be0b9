"""Why a text was taken for an entry of the catalogue, as codes; `wording` says them to people."""

from dataclasses import dataclass
from typing import NamedTuple


class Reason(NamedTuple):
    """One reason and the one fact that its sentence needs (a name, a number, a similarity), if any."""

    code: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What a text means: an id of the catalogue or None, how sure that is, why, and what else it might be.

    `confidence` is the estimated probability, 0 to 1, that `target` is right; without a target it is 0.
    """

    target: int | None
    confidence: float
    reasons: tuple[Reason, ...]
    candidates: tuple[tuple[int, float], ...] = ()


UNKNOWN = Match(None, 0.0, (Reason("unknown"),))
