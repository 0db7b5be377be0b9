"""Receipts over HTTP. Sealing needs committed rows, so these tests commit."""

import threading
import time

import pytest
from django.db import connection
from django.utils import timezone

from zhunsheng.oversight.reports.tests.intake_factories import as_bytes
from zhunsheng.platform.ledger import receipts
from zhunsheng.platform.ledger.keys import log_key
from zhunsheng.platform.ledger.services import seal_pending

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.intake.addresses")]


def test_a_proof_is_promised_and_then_given(caller, laboratory):
    digest = caller.post("reports", as_bytes(laboratory.report())).json()["digest"]
    before = caller.get(f"reports/{digest}/proof")
    seal_pending(timezone.now())
    after = caller.get(f"reports/{digest}/proof")

    assert (before.status_code, after.status_code) == (202, 200)
    assert receipts.verify(after.json(), digest, log_key()).ok


def test_waiting_brings_the_receipt_with_the_answer(caller, laboratory):
    stop = threading.Event()

    def sealing():
        while not stop.wait(0.1):
            seal_pending(timezone.now())
        connection.close()

    sealer = threading.Thread(target=sealing)
    sealer.start()
    started = time.monotonic()
    try:
        response = caller.post("reports", as_bytes(laboratory.report()), HTTP_PREFER="wait=5")
    finally:
        stop.set()
        sealer.join()

    assert time.monotonic() - started < 5
    assert response["Preference-Applied"] == "wait=5"
    answer = response.json()
    assert receipts.verify(answer["receipt"], answer["digest"], log_key()).ok


def test_nobody_waits_longer_than_asked(caller, laboratory):
    response = caller.post("reports", as_bytes(laboratory.report()), HTTP_PREFER="wait=1")

    assert response.status_code == 201
    assert "promise" in response.json()
