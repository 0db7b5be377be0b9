"""Producers, clients and subcontractors of sealed reports become names to match; the reports stay as they came."""

import pytest
from django.urls import reverse
from django.utils import timezone

from zhunsheng.oversight.reports.models import PartiesHeard, Report, ReportParty
from zhunsheng.oversight.reports.services.parties import hear_new_parties
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
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


def test_all_reports_of_an_enterprise_are_listed_however_they_write_it_and_only_in_reach(
    laboratory, client, django_assert_max_num_queries
):
    for number in range(3):
        laboratory.submit(laboratory.report(number=f"R-{number}", producer={"name": "广州岭南食品有限公司"}))
    laboratory.submit(laboratory.report(number="R-CLIENT", client={"name": "广州岭南食品　有限公司"}))
    laboratory.submit(laboratory.report(number="OTHER-9", producer={"name": "佛山陶瓷制品有限公司"}))
    seal_pending(timezone.now())
    hear_new_parties()
    suggest_waiting(at=timezone.now())
    address = reverse("reports:producer", args=[Producer.objects.get(name="广州岭南食品有限公司").pk])

    assert client.get(address).status_code == 302
    client.force_login(make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000")))
    client.get(address)
    with django_assert_max_num_queries(8):
        page = client.get(address).content.decode()
    assert all(number in page for number in ("R-0", "R-1", "R-2", "R-CLIENT"))
    assert "OTHER-9" not in page
    lines = b"".join(client.get(address, {"export": "csv"}).streaming_content).decode("utf-8-sig")
    assert "R-CLIENT" in lines
    assert "OTHER-9" not in lines
    assert client.get(reverse("reports:producer", args=[999_999])).status_code == 404
    client.force_login(make_member(Role.PROVINCE_OFFICER, make_organisation(division="320000")))
    assert "R-CLIENT" not in client.get(address).content.decode()


def test_reports_heard_before_links_were_kept_are_linked_later(laboratory):
    laboratory.submit(laboratory.report(number="R-1", producer={"name": "广州岭南食品有限公司"}))
    seal_pending(timezone.now())
    hear_new_parties()
    ReportParty.objects.all().delete()
    PartiesHeard.objects.update(linked_index=-1)

    assert hear_new_parties() == 0

    mention = Mention.objects.get(text="广州岭南食品有限公司")
    assert mention.times == 1
    assert ReportParty.objects.filter(report__number="R-1", mention=mention).count() == 1
