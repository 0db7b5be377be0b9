"""What honest laboratories measure: product, client, sample, bias, drift, day, repeatability; then rounding."""

import numpy as np

from zhunsheng.demo.simulator.calendar import Calendar
from zhunsheng.demo.simulator.drafts import Draft, Floats
from zhunsheng.demo.simulator.laboratories import Laboratory, Random
from zhunsheng.demo.simulator.products import Test

UNIFORM = 0.12
DAY_SHARE = 0.5
DRIFT_SD, RECALIBRATED_DAYS = 0.4, 180
DUPLICATES = 0.08
BETTER = 0.7


def measure(draft: Draft, laboratory: Laboratory, calendar: Calendar, random: Random) -> None:
    """Fill in the values of a draft's reports, rounded as the laboratory rounds."""
    factor = random.normal(size=draft.count)
    if laboratory.unusual == "duplicates":
        _repeat_samples(draft, factor, random)
    for place, test in enumerate(draft.package.tests):
        truth = _truth(draft, test, laboratory, factor, random)
        seen = _measured(truth, draft, test, laboratory, calendar, random)
        if laboratory.unusual == "prescreened":
            seen = _passing(seen, test, random)
        draft.values[:, place] = seen
    draft.rounded[:] = rounded(draft.values, draft, laboratory)


def rounded(values: Floats, draft: Draft, laboratory: Laboratory) -> Floats:
    """Return values on the grid of each test, as this laboratory rounds; what can't be negative isn't."""
    grid = np.array(
        [test.grid * laboratory.rounding.get(f"{test.parameter}|{test.method}", 1.0) for test in draft.package.tests]
    )
    return np.asarray(np.maximum(np.rint(values / grid) * grid, 0.0))


def _repeat_samples(draft: Draft, factor: Floats, random: Random) -> None:
    """Let some reports be of the sample before them, tested again: duplicates by design."""
    again = np.flatnonzero(random.random(draft.count) < DUPLICATES)
    again = again[again > 0]
    for column in (draft.client, draft.sample, factor):
        column[again] = column[again - 1]


def _truth(draft: Draft, test: Test, laboratory: Laboratory, factor: Floats, random: Random) -> Floats:
    clients = random.normal(size=laboratory.clients)[draft.client]
    own = random.normal(size=draft.count)[_first_of(draft.sample)]
    mixed = test.factor * factor + np.sqrt(1 - test.factor**2) * own
    spread = np.where(draft.client == laboratory.uniform_client, UNIFORM, 1.0) * test.sample_sd
    if test.shape == "additive":
        return np.asarray(test.median + 0.5 * test.sample_sd * clients + spread * mixed)
    products = random.normal(size=laboratory.clients)[draft.client]
    log = np.log(test.median) + test.product_sd * products + test.client_sd * clients + spread * mixed
    return np.asarray(np.exp(log))


def _first_of(sample: np.ndarray) -> np.ndarray:
    """Return for each report the first report of its sample."""
    _unique, first, inverse = np.unique(sample, return_index=True, return_inverse=True)
    return np.asarray(first[inverse])


def _measured(
    truth: Floats, draft: Draft, test: Test, laboratory: Laboratory, calendar: Calendar, random: Random
) -> Floats:
    if test.shape == "count":
        return np.asarray(random.poisson(np.minimum(truth, 1e7)), dtype=float)
    sd = np.sqrt(test.repeat_a**2 + (test.repeat_b * truth) ** 2) * laboratory.precision
    day = random.normal(size=calendar.length)[draft.received]
    level = np.abs(truth) if test.shape == "log" else test.median
    bias = np.full(draft.count, laboratory.biased(test)) + _drift(draft, test, random)
    if laboratory.unusual == "new_instrument":
        later = calendar.month[draft.received] >= laboratory.changed_in
        bias = np.where(later, random.normal(0, test.bias_sd or 0.001), bias)
        sd = np.where(later, sd * BETTER, sd)
    return np.asarray(truth + bias * level + DAY_SHARE * sd * day + sd * random.normal(size=draft.count))


def _drift(draft: Draft, test: Test, random: Random) -> Floats:
    """Return a bias that grows until the instrument is calibrated again."""
    slope = random.normal(0, DRIFT_SD * test.bias_sd)
    phase = int(random.integers(0, RECALIBRATED_DAYS))
    return np.asarray(slope * ((draft.received + phase) % RECALIBRATED_DAYS) / RECALIBRATED_DAYS)


def _passing(values: Floats, test: Test, random: Random) -> Floats:
    """Return values as they are when the client sends only what passed a check of its own."""
    ok = np.ones(len(values), dtype=bool)
    if test.limit_max is not None:
        ok &= values <= test.limit_max
    if test.limit_min is not None:
        ok &= values >= test.limit_min
    failing = ~ok & (random.random(len(values)) < 0.97)
    if not ok.any() or not failing.any():
        return values
    out = values.copy()
    out[failing] = random.choice(values[ok], size=int(failing.sum()))
    return out
