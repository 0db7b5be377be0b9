"""Single reports that come at the same time, taken in together: one check, one transaction, one promise for each.

A commit costs as much for one report as for sixty. The thread that finds nobody at work takes in whatever waits in
this process and hands everyone the outcome of their own report; who comes meanwhile waits for the next turn, which
one of them takes. A sender who is alone never waits.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Generic, TypeVar

from django.conf import settings
from django.db import connection

from zhunsheng.oversight.reports.format import FormatProblem, Parsed, read_report
from zhunsheng.oversight.reports.models import Channel
from zhunsheng.oversight.reports.permissions import Sender
from zhunsheng.oversight.reports.services.intake import is_manifest, receive_many, take_in
from zhunsheng.oversight.reports.services.outcomes import Outcome, refused
from zhunsheng.oversight.reports.services.storing import Delivery

T = TypeVar("T")
R = TypeVar("R")
MOST: Final = 64
MOST_BYTES: Final = 1024 * 1024
"""How many reports, and about how many bytes of them, one turn takes: a long report keeps few others waiting."""

ALONE_SECONDS: Final = 10.0
"""How long reports that were refused together are still tried alone."""


@dataclass(slots=True)
class _Place(Generic[T, R]):
    """One caller's place in the queue."""

    item: T
    size: int
    called: threading.Event = field(default_factory=threading.Event)
    leads: bool = False
    answers: list[R] = field(default_factory=list)
    error: BaseException | None = None

    @property
    def answered(self) -> bool:
        return bool(self.answers) or self.error is not None


class Together(Generic[T, R]):
    """Lets threads that want the same kind of work at once have it done in one call by one of them."""

    def __init__(self, work: Callable[[Sequence[T]], Sequence[R]], *, most: int, most_size: int) -> None:
        """Keep what does the work: it takes items and returns an answer for each, in order, or raises."""
        self._work = work
        self._most = most
        self._most_size = most_size
        self._lock = threading.Lock()
        self._queue: list[_Place[T, R]] = []
        self._at_work = False

    def do(self, item: T, *, size: int = 0) -> R:
        """Return the answer for an item, worked on with those of other threads. Raises: what the work raises for it."""
        place = _Place[T, R](item, size)
        with self._lock:
            self._queue.append(place)
            if not self._at_work:
                self._at_work = place.leads = True
        if not place.leads:
            place.called.wait()
        if place.leads:
            self._lead()
        if place.error is not None:
            raise place.error
        return place.answers[0]

    def _lead(self) -> None:
        """Work for the first in the queue, of whom the caller is one; then call the next to lead."""
        group = self._next_group()
        try:
            self._work_for(group)
        finally:
            with self._lock:
                following = self._queue[0] if self._queue else None
                self._at_work = following is not None
                if following is not None:
                    following.leads = True
            if following is not None:
                following.called.set()
            for place in group:
                if not place.answered:
                    place.error = RuntimeError("the thread that took this report in was stopped")
                place.called.set()

    def _next_group(self) -> list[_Place[T, R]]:
        with self._lock:
            count = size = 0
            for place in self._queue[: self._most]:
                size += place.size
                if count and size > self._most_size:
                    break
                count += 1
            group, self._queue = self._queue[:count], self._queue[count:]
            return group

    def _work_for(self, group: list[_Place[T, R]]) -> None:
        """Give everyone an answer; when the work fails for all together, each is tried alone and has its own error."""
        try:
            answers = self._work([place.item for place in group])
        except Exception as error:
            if len(group) == 1:
                group[0].error = error
                return
        else:
            for place, answer in zip(group, answers, strict=True):
                place.answers.append(answer)
            return
        for place in group:
            self._work_for([place])


@dataclass(frozen=True, slots=True)
class _Single:
    """One report that was read, who hands it in, and when it came."""

    parsed: Parsed
    delivery: Delivery
    at: datetime


def _take_in(singles: Sequence[_Single]) -> list[Outcome]:
    """Take in reports of several senders; the chunk's time of receipt is that of the last to come."""
    until = time.monotonic() + ALONE_SECONDS
    outcomes = take_in([(one.parsed, one.delivery) for one in singles], max(one.at for one in singles))
    if len(singles) > 1 and any(map(_to_try_again, outcomes)):  # one of them may have kept the others out
        for place, one in enumerate(singles):
            if _to_try_again(outcomes[place]) and time.monotonic() < until:
                outcomes[place] = take_in([(one.parsed, one.delivery)], one.at)[0]
    return outcomes


def _to_try_again(outcome: Outcome) -> bool:
    return outcome.problem is not None and outcome.problem.code == "try-again"


_SINGLES: Final = Together(_take_in, most=MOST, most_size=MOST_BYTES)


def receive_one(raw: bytes | Parsed, *, sender: Sender, channel: Channel | str, at: datetime) -> Outcome:
    """Take in one report and return what became of it, once it is committed.

    Inside a transaction of the caller's it is taken in there, alone.
    """
    if connection.in_atomic_block or (isinstance(raw, bytes) and is_manifest(raw)):
        return next(receive_many([raw], sender=sender, channel=channel, at=at))
    try:
        parsed = read_report(raw, limits=settings.ZHUNSHENG_LIMITS) if isinstance(raw, bytes) else raw
    except FormatProblem as problem:
        return refused(problem)
    single = _Single(parsed, Delivery(sender, Channel(channel)), at)
    return _SINGLES.do(single, size=len(parsed.canonical))
