"""When honest laboratories test: a queue before finite instruments, minimum times, working hours, who did it."""

import numpy as np

from zhunsheng.demo.simulator.calendar import DAY_ENDS, DAY_STARTS, NIGHT_ENDS, Calendar
from zhunsheng.demo.simulator.drafts import Draft, Floats, Ints
from zhunsheng.demo.simulator.laboratories import Laboratory, Random
from zhunsheng.demo.simulator.products import Test

HOURS = 24.0
LONG_RUN_MINUTES = 300.0
ROOM = 1.4
LONGEST, SLOT = 1.1, 1.25
"""A run takes up to so many times its shortest time; the next begins after so many times of it."""

MOST_LAG = 3


def schedule(draft: Draft, laboratory: Laboratory, calendar: Calendar, random: Random) -> None:
    """Fill in when each line was tested, on what and by whom, and when each report was issued and came in."""
    lag = random.integers(0, MOST_LAG, size=draft.count)
    following = calendar.next_worked()
    ready = following[np.minimum(draft.received + lag, calendar.length - 1)]
    for group in range(int(draft.groups.max()) + 1):
        columns = np.flatnonzero(draft.groups == group)
        test = draft.package.tests[int(columns[0])]
        start, instrument = _run(test, ready, laboratory, calendar, random)
        length = np.ceil(test.minutes * random.uniform(1.0, LONGEST, size=draft.count)) / 60
        order = np.unique(start, return_inverse=True)[1]
        length = length[_first_in(order)]  # samples of one run share its time
        who = _analysts(start, group, laboratory)
        for column in columns:
            draft.start[:, column], draft.finish[:, column] = start, start + length
            draft.instrument[:, column], draft.analyst[:, column] = instrument, who
    _issue(draft, laboratory, calendar, following, random)
    _recorded(draft, laboratory, calendar)


def _run(test: Test, ready: Ints, laboratory: Laboratory, calendar: Calendar, random: Random) -> tuple[Floats, Ints]:
    """Return start (hours of the world) and instrument of each report's run; reports stand in order of arrival."""
    order = np.argsort(ready, kind="stable")
    worked = np.flatnonzero(calendar.worked)
    day = np.searchsorted(worked, ready[order])
    inside = np.arange(len(day)) - np.searchsorted(day, day)
    runs, run_of = np.unique(np.stack([day, inside // test.capacity], axis=1), axis=0, return_inverse=True)
    run_of = run_of.ravel()
    machines = laboratory.instruments[test.instrument]
    start, machine = np.empty(len(ready)), np.empty(len(ready), dtype=np.int64)
    if test.minutes >= LONG_RUN_MINUTES:
        at = worked[np.minimum(runs[:, 0], len(worked) - 1)] * HOURS + DAY_STARTS
        start[order] = at[run_of] + 0.25 * (runs[:, 1][run_of] % 4)
        machine[order] = runs[:, 1][run_of] % machines
        return start, machine
    hours = (NIGHT_ENDS if laboratory.unusual == "night_shift" else DAY_ENDS) - DAY_STARTS
    slot_minutes = np.ceil(test.minutes * SLOT) + 1
    in_a_day = max(1, int(hours * 60 // slot_minutes))
    busy = len(runs) / max(1, len(np.unique(runs[:, 0])))
    machines = max(machines, int(np.ceil(ROOM * busy / in_a_day)))
    slots = in_a_day * machines
    wanted = runs[:, 0] * slots
    place = np.arange(len(runs)) + np.maximum.accumulate(wanted - np.arange(len(runs)))
    days, slot = np.minimum(place // slots, len(worked) - 1), place % slots
    at = worked[days] * HOURS + DAY_STARTS + (slot // machines) * (slot_minutes / 60)
    at = at + np.floor(random.uniform(0, 2, size=len(runs))) / 60
    start[order], machine[order] = at[run_of], (slot % machines)[run_of]
    return start, machine


def _first_in(group: Ints) -> Ints:
    _unique, first = np.unique(group, return_index=True)
    return np.asarray(first[group])


def _analysts(start: Floats, group: int, laboratory: Laboratory) -> Ints:
    """Return who ran it: one analyst a day for each group of tests, in turn."""
    return np.asarray((np.floor(start / HOURS).astype(np.int64) * 7 + group) % laboratory.analysts)


def _issue(draft: Draft, laboratory: Laboratory, calendar: Calendar, following: Ints, random: Random) -> None:
    done = np.floor(np.nanmax(draft.finish, axis=1) / HOURS).astype(np.int64) if draft.count else draft.issued
    later = np.minimum(done + random.integers(0, 3, size=draft.count), calendar.length - 1)
    draft.issued = following[later]
    draft.arrived = (draft.issued + random.integers(0, 2, size=draft.count)) * HOURS
    draft.arrived = draft.arrived + np.round(random.uniform(17, 22, size=draft.count), 4)
    shares = 0.6 ** np.arange(laboratory.signatories)
    draft.signatory = random.choice(laboratory.signatories, size=draft.count, p=shares / shares.sum())


def _recorded(draft: Draft, laboratory: Laboratory, calendar: Calendar) -> None:
    """Let the record say what this laboratory's record says: nothing, typing time, or what a migration left."""
    if not laboratory.timed:
        draft.start[:], draft.finish[:] = np.nan, np.nan
    elif laboratory.unusual == "burst_entry":
        typed = (np.floor(draft.finish / HOURS) + 1) * HOURS + DAY_STARTS + 0.5
        draft.start[:], draft.finish[:] = typed, typed
    elif laboratory.unusual == "lims_migration":
        old = calendar.month[draft.received] < laboratory.changed_in
        draft.start[old], draft.finish[old] = (
            np.floor(draft.start[old] / HOURS) * HOURS,
            np.floor(draft.start[old] / HOURS) * HOURS,
        )
