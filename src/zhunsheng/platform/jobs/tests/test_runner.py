"""The worker keeps every duty's pace, and no failure of one stops another."""

import time
from threading import Event, Thread

import pytest
from django.db import DatabaseError, OperationalError, connection

from zhunsheng.platform.database.locks import LockBusy
from zhunsheng.platform.jobs import duties, runner
from zhunsheng.platform.jobs.duties import Duty


@pytest.fixture
def run_for(monkeypatch):
    """Run duties for so many seconds in a thread of their own."""
    monkeypatch.setattr(runner, "close_old_connections", lambda: None)

    def run_for(seconds, *work):
        stop = Event()
        thread = Thread(target=runner.run, args=(stop, work))
        thread.start()
        time.sleep(seconds)
        stop.set()
        thread.join(5)
        assert not thread.is_alive()

    return run_for


def failing_first(times, error, calls):
    def work():
        calls.append(time.monotonic())
        if len(calls) <= times:
            raise error
        return 1

    return work


def test_each_duty_is_done_at_its_pace(run_for):
    fast, slow = [], []
    run_for(0.55, Duty("fast", 0.1, lambda: fast.append(1)), Duty("slow", 10, lambda: slow.append(1)))

    assert 4 <= len(fast) <= 6
    assert len(slow) == 1


@pytest.mark.parametrize("error", [ValueError("a fault"), OperationalError("server closed"), DatabaseError("gone")])
def test_a_failing_duty_is_tried_again_and_keeps_no_other_from_its_turn(run_for, error):
    calls: list[float] = []
    others = []
    run_for(
        0.6,
        Duty("failing", 0.05, failing_first(2, error, calls)),
        Duty("other", 0.05, lambda: others.append(1)),
    )

    assert len(calls) >= 4
    assert calls[1] - calls[0] >= 0.1
    assert calls[2] - calls[1] >= 0.2
    assert len(others) >= 7


def test_a_duty_done_elsewhere_keeps_its_pace(run_for):
    calls: list[float] = []
    run_for(0.4, Duty("busy", 0.05, failing_first(100, LockBusy("held"), calls)))

    assert len(calls) >= 6


def test_stopping_does_not_wait_for_the_next_turn(run_for):
    started = time.monotonic()
    run_for(0.1, Duty("rare", 3600, lambda: 0))

    assert time.monotonic() - started < 2


def test_a_worker_without_duties_stops_when_told(run_for):
    run_for(0.05)


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
