"""What a world is made of: how large, how many are dishonest, in which ways, and what else is unusual."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

FRAUDS: Final = (
    "exact_copy",
    "copy_jitter",
    "client_template",
    "typed",
    "nudge",
    "dry_lab",
    "backdated",
    "signatory_lending",
)
"""Ways to make results up."""

INTENSITIES: Final = (0.002, 0.01, 0.05, 0.2)
"""Shares of a dishonest laboratory's reports that are made up."""

CONFOUNDERS: Final = (
    "uniform_client",
    "prescreened",
    "unit_change",
    "new_instrument",
    "duplicates",
    "lims_migration",
    "night_shift",
    "burst_entry",
    "half_steps",
)
"""What is unusual and honest."""


@dataclass(frozen=True, slots=True)
class FraudSpec:
    """One way of cheating: its kind, the share of reports made up, the share of laboratories that do it."""

    kind: str
    intensity: float
    share: float


class SpecError(ValueError):
    """A fraud or confounder that is not understood."""


def read_fraud(text: str) -> tuple[FraudSpec, ...]:
    """Return the frauds of a text like "exact_copy:0.05:0.01,nudge:0.2:0.005"; "all:0.03" spreads a share over all.

    Raises: SpecError.
    """
    found: list[FraudSpec] = []
    for part in filter(None, text.split(",")):
        pieces = part.split(":")
        try:
            numbers = [float(piece) for piece in pieces[1:]]
        except ValueError:
            raise SpecError(f"{part!r}: intensity and share are numbers") from None
        if pieces[0] == "all" and len(numbers) == 1:
            cells = [(kind, intensity) for kind in FRAUDS for intensity in INTENSITIES]
            found += [FraudSpec(kind, intensity, numbers[0] / len(cells)) for kind, intensity in cells]
        elif pieces[0] in FRAUDS and len(numbers) == 2 and all(0 <= one <= 1 for one in numbers):
            found.append(FraudSpec(pieces[0], numbers[0], numbers[1]))
        else:
            raise SpecError(f"{part!r}: write kind:intensity:share, a kind of {', '.join(FRAUDS)}")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class WorldSpec:
    """One world. `reports` is the mean number of reports of a laboratory in a month; sizes differ widely."""

    bodies: int
    months: int
    reports: float
    seed: int
    first: date = date(2023, 11, 1)
    frauds: Sequence[FraudSpec] = ()
    confounders: Sequence[str] = field(default=CONFOUNDERS)
    confounder_share: float = 0.04
