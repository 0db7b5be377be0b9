"""Two deliveries of the same reports at once: each report is stored once, and both senders get the same promise."""

import threading

import pytest
from django.db import IntegrityError, OperationalError, connection

from zhunsheng.oversight.reports.models import Report, ReportContent, ReportLine
from zhunsheng.oversight.reports.services import storing
from zhunsheng.oversight.reports.services.intake import receive_many
from zhunsheng.oversight.reports.tests.intake_factories import NOON, as_bytes
from zhunsheng.platform.ledger.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(laboratory, batches):
    """Hand in the batches from threads that start together and return their outcomes."""
    gate = threading.Barrier(len(batches))
    outcomes, errors = {}, []

    def deliver(place, batch):
        try:
            gate.wait(timeout=20)
            items = [as_bytes(report) for report in batch]
            received = receive_many(items, sender=laboratory.sender, channel="batch", at=NOON, chunk=40)
            outcomes[place] = list(received)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=deliver, args=each) for each in enumerate(batches)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not errors
    return [outcomes[place] for place in range(len(batches))]


@pytest.mark.parametrize("turned", [False, True])
def test_the_same_batch_twice_at_once_is_stored_once(laboratory, shared_database, turned):
    batch = [laboratory.report(number=f"R-{number}") for number in range(200)]
    first, second = at_once(laboratory, [batch, batch[::-1] if turned else batch])

    assert Report.objects.count() == ReportContent.objects.count() == ReportLine.objects.count() == 200
    assert Entry.objects.count() == 200
    assert sorted(each.status for each in first + second) == ["accepted"] * 200 + ["known"] * 200
    promises = {each.digest: each.promise for each in first}
    assert promises == {each.digest: each.promise for each in second}


def test_different_contents_under_one_number_at_once_are_both_kept(laboratory, shared_database):
    batches = [
        [laboratory.report(number=f"R-{n}", conclusion=words) for n in range(60)] for words in ("合格", "不合格")
    ]
    at_once(laboratory, batches)

    assert Report.objects.count() == 120
    assert sorted(set(Report.objects.values_list("variant", flat=True))) == [0, 1]


def test_a_chunk_that_met_another_delivery_is_taken_again(laboratory, monkeypatch):
    """The unique constraint speaks once; the second look finds nothing stored and stores."""
    write, calls = storing._write, []

    def meets_another(*args):
        calls.append(1)
        if len(calls) == 1:
            write(*args)
            raise IntegrityError("UNIQUE constraint failed")
        return write(*args)

    monkeypatch.setattr(storing, "_write", meets_another)
    (outcome,) = laboratory.submit(laboratory.report())

    assert outcome.status == "accepted"
    assert len(calls) == 2
    assert Report.objects.count() == Entry.objects.count() == 1


def test_what_cannot_be_stored_leaves_nothing_and_says_to_come_again(laboratory, monkeypatch):
    write = storing._write

    def always_busy(*args):
        write(*args)
        raise OperationalError("database is locked")

    monkeypatch.setattr(storing, "_write", always_busy)
    monkeypatch.setattr(storing, "_PAUSE_SECONDS", 0.0)
    (outcome,) = laboratory.submit(laboratory.report())

    assert (outcome.problem.code, outcome.http_status) == ("try-again", 503)
    assert not Report.objects.exists()
    assert not Entry.objects.exists()
    assert not ReportLine.objects.exists()
