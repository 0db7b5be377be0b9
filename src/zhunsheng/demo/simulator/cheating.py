"""How dishonest laboratories make results up. Each kind changes a share of the reports from its onset on."""

from collections.abc import Callable
from typing import Final

import numpy as np

from zhunsheng.demo.simulator.calendar import DAY_ENDS, DAY_STARTS, Calendar
from zhunsheng.demo.simulator.drafts import Draft, Ints
from zhunsheng.demo.simulator.laboratories import Laboratory, Random
from zhunsheng.demo.simulator.results import rounded
from zhunsheng.demo.simulator.timing import HOURS

HUMAN_DIGITS: Final = np.array([0.05, 0.09, 0.11, 0.13, 0.10, 0.08, 0.12, 0.14, 0.11, 0.07])
LOOK_BACK: Final = 400
JITTER: Final = (0.005, 0.03)
TYPED_SPREAD: Final = 0.35
NUDGED_OFTEN: Final = 20.0
Cheater = Callable[[Draft, Ints, Laboratory, Random], None]


def cheat(draft: Draft, laboratory: Laboratory, calendar: Calendar, random: Random) -> None:
    """Make up the share of a draft's reports that this laboratory makes up, and mark them."""
    if laboratory.cheat is None or not draft.count:
        return
    kind, intensity = laboratory.cheat.kind, laboratory.cheat.intensity
    after = calendar.month[draft.received] >= laboratory.cheat.onset
    share = min(1.0, intensity * NUDGED_OFTEN) if kind == "nudge" else intensity
    chosen = np.flatnonzero(after & (random.random(draft.count) < share))
    if chosen.size:
        _KINDS[kind](draft, chosen, laboratory, random)


def _mark(draft: Draft, chosen: Ints) -> None:
    draft.made_up[chosen] = True


def _sources(chosen: Ints, random: Random) -> tuple[Ints, Ints]:
    """Return which reports can be copied from earlier ones, and from which."""
    chosen = chosen[chosen > 0]
    back = 1 + np.floor(random.random(chosen.size) * np.minimum(chosen, LOOK_BACK)).astype(np.int64)
    return chosen, chosen - np.minimum(back, chosen)


def _exact_copy(draft: Draft, chosen: Ints, laboratory: Laboratory, random: Random) -> None:
    copied, source = _sources(chosen, random)
    draft.rounded[copied] = draft.rounded[source]
    _mark(draft, copied)


def _copy_jitter(draft: Draft, chosen: Ints, laboratory: Laboratory, random: Random) -> None:
    copied, source = _sources(chosen, random)
    size = (copied.size, draft.values.shape[1])
    jitter = random.uniform(*JITTER, size=size) * random.choice([-1.0, 1.0], size=size)
    draft.values[copied] = draft.rounded[source] * (1 + jitter)
    draft.rounded[copied] = rounded(draft.values[copied], draft, laboratory)
    _mark(draft, copied)


def _client_template(draft: Draft, chosen: Ints, laboratory: Laboratory, random: Random) -> None:
    grid = np.array([test.grid for test in draft.package.tests])
    for client in np.unique(draft.client[chosen]):
        mine = chosen[draft.client[chosen] == client]
        first = int(np.flatnonzero(draft.client == client)[0])
        mine = mine[mine != first]
        steps = random.choice([-1.0, 0.0, 0.0, 1.0], size=(mine.size, grid.size))
        draft.rounded[mine] = np.maximum(draft.rounded[first] + steps * grid, 0.0)
        _mark(draft, mine)


def _typed(draft: Draft, chosen: Ints, laboratory: Laboratory, random: Random) -> None:
    """Type values near what one is used to, with favourite last digits and without repeating the last one."""
    for place, test in enumerate(draft.package.tests):
        usual, spread = np.median(draft.values[:, place]), np.std(draft.values[:, place])
        value = usual + TYPED_SPREAD * spread * random.normal(size=chosen.size)
        whole = np.floor(np.maximum(value, 0) / test.grid / 10) * 10
        digit = random.choice(10, size=chosen.size, p=HUMAN_DIGITS / HUMAN_DIGITS.sum())
        same = np.flatnonzero(np.diff(digit, prepend=-1) == 0)
        digit[same] = (digit[same] + 3) % 10
        draft.rounded[chosen, place] = (whole + digit) * test.grid
    _mark(draft, chosen)


def _nudge(draft: Draft, chosen: Ints, laboratory: Laboratory, random: Random) -> None:
    """Pull failing values to just inside the limit."""
    for place, test in enumerate(draft.package.tests):
        value = draft.rounded[chosen, place]
        inside = np.floor(random.exponential(2.0, size=chosen.size)) * test.grid
        if test.limit_max is not None:
            over = value > test.limit_max
            draft.rounded[chosen[over], place] = np.maximum(test.limit_max - inside[over], 0)
            _mark(draft, chosen[over])
        if test.limit_min is not None:
            under = value < test.limit_min
            draft.rounded[chosen[under], place] = test.limit_min + inside[under]
            _mark(draft, chosen[under])


def _dry_lab(draft: Draft, chosen: Ints, laboratory: Laboratory, random: Random) -> None:
    """Write results without testing: times without regard to instruments, values like the usual ones."""
    usual = draft.values[random.integers(0, draft.count, size=chosen.size)]
    draft.values[chosen] = usual * np.exp(0.05 * random.normal(size=usual.shape))
    draft.rounded[chosen] = rounded(draft.values[chosen], draft, laboratory)
    if laboratory.timed:
        minutes = np.array([test.minutes for test in draft.package.tests])
        day = np.floor(draft.start[chosen] / HOURS) * HOURS
        start = day + np.round(random.uniform(DAY_STARTS, DAY_ENDS - 1, size=day.shape), 2)
        draft.start[chosen] = start
        draft.finish[chosen] = start + minutes / 60 * random.uniform(0.15, 0.6, size=day.shape)
    _mark(draft, chosen)


def _backdated(draft: Draft, chosen: Ints, laboratory: Laboratory, random: Random) -> None:
    """Date a whole report days before it was made; when it came in can't be changed."""
    back = random.integers(5, 25, size=chosen.size)
    back = np.minimum(back, draft.received[chosen])
    draft.received[chosen] -= back
    draft.issued[chosen] -= back
    draft.start[chosen] -= back[:, None] * HOURS
    draft.finish[chosen] -= back[:, None] * HOURS
    _mark(draft, chosen)


def _signatory_lending(draft: Draft, chosen: Ints, laboratory: Laboratory, random: Random) -> None:
    """Let one name stand under everything, at any time."""
    draft.signatory[chosen] = 0
    away = chosen[random.random(chosen.size) < 0.3]
    draft.issued[away] = draft.issued[away] + random.integers(0, 3, size=away.size)
    _mark(draft, chosen)


_KINDS: Final[dict[str, Cheater]] = {
    "exact_copy": _exact_copy,
    "copy_jitter": _copy_jitter,
    "client_template": _client_template,
    "typed": _typed,
    "nudge": _nudge,
    "dry_lab": _dry_lab,
    "backdated": _backdated,
    "signatory_lending": _signatory_lending,
}
