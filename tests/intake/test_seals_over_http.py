"""Receipts over HTTP. Sealing needs committed rows, so these tests commit."""

import pytest
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


def test_nobody_waits_longer_than_asked(caller, laboratory):
    response = caller.post("reports", as_bytes(laboratory.report()), HTTP_PREFER="wait=1")

    assert response.status_code == 201
    assert "promise" in response.json()
