"""The worker's loop: each duty at its pace, whatever happens to another one or to the database."""

import heapq
import itertools
import time
from collections.abc import Iterable
from threading import Event

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections, connections, reset_queries

from zhunsheng.platform.database.locks import LockBusy
from zhunsheng.platform.jobs import rows
from zhunsheng.platform.jobs.duties import Duty, registered

_LONGEST_PAUSE = 60.0

log = structlog.get_logger("zhunsheng.worker")


def run(stop_event: Event, duties: Iterable[Duty] | None = None) -> None:
    """Do the duties until the event is set; the one at work is finished first.

    A duty that fails is logged and tried again, waiting longer each time (up to a minute); it keeps no other from its
    turn. After a lost database the connection is opened anew.
    """
    pace = {duty.name: duty for duty in (registered() if duties is None else duties)}
    numbers = itertools.count()
    due = [(0.0, next(numbers), name) for name in pace]
    failures = dict.fromkeys(pace, 0)
    log.info("worker started", duties=sorted(pace))
    while not stop_event.is_set():
        if not due:
            stop_event.wait(_LONGEST_PAUSE)
            continue
        at, _, name = due[0]
        if stop_event.wait(max(0.0, at - time.monotonic())):
            break
        duty = pace[name]
        failures[name] = 0 if do_once(duty, failures[name]) else failures[name] + 1
        pause = min(_LONGEST_PAUSE, duty.every_seconds * 2 ** min(failures[name], 10))
        pause = max(pause, duty.every_seconds)
        heapq.heapreplace(due, (time.monotonic() + pause, next(numbers), name))
    connections.close_all()
    log.info("worker stopped")


def do_once(duty: Duty, failures: int = 0) -> bool:
    """Do one duty once; return whether it went well, every row of it too.

    Being passed over for another worker is going well.
    """
    started = time.monotonic()
    try:
        close_old_connections()
        reset_queries()
        with rows.counted() as failed:
            count = duty.work() or 0
    except LockBusy:
        log.debug("duty is done elsewhere", duty=duty.name)
    except (DatabaseError, InterfaceError) as error:
        connections.close_all()
        log.warning("database failed", duty=duty.name, error=str(error).strip(), failures=failures + 1)
        return False
    except Exception:
        log.exception("duty failed", duty=duty.name, failures=failures + 1)
        return False
    else:
        if count:
            log.info("duty done", duty=duty.name, count=count, seconds=round(time.monotonic() - started, 3))
        if failed.count:
            log.warning("rows failed", duty=duty.name, count=failed.count, failures=failures + 1)
        return not failed.count
    return True
