"""The work that waits: schedules handed in and not read, or marked and not entered."""

from contextlib import suppress
from datetime import datetime

from zhunsheng.platform.database.locks import LockBusy
from zhunsheng.registry.schedules.models import Schedule, Stage
from zhunsheng.registry.schedules.services.entering import enter
from zhunsheng.registry.schedules.services.reading import read_schedule


def work_on_waiting(*, at: datetime, most: int = 20) -> int:
    """Read and enter what waits, oldest first; return how many schedules. What another worker holds is passed over."""
    waiting = Schedule.objects.filter(stage__in=[Stage.READING, Stage.ENTERING]).order_by("received_at")
    done = 0
    for pk, stage in list(waiting.values_list("pk", "stage")[:most]):
        with suppress(LockBusy):
            if stage == Stage.READING:
                read_schedule(schedule_id=pk)
            else:
                enter(schedule_id=pk, at=at)
            done += 1
    return done
