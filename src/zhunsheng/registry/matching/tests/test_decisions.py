"""Mentions are kept, suggested for with reasons, decided by people, and every decision can be taken back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.platform.accounts.history import MissingReason, recorded
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import make_division, make_member, make_organisation
from zhunsheng.registry.bodies import services as bodies
from zhunsheng.registry.bodies.models import BodyName
from zhunsheng.registry.bodies.tests.factories import make_body
from zhunsheng.registry.matching import services
from zhunsheng.registry.matching.models import Decision, Mention, Producer, Suggestion, Target
from zhunsheng.registry.matching.selectors import forget, mentions_visible_to
from zhunsheng.registry.matching.services import Heard
from zhunsheng.registry.matching.services.deciding import CannotDecide

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def fresh_index():
    forget()
    for code, name in (("440000", "广东省"), ("440100", "广州市"), ("440300", "深圳市")):
        make_division(code, name)
    yield
    forget()


@pytest.fixture
def officer():
    return make_member(Role.PROVINCE_OFFICER, make_organisation(Kind.AUTHORITY, division="440000"))


def heard(text, target=Target.PRODUCER, **more):
    return Heard(target=target, text=text, at=more.pop("at", NOON), **{"division": "440100", **more})


def told(*texts, **more):
    services.hear([heard(text, **more) for text in texts])
    services.suggest_waiting(at=NOON)
    return [Mention.objects.get(text=text) for text in texts]


def test_the_same_name_written_in_other_width_or_script_is_one_mention_seen_often():
    later = NOON + timedelta(days=3)
    first = services.hear(
        [heard("廣州嶺南食品有限公司"), heard("广州岭南食品有限公司"), heard("广州岭南食品 有限公司")]
    )
    again = services.hear([heard("广州岭南食品有限公司", at=later, division="440300")])

    (mention,) = Mention.objects.all()
    assert (first, again, mention.times) == (1, 0, 4)
    assert (mention.first_seen, mention.last_seen) == (NOON, later)
    assert mention.division_id == "440000"  # Guangzhou and Shenzhen together


def test_a_producer_whom_nothing_resembles_is_entered_and_a_likeness_waits_for_a_person():
    told("广州岭南食品有限公司")
    (second,) = told("广州岭男食品有限公司")

    (producer,) = Producer.objects.all()
    assert Mention.objects.get(text="广州岭南食品有限公司").producer == producer
    assert second.state == "open"
    assert second.suggestions.get().producer == producer
    assert Decision.objects.get().by is None


def test_two_new_names_that_resemble_each_other_do_not_become_two_producers_at_once():
    told("广州岭南食品有限公司", "广州岭男食品有限公司")

    assert Producer.objects.count() == 1
    assert Mention.objects.filter(state="open", suggestions__isnull=False).count() == 1


def test_the_registered_and_the_former_name_sign_for_sign_need_no_person_but_a_likeness_does():
    body = make_body(name="广州华测检测有限公司")
    with recorded(None, "renamed"):
        BodyName.objects.create(body=body, name="广州中测检测有限公司", kind="former")
    same, former, like = told(
        "广州华测检测有限公司", "广州中测检测有限公司", "广州华测检测技术有限公司", target=Target.BODY
    )

    assert (same.body, former.body) == (body, body)
    assert like.state == "open"
    assert like.suggestions.get().body == body
    assert like.suggestions.get().parts


def test_where_a_name_was_seen_says_nothing_about_where_its_bearer_is():
    make_body(name="广州华测检测有限公司", division_id="440100")
    (mention,) = told("广州华测检测公司", target=Target.BODY, division="440300")

    assert mention.suggestions.get().bits > 0


def test_a_name_with_another_credit_code_is_never_taken_for_the_registered_one():
    make_body(name="广州华测检测有限公司", uscc="914401010000000019")
    (mention,) = told("广州华测检测有限公司", target=Target.BODY, uscc="91440300MA5DA1234X")

    assert mention.state == "open"
    assert not mention.suggestions.exists()


def test_a_decision_holds_for_later_mentions_and_undoing_it_restores_everything(officer):
    told("广州岭南食品有限公司")
    (mention,) = told("岭男食品公司")
    before = Mention.objects.filter(pk=mention.pk).values().get()
    shown = list(Suggestion.objects.filter(mention=mention).values())
    producer = Producer.objects.get()

    decision = services.decide(
        mention_id=mention.pk, act="accept", target_id=producer.pk, by=officer, at=NOON, why="电话核实"
    )
    services.hear([heard("岭男食品公司")])
    mention.refresh_from_db()
    assert (mention.state, mention.producer, mention.times) == ("linked", producer, 2)
    assert decision.evidence["parts"] == shown[0]["parts"]

    services.undo(decision_id=decision.pk, by=officer, at=NOON, why="核实有误")

    after = Mention.objects.filter(pk=mention.pk).values().get()
    assert after == before | {"times": 2}
    assert list(Suggestion.objects.filter(mention=mention).values()) == shown
    assert [one.act for one in Decision.objects.filter(mention=mention).order_by("id")] == ["accept", "undo"]


def test_a_linked_name_helps_to_find_the_next_like_it(officer):
    told("广州岭南食品有限公司")
    (odd,) = told("粤味佳厂")
    services.undo(decision_id=odd.decisions.get().pk, by=officer, at=NOON, why="其实是岭南")
    target = Producer.objects.get(name="广州岭南食品有限公司")
    services.decide(mention_id=odd.pk, act="accept", target_id=target.pk, by=officer, at=NOON, why="商标")

    (next_one,) = told("粤味佳工厂")

    assert next_one.suggestions.first().producer == target
    assert next_one.suggestions.first().matched_kind == "mention"


def test_undoing_a_new_producer_removes_it_unless_other_names_hang_on_it(officer):
    (first,) = told("广州岭南食品有限公司")
    (second,) = told("广州岭男食品有限公司")
    producer = Producer.objects.get()
    accepted = services.decide(
        mention_id=second.pk, act="accept", target_id=producer.pk, by=officer, at=NOON, why="核实"
    )

    with pytest.raises(CannotDecide):
        services.undo(decision_id=first.decisions.get().pk, by=officer, at=NOON, why="重来")
    assert Producer.objects.count() == 1
    services.undo(decision_id=accepted.pk, by=officer, at=NOON, why="重来")
    services.undo(decision_id=first.decisions.get(act="new").pk, by=officer, at=NOON, why="重来")

    assert not Producer.objects.exists()
    assert Producer.history.filter(history_type="-").get().history_change_reason == "重来"


def test_a_decision_needs_a_reason_a_right_and_an_open_mention(officer):
    (mention,) = told("无名检测", target=Target.BODY)
    stranger = make_member(Role.CITY_OFFICER, make_organisation(Kind.AUTHORITY, division="440300"))

    with pytest.raises(MissingReason):
        services.decide(mention_id=mention.pk, act="reject", by=officer, at=NOON, why=" ")
    with pytest.raises(NotAllowed):
        services.decide(mention_id=mention.pk, act="reject", by=stranger, at=NOON, why="不在本市")
    with pytest.raises(CannotDecide):
        services.decide(mention_id=mention.pk, act="new", by=officer, at=NOON, why="新机构")
    with pytest.raises(CannotDecide):
        services.decide(mention_id=mention.pk, act="accept", target_id=987654, by=officer, at=NOON, why="猜测")
    services.decide(mention_id=mention.pk, act="reject", by=officer, at=NOON, why="外省机构")
    with pytest.raises(IllegalMove):
        services.decide(mention_id=mention.pk, act="reject", by=officer, at=NOON, why="再次")

    assert [one.act for one in Decision.objects.all()] == ["reject"]


def test_a_body_decides_only_about_names_that_its_own_papers_alone_make():
    own, other = make_organisation(Kind.BODY), make_organisation(Kind.BODY)
    manager = make_member(Role.BODY_MANAGER, own)
    told("甲食品厂", organisation_id=own.pk)
    told("乙饮料厂", organisation_id=own.pk)
    services.hear([heard("乙饮料厂", organisation_id=other.pk)])

    assert [one.text for one in mentions_visible_to(manager, TODAY)] == ["甲食品厂"]


def test_an_import_asks_whether_another_body_was_meant_and_says_why():
    make_body("231912050001", cma="231912050001", name="广州华测检测有限公司")
    rows = [
        {"body": "广州市华测检测公司", "code": "A"},
        {"body": "231912050010", "code": "B"},
        {"body": "毫不相干", "code": "C"},
    ]
    outcome = bodies.import_rows(kind="sites", rows=rows, by=None, at=NOON, why="test")

    name, number, nothing = (problem.remedy for problem in outcome.problems)
    assert "广州华测检测有限公司" in name
    assert "231912050001" in name
    assert "Because" in name or "依据" in name
    assert "231912050001" in number
    assert "广州华测" not in nothing


def test_an_officer_reads_the_reasons_decides_and_takes_back_on_the_page(client, officer):
    told("广州岭南食品有限公司")
    (mention,) = told("广州岭男食品有限公司")
    client.force_login(officer)
    page = reverse("matching:mention", args=[mention.pk])

    assert "广州岭男食品有限公司" in client.get(reverse("matching:queue")).content.decode()
    shown = client.get(page).content.decode()
    assert "字号同音" in shown or "sound the same" in shown
    producer = Producer.objects.get()
    assert client.post(page, {"choice": str(producer.pk), "why": "核实"}).status_code == 302
    mention.refresh_from_db()
    assert mention.producer == producer
    decision = mention.decisions.get()
    client.post(reverse("matching:undo", args=[mention.pk, decision.pk]), {"why": "误认"})
    mention.refresh_from_db()
    assert mention.state == "open"
    assert client.post(page, {"choice": "other", "other": "不存在", "why": "核实"}).status_code == 422
    assert client.get(reverse("matching:producer", args=[producer.pk])).status_code == 200
    assert client.get(reverse("matching:producers")).status_code == 200


def test_the_queue_is_hidden_from_visitors_and_mentions_elsewhere_are_not_found(client):
    (mention,) = told("广州岭南食品有限公司")
    assert client.get(reverse("matching:queue")).status_code == 302
    client.force_login(make_member(Role.CITY_OFFICER, make_organisation(Kind.AUTHORITY, division="440300")))

    assert client.get(reverse("matching:mention", args=[mention.pk])).status_code == 404


def test_the_queue_asks_the_database_no_more_often_for_many_names(client, officer, django_assert_max_num_queries):
    client.force_login(officer)
    told(*[f"广州{sign}山{sign}水检测站" for sign in "甲乙丙丁戊己庚辛壬癸"], target=Target.BODY)

    with django_assert_max_num_queries(9):
        client.get(reverse("matching:queue"))
