"""Single reports at the same time are taken in together, and nobody pays for another's."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection

from zhunsheng.oversight.reports.models import Channel, Report, ReportContent
from zhunsheng.oversight.reports.services import one_by_one, storing
from zhunsheng.oversight.reports.services.one_by_one import Together, receive_one
from zhunsheng.oversight.reports.tests.intake_factories import NOON, Laboratory, as_bytes
from zhunsheng.platform.ledger import keys, promises
from zhunsheng.platform.ledger.models import Entry


def in_threads(works):
    """Do all of these at once; return what each returned or raised. Fails when a thread hangs."""
    found: list[object] = [None] * len(works)

    def run(place, work):
        try:
            found[place] = work()
        except BaseException as error:
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each, daemon=True) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not [thread for thread in threads if thread.is_alive()], "a thread hangs"
    return found


class Doubling:
    """Work that doubles numbers, slowly the first time so that others gather; notes who was worked on together."""

    def __init__(self, waiting_for=0):
        self.groups = []
        self.gathered = threading.Event()
        self.together = Together(self, most=4, most_size=100)
        self.waiting_for = waiting_for

    def __call__(self, items):
        self.groups.append(list(items))
        deadline = time.monotonic() + 30
        while len(self.groups) == 1 and len(self.together._queue) < self.waiting_for and time.monotonic() < deadline:
            time.sleep(0.005)
        for item in items:
            if isinstance(item, BaseException):
                raise item
        return [2 * item for item in items]


def test_who_is_alone_is_worked_for_at_once():
    work = Doubling()

    assert [work.together.do(1), work.together.do(2)] == [2, 4]
    assert work.groups == [[1], [2]]


def test_who_comes_while_others_are_worked_for_is_taken_in_groups_of_at_most_so_many():
    work = Doubling(waiting_for=9)

    assert in_threads([lambda n=n: work.together.do(n) for n in range(10)]) == [2 * n for n in range(10)]
    assert [len(group) for group in work.groups] == [1, 4, 4, 1]


def test_a_long_one_goes_with_few_others():
    work = Doubling(waiting_for=3)
    found = in_threads([lambda n=n: work.together.do(n, size=90) for n in range(4)])

    assert found == [0, 2, 4, 6]
    assert [len(group) for group in work.groups] == [1, 1, 1, 1]


def test_an_error_is_that_of_its_own_item_alone():
    work = Doubling(waiting_for=3)
    items = [1, 2, ValueError("bad"), 4]
    found = in_threads([lambda item=item: work.together.do(item) for item in items])

    assert (found[0], found[1], found[3]) == (2, 4, 8)
    assert isinstance(found[2], ValueError)
    assert work.together.do(5) == 10


def test_nobody_hangs_when_the_thread_at_work_is_stopped():
    work = Doubling(waiting_for=5)
    found = in_threads([lambda n=n: work.together.do(n) for n in (SystemExit(3), 1, 2, 3, 4, 5)])

    assert isinstance(found[0], SystemExit)
    assert all(one in {2, 4, 6, 8, 10} or isinstance(one, RuntimeError) for one in found[1:])
    assert sum(isinstance(one, int) for one in found) >= 2  # those who came later
    assert work.together.do(7) == 14


@pytest.mark.django_db(transaction=True)
def test_reports_of_several_senders_at_once_are_each_answered_as_their_own(
    home,
    shared_database,
):
    one, other = Laboratory(), Laboratory("231912050002")
    wanted = [(one, one.report(number=f"A-{n}")) for n in range(20)]
    wanted += [(other, other.signed(other.report(number=f"B-{n}"))) for n in range(20)]
    wanted += [(other, one.report(number="FOREIGN")), (one, {"format": "no report"}), (one, one.report(number="A-0"))]
    works = [
        lambda who=who, report=report: receive_one(as_bytes(report), sender=who.sender, channel=Channel.API, at=NOON)
        for who, report in wanted
    ]
    found = in_threads(works)

    kept, (foreign, unreadable, again) = found[:40], found[40:]
    assert foreign.problem.code == "foreign-body"
    assert unreadable.status == "refused"
    assert sorted([kept[0].status, again.status]) == ["accepted", "known"]
    assert [each.number for each in kept] == [report["number"] for _, report in wanted[:40]]
    assert {each.assurance for each in kept[:20]} == {"account"}
    assert {each.assurance for each in kept[20:]} == {"signed"}
    assert Report.objects.count() == ReportContent.objects.count() == Entry.objects.count() == 40
    senders = dict(Report.objects.values_list("number", "submitted_by"))
    assert (senders["A-3"], senders["B-3"]) == (one.user.pk, other.user.pk)
    for each in kept:
        assert each.promise["subject"] == each.digest
        assert promises.verify(each.promise, keys.log_key())


@pytest.mark.django_db(transaction=True)
def test_one_that_the_database_refuses_keeps_nobody_else_out(laboratory, shared_database, monkeypatch):
    store, gathered = storing._store, []

    def refusing(candidates, at):
        numbers = [each.parsed.report.number for each in candidates]
        gathered.append(numbers)
        deadline = time.monotonic() + 30
        while len(gathered) == 1 and len(one_by_one._SINGLES._queue) < 7 and time.monotonic() < deadline:
            time.sleep(0.005)
        if "BAD" in numbers:
            raise ZeroDivisionError("a fault in our own code")
        return store(candidates, at)

    monkeypatch.setattr(storing, "_store", refusing)
    names = ["R-0", "R-1", "R-2", "BAD", "R-4", "R-5", "R-6", "R-7"]
    works = [
        lambda name=name: receive_one(
            as_bytes(laboratory.report(number=name)), sender=laboratory.sender, channel=Channel.API, at=NOON
        )
        for name in names
    ]
    found = in_threads(works)

    assert isinstance(found[3], ZeroDivisionError)
    assert {each.status for each in found if each is not found[3]} == {"accepted"}
    assert set(Report.objects.values_list("number", flat=True)) == {*names} - {"BAD"}
    assert max(map(len, gathered)) > 1


@pytest.mark.django_db(transaction=True)
def test_together_the_time_of_receipt_is_that_of_the_last_to_come(laboratory, settings):
    later = NOON + timedelta(seconds=1)
    singles = [
        one_by_one._Single(
            one_by_one.read_report(as_bytes(laboratory.report(number=number)), limits=settings.ZHUNSHENG_LIMITS),
            storing.Delivery(laboratory.sender, Channel.API),
            at,
        )
        for number, at in (("R-1", NOON), ("R-2", later))
    ]
    first, second = one_by_one._take_in(singles)

    assert first.status == second.status == "accepted"
    assert set(Report.objects.values_list("received_at", flat=True)) == {later}
