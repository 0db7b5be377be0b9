from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core import mail

from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member, make_organisation
from zhunsheng.platform.notices import mailing, selectors, services
from zhunsheng.platform.notices.models import Delivery, Notice
from zhunsheng.platform.notices.services import NoticeIncomplete, Receiver

pytestmark = pytest.mark.django_db


@pytest.fixture
def laboratory():
    return make_organisation(Kind.BODY, name="示范检测")


@pytest.fixture
def manager(laboratory):
    person = make_member(Role.BODY_MANAGER, laboratory)
    person.email = "zhang@lab.example"
    person.save()
    return person


@pytest.fixture
def bureau():
    return make_organisation(division="440000", name="省局")


@pytest.fixture
def officer(bureau):
    return make_member(Role.PROVINCE_OFFICER, bureau)


def tell(laboratory, **values):
    plain: dict[str, Any] = {
        "subject": "标准更新",
        "body": "请核对能力附表。",
        "href": "/library/",
        "kind": "test",
        "at": NOON,
        "by": None,
    }
    return services.notify(organisation_ids=[laboratory.pk], **(plain | values))


def draft(laboratory, bureau, officer, **values):
    receivers = values.pop("receivers", [Receiver(laboratory.pk, "涉及 3 条", "/library/")])
    return services.draft(
        receivers=receivers, subject="标准更新", body="请核对。", kind="test", at=NOON, by=officer, sender_id=bureau.pk
    )


def test_a_notice_stands_unread_in_the_inbox_of_the_organisation_alone(laboratory, manager):
    other = make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY))

    tell(laboratory)

    assert selectors.unread_count(manager, TODAY) == 1
    assert selectors.unread_count(other, TODAY) == 0


def test_opening_a_notice_is_a_receipt_of_that_person_and_time(laboratory, manager):
    colleague = make_member(Role.BODY_CLERK, laboratory)
    tell(laboratory)
    (delivery,) = selectors.inbox_of(manager, TODAY)

    services.read(delivery_id=delivery.pk, by=manager, at=NOON)
    services.read(delivery_id=delivery.pk, by=manager, at=NOON + timedelta(hours=1))

    assert list(delivery.readings.values_list("user", "at")) == [(manager.pk, NOON)]
    assert selectors.unread_count(manager, TODAY) == 0
    assert selectors.unread_count(colleague, TODAY) == 1


def test_nobody_opens_the_notice_of_another_organisation(laboratory, client):
    stranger = make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY))
    tell(laboratory)
    client.force_login(stranger)

    assert client.get(f"/notices/{Delivery.objects.get().pk}/").status_code == 404


def test_a_draft_is_seen_by_its_sender_alone_until_it_is_sent(laboratory, manager, bureau, officer):
    notice = draft(laboratory, bureau, officer)
    assert selectors.unread_count(manager, TODAY) == 0

    services.send(notice_id=notice.pk, by=officer, at=NOON)

    (delivery,) = selectors.inbox_of(manager, TODAY)
    assert (delivery.detail, delivery.sent_at) == ("涉及 3 条", NOON)


def test_what_was_sent_can_be_neither_changed_nor_put_aside_nor_sent_again(laboratory, bureau, officer):
    notice = draft(laboratory, bureau, officer)
    services.send(notice_id=notice.pk, by=officer, at=NOON)

    for act in (services.send, services.discard):
        with pytest.raises(IllegalMove):
            act(notice_id=notice.pk, by=officer, at=NOON)
    with pytest.raises(IllegalMove):
        services.change_draft(notice_id=notice.pk, subject="x", body="y", by=officer, at=NOON)


def test_only_an_officer_of_the_sender_sends_its_draft(laboratory, manager, bureau, officer):
    notice = draft(laboratory, bureau, officer)
    elsewhere = make_member(Role.DEPARTMENT_OFFICER, make_organisation(Kind.DEPARTMENT, division="440000"))

    for stranger in (manager, elsewhere):
        with pytest.raises(NotAllowed):
            services.send(notice_id=notice.pk, by=stranger, at=NOON)
    assert Notice.objects.get().sent_at is None


def test_a_notice_without_words_is_refused_and_nothing_is_kept(laboratory):
    with pytest.raises(NoticeIncomplete) as refused:
        tell(laboratory, body=" ")

    assert refused.value.field == "body"
    assert not Notice.objects.exists()


def test_a_receiver_named_twice_is_told_once(laboratory, bureau, officer):
    draft(laboratory, bureau, officer, receivers=[Receiver(laboratory.pk, "a"), Receiver(laboratory.pk, "b")])

    assert [one.detail for one in Delivery.objects.all()] == ["b"]


def test_mail_goes_once_to_the_people_of_the_organisation_hidden_from_each_other(laboratory, manager):
    tell(laboratory)

    assert mailing.mail_what_is_due() == 1
    assert mailing.mail_what_is_due() == 0

    (message,) = mail.outbox
    assert (message.subject, message.bcc, message.to) == ("标准更新", ["zhang@lab.example"], [])


def test_a_draft_is_never_mailed(laboratory, manager, bureau, officer):
    draft(laboratory, bureau, officer)

    assert mailing.mail_what_is_due() == 0
    assert mail.outbox == []


def test_a_mail_server_that_fails_loses_nothing(laboratory, manager, monkeypatch):
    tell(laboratory)

    def broken(self, messages):
        raise ConnectionRefusedError("no route")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", broken)
        assert mailing.mail_what_is_due() == 0
    delivery = Delivery.objects.get()
    assert (delivery.mail_stage, delivery.mail_attempts) == ("waiting", 1)
    assert "no route" in delivery.mail_error
    assert mailing.mail_what_is_due() == 0, "it waits before it tries again"

    Delivery.objects.update(mail_next_at=NOON)
    assert mailing.mail_what_is_due() == 1
    assert len(mail.outbox) == 1


def test_an_organisation_without_an_address_still_has_its_inbox(laboratory):
    reader = make_member(Role.BODY_MANAGER, laboratory)
    tell(laboratory)

    assert mailing.mail_what_is_due() == 0
    assert Delivery.objects.get().mail_stage == "no_address"
    assert selectors.unread_count(reader, TODAY) == 1


def test_the_navigation_shows_how_many_wait_and_the_page_lists_them(laboratory, manager, client):
    tell(laboratory)
    tell(laboratory, subject="第二条")
    client.force_login(manager)

    page = client.get("/notices/").content.decode()

    assert 'class="zs-count">2<' in page
    assert "第二条" in page


def test_the_feed_is_read_by_its_secret_alone_and_a_new_one_ends_the_old(laboratory, manager, client):
    tell(laboratory)
    first = services.renew_feed(organisation_id=laboratory.pk, by=manager, at=NOON)

    feed = ElementTree.fromstring(client.get(f"/notices/feed/{first}.atom").content)
    assert [title.text for title in feed.findall("{*}entry/{*}title")] == ["标准更新"]

    services.renew_feed(organisation_id=laboratory.pk, by=manager, at=NOON)
    assert client.get(f"/notices/feed/{first}.atom").status_code == 404


def test_a_clerk_gives_no_feed_address(laboratory):
    with pytest.raises(NotAllowed):
        services.renew_feed(organisation_id=laboratory.pk, by=make_member(Role.BODY_CLERK, laboratory), at=NOON)


@pytest.mark.parametrize("address", ["/notices/", "/notices/outgoing/"])
def test_a_list_asks_the_same_queries_whatever_it_shows(address, bureau, officer, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(officer)
    counts = []
    for _round in range(2):
        for _number in range(3):
            services.send(notice_id=draft(bureau, bureau, officer).pk, by=officer, at=NOON)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
