"""Every write of this room: a file handed in, read, its doubts answered, its lines entered in the register."""

from zhunsheng.registry.schedules.services.deciding import decide, make_synonym, undo
from zhunsheng.registry.schedules.services.entering import enter, start_entering
from zhunsheng.registry.schedules.services.reading import read_schedule
from zhunsheng.registry.schedules.services.receiving import receive
from zhunsheng.registry.schedules.services.waiting import work_on_waiting

__all__ = ["decide", "enter", "make_synonym", "read_schedule", "receive", "start_entering", "undo", "work_on_waiting"]
