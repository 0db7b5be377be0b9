"""The laboratories of a world: their size, people, instruments, habits, and what is unusual about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from zhunsheng.demo.simulator.products import Package, Test, instruments, packages
from zhunsheng.demo.simulator.specs import WorldSpec

Random = np.random.Generator
DIVISIONS = ("440100", "440300", "440600", "441900", "440400", "441300", "442000", "440500", "440800", "445100")
SIZE_SD = 0.9
LARGEST_SHARE = 3


@dataclass(slots=True)
class Cheat:
    """What a dishonest laboratory does, from which month of the world on."""

    kind: str
    intensity: float
    onset: int


@dataclass(slots=True)
class Laboratory:
    """One laboratory. `biases` are relative, `rounding` multiplies the grid of chosen tests."""

    index: int
    slug: str
    division: str
    rate: float
    packages: tuple[Package, ...]
    weights: np.ndarray
    clients: int
    analysts: int
    signatories: int
    instruments: Mapping[str, int]
    biases: Mapping[str, float]
    rounding: Mapping[str, float]
    not_detected: bool
    timed: bool
    precision: float
    unusual: str = ""
    cheat: Cheat | None = None
    uniform_client: int = -1
    changed_in: int = -1
    report_prefix: str = field(default="")

    def biased(self, test: Test) -> float:
        """Return the laboratory's relative bias in a test."""
        return self.biases[f"{test.parameter}|{test.method}"]


def laboratories(spec: WorldSpec) -> list[Laboratory]:
    """Return the laboratories of a world; the same seed gives the same ones, and dishonest ones differ in nothing else.

    Raises: ValueError for a world without laboratories or months.
    """
    if spec.bodies < 1 or spec.months < 1:
        raise ValueError("a world has at least one laboratory and one month")
    made = [_laboratory(spec, index) for index in range(spec.bodies)]
    _make_unusual(spec, made)
    _make_dishonest(spec, made)
    return made


def random_of(spec: WorldSpec, *place: int) -> Random:
    """Return the generator of one place of a world (purpose, laboratory, ...)."""
    return np.random.default_rng(np.random.SeedSequence([spec.seed, *place]))


def _laboratory(spec: WorldSpec, index: int) -> Laboratory:
    random = random_of(spec, 1, index)
    every = packages()
    wanted = int(random.integers(1, LARGEST_SHARE + 1))
    shares = np.array([one.weight for one in every], dtype=float)
    chosen = random.choice(len(every), size=wanted, replace=False, p=shares / shares.sum())
    mine = tuple(every[one] for one in sorted(chosen))
    rate = float(spec.reports * np.exp(random.normal(-(SIZE_SD**2) / 2, SIZE_SD)))
    scale = max(1.0, rate / 40)
    tests = {f"{test.parameter}|{test.method}": test for one in mine for test in one.tests}
    return Laboratory(
        index=index,
        slug=f"23{19:02d}{mine[0].field}05{index + 1:04d}"[:12],
        division=str(random.choice(DIVISIONS)),
        rate=rate,
        packages=mine,
        weights=random.dirichlet(np.full(len(mine), 3.0)),
        clients=int(max(3, random.poisson(8 * scale**0.6))),
        analysts=int(max(2, round(3 * scale**0.7))),
        signatories=int(max(1, min(6, round(1 + scale**0.5)))),
        instruments={name: int(max(1, round(count * scale**0.8))) for name, count in instruments().items()},
        biases={key: float(random.normal(0, test.bias_sd)) for key, test in tests.items()},
        rounding={},
        not_detected=bool(random.random() < 0.5),
        timed=bool(random.random() < 0.8),
        precision=float(np.exp(random.normal(0, 0.15))),
        report_prefix=f"{chr(65 + index % 26)}{index:04d}",
    )


def _make_unusual(spec: WorldSpec, made: list[Laboratory]) -> None:
    random = random_of(spec, 2)
    for laboratory in made:
        if spec.confounders and random.random() < spec.confounder_share * len(spec.confounders) / 2:
            laboratory.unusual = str(random.choice(list(spec.confounders)))
            laboratory.changed_in = int(random.integers(spec.months // 3, max(spec.months // 3 + 1, spec.months - 2)))
        if laboratory.unusual == "uniform_client":
            laboratory.uniform_client = int(random.integers(0, laboratory.clients))
        if laboratory.unusual == "half_steps":
            fine = [test for one in laboratory.packages for test in one.tests if not test.step]
            keys = [f"{test.parameter}|{test.method}" for test in fine]
            laboratory.rounding = dict.fromkeys(keys[:: max(1, len(keys) // 2)], 5.0)


def _make_dishonest(spec: WorldSpec, made: list[Laboratory]) -> None:
    random = random_of(spec, 3)
    order = [made[one] for one in random.permutation(len(made))]
    place = 0.0
    for fraud in spec.frauds:
        first, place = round(place), place + fraud.share * len(made)
        for laboratory in order[first : round(place)]:
            onset = int(random.integers(0, max(1, spec.months // 2)))
            laboratory.cheat = Cheat(fraud.kind, fraud.intensity, onset)
            laboratory.unusual = ""
