"""The worker keeps every duty's pace, and no failure of one stops another."""

import time
from itertools import pairwise
from threading import Event, Thread

import pytest
from django.db import DatabaseError, OperationalError, connection

from zhunsheng.platform.database.locks import LockBusy
from zhunsheng.platform.jobs import duties, runner
from zhunsheng.platform.jobs.duties import Duty


@pytest.fixture
def run_until(monkeypatch):
    """Run duties in a thread of their own until something holds; fail when it does not hold in 30 seconds."""
    monkeypatch.setattr(runner, "close_old_connections", lambda: None)

    def run_until(holds, *work):
        stop = Event()
        thread = Thread(target=runner.run, args=(stop, work))
        thread.start()
        deadline = time.monotonic() + 30
        while not holds() and time.monotonic() < deadline:
            time.sleep(0.01)
        stop.set()
        thread.join(10)
        assert not thread.is_alive()
        assert holds()

    return run_until


def failing_first(times, error, calls):
    def work():
        calls.append(time.monotonic())
        if len(calls) <= times:
            raise error
        return 1

    return work


def pauses(calls):
    return [later - earlier for earlier, later in pairwise(calls)]


def test_each_duty_is_done_at_its_pace(run_until):
    fast: list[float] = []
    slow: list[int] = []
    run_until(
        lambda: len(fast) >= 5,
        Duty("fast", 0.1, lambda: fast.append(time.monotonic())),
        Duty("slow", 3600, lambda: slow.append(1)),
    )

    assert min(pauses(fast)) >= 0.1
    assert slow == [1]


@pytest.mark.parametrize("error", [ValueError("a fault"), OperationalError("server closed"), DatabaseError("gone")])
def test_a_failing_duty_is_tried_again_ever_later_and_keeps_no_other_from_its_turn(run_until, error):
    calls: list[float] = []
    others: list[int] = []
    run_until(
        lambda: len(calls) >= 4 and len(others) >= 5,
        Duty("failing", 0.05, failing_first(2, error, calls)),
        Duty("other", 0.05, lambda: others.append(1)),
    )

    assert pauses(calls)[0] >= 0.1
    assert pauses(calls)[1] >= 0.2


def test_a_duty_done_elsewhere_is_no_failure(run_until):
    calls: list[float] = []
    run_until(lambda: len(calls) >= 8, Duty("busy", 0.05, failing_first(100, LockBusy("held"), calls)))

    assert sum(pauses(calls)) < 0.05 * 2**8


def test_stopping_does_not_wait_for_the_next_turn(run_until):
    done: list[int] = []
    started = time.monotonic()
    run_until(lambda: bool(done), Duty("rare", 3600, lambda: done.append(1)))

    assert time.monotonic() - started < 60


def test_a_worker_without_duties_stops_when_told(run_until):
    run_until(lambda: True)


@pytest.mark.parametrize(("name", "pace"), [("", 1), ("Seal", 1), ("a b", 1), ("-a", 1), ("a", 0), ("a", -1)])
def test_a_duty_that_cannot_be_kept_is_refused(name, pace):
    with pytest.raises(ValueError, match=r"duty's name|positive"):
        duties.register(name, pace, lambda: 0)


def test_the_same_name_again_replaces_the_duty(monkeypatch):
    monkeypatch.setattr(duties, "_duties", {})
    duties.register("tidy", 5, lambda: 1)
    duties.register("tidy", 7, lambda: 2)

    (only,) = duties.registered()
    assert (only.every_seconds, only.work()) == (7, 2)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_database_cut_is_opened_anew():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no connections to cut")

    def cut_then_ask():
        with connection.cursor() as cursor:
            if len(answers) == 0:
                answers.append("cut")
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            cursor.execute("SELECT 1")
            answers.append(cursor.fetchone()[0])

    answers: list[object] = []
    duty = Duty("cut", 1, cut_then_ask)

    assert not runner.do_once(duty)
    assert runner.do_once(duty, 1)
    assert answers == ["cut", 1]
