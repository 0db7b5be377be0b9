"""Producers, clients and subcontractors of sealed reports become names to match; the reports stay as they came."""

import pytest
from django.utils import timezone

from zhunsheng.oversight.reports.models import Report
from zhunsheng.oversight.reports.services.parties import hear_new_parties
from zhunsheng.platform.ledger.services import seal_pending
from zhunsheng.registry.matching.models import Mention, Producer
from zhunsheng.registry.matching.services import suggest_waiting

pytestmark = pytest.mark.django_db


def test_each_sealed_report_is_read_once_in_the_order_of_the_log(laboratory):
    before = laboratory.report(number="R-1", producer={"name": "广州岭南食品有限公司", "address": "天河路1号"})
    laboratory.submit(before)
    assert hear_new_parties() == 0  # not sealed yet
    seal_pending(timezone.now())
    digest = Report.objects.get().digest

    assert hear_new_parties() == 1
    assert hear_new_parties() == 0
    laboratory.submit(laboratory.report(number="R-2", producer={"name": "广州岭南食品　有限公司"}))
    seal_pending(timezone.now())
    assert hear_new_parties() == 1

    mention = Mention.objects.get(target="producer", text="广州岭南食品有限公司")
    assert (mention.times, mention.address) == (2, "天河路1号")
    assert mention.organisation_id == laboratory.body.organisation_id
    assert "R-1" in mention.example
    assert Report.objects.get(number="R-1").digest == digest
    suggest_waiting(at=timezone.now())
    assert Producer.objects.filter(name="广州岭南食品有限公司").count() == 1


def test_a_client_who_is_the_producer_counts_once_and_a_person_is_left_out(laboratory):
    maker = {"name": "广州岭南食品有限公司"}
    laboratory.submit(laboratory.report(number="R-1", producer=maker, client=maker))
    laboratory.submit(laboratory.report(number="R-2", client={"name": "李示范"}))
    seal_pending(timezone.now())
    hear_new_parties()

    assert Mention.objects.get(text="广州岭南食品有限公司").times == 1
    assert not Mention.objects.filter(text="李示范").exists()
