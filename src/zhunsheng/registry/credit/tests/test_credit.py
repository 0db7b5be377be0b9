"""What was learned about a body stands in its credit file, with the rule and the day."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member, make_organisation
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate
from zhunsheng.registry.credit import law_book, selectors, services
from zhunsheng.registry.credit.models import CreditEvent, Obligation, Stale
from zhunsheng.registry.credit.selectors.recomputing import recompute

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def laboratory():
    organisation = make_organisation(Kind.BODY, division="440100")
    return make_body(organisation=organisation, division=organisation.division)


@pytest.fixture
def officer():
    return make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))


def record(body, by, **changed):
    told = {"kind": "false_report", "on": TODAY, "source": "省市场监管局", "reference": "粤市监罚〔2026〕1号",
            "words": "出具虚假检验检测报告2份", "by": by, "at": NOON}  # fmt: skip
    return services.record(body_id=body.pk, **{**told, **changed})


def test_an_event_names_the_rule_of_its_day_and_is_written_once(laboratory, officer):
    event = record(laboratory, officer)

    assert event.law.startswith("EVENT-FALSE-REPORT 1.")
    assert record(laboratory, officer, words="同一决定再次告知") == event
    assert CreditEvent.objects.count() == 1


def test_blanks_around_source_and_reference_name_the_same_event_and_obligation(laboratory, officer):
    event = record(laboratory, officer, source="省局 ", reference=" 罚1号 ")
    asked = {"kind": "rectify", "due_on": None, "words": "整改", "by": officer, "at": NOON}
    obligation = services.oblige(body_id=laboratory.pk, reference="责改1号 ", **asked)

    assert (event.source, event.reference, obligation.reference) == ("省局", "罚1号", "责改1号")
    assert record(laboratory, officer, source="省局 ", reference=" 罚1号 ") == event
    assert services.oblige(body_id=laboratory.pk, reference="责改1号 ", **asked) == obligation


def test_events_are_counted_between_two_days_inclusive_and_breaches_apart(laboratory, officer):
    record(laboratory, officer, on=TODAY - timedelta(days=10), reference="1")
    record(laboratory, officer, on=TODAY, reference="2", kind="proficiency_failed")
    record(laboratory, officer, on=TODAY - timedelta(days=11), reference="3")
    first = TODAY - timedelta(days=10)

    found = selectors.events_between(laboratory.pk, first, TODAY)
    assert [one.reference for one in found] == ["2", "1"]
    assert selectors.breaches_between(laboratory.pk, first, TODAY) == 1
    assert selectors.events_between(laboratory.pk, first, TODAY, kinds=["proficiency_failed"]).count() == 1


def test_a_withdrawn_event_stays_readable_and_counts_no_more(laboratory, officer):
    event = record(laboratory, officer)

    services.withdraw(event_id=event.pk, why="复议撤销原决定", by=officer, at=NOON)

    assert selectors.breaches_between(laboratory.pk, TODAY, TODAY) == 0
    assert CreditEvent.objects.get().withdrawn_why == "复议撤销原决定"
    with pytest.raises(services.NotRecordable):
        services.withdraw(event_id=event.pk, why="再次", by=officer, at=NOON)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "rumour"}, "kind"),
        ({"words": "  "}, "words"),
        ({"reference": ""}, "reference"),
        ({"on": TODAY + timedelta(days=1)}, "on"),
    ],
)
def test_an_event_without_a_decision_or_of_no_kind_is_refused_by_its_field(laboratory, officer, changed, field):
    with pytest.raises((services.NotRecordable, law_book.UnknownKind)) as refused:
        record(laboratory, officer, **changed)

    assert refused.value.field == field
    assert not CreditEvent.objects.exists()


def test_nobody_writes_into_the_file_of_another_place_or_into_their_own(laboratory):
    stranger = make_member(Role.CITY_OFFICER, make_organisation(division="440300"))
    manager = make_member(Role.BODY_MANAGER, laboratory.organisation)

    for person in (stranger, manager):
        with pytest.raises(NotAllowed):
            record(laboratory, person)
        with pytest.raises(NotAllowed):
            grade(laboratory, person)


def grade(body, by, letter="B", since=date(2026, 1, 1), **changed):
    told = {"basis": "信用风险分类结果2026年第1批", "reason": "按平台结果录入", "rule_version": "2025-03"}
    return services.set_grade(body_id=body.pk, grade=letter, since=since, by=by, at=NOON, **{**told, **changed})


def test_a_grade_holds_until_the_next_one_begins_and_is_sealed_in_the_log(laboratory, officer):
    grade(laboratory, officer)
    grade(laboratory, officer, "D", date(2026, 2, 1))

    assert selectors.grade_on(laboratory.pk, date(2025, 12, 31)) is None
    assert selectors.grade_on(laboratory.pk, date(2026, 1, 31)).grade == "B"
    assert selectors.grade_on(laboratory.pk, date(2026, 2, 1)).grade == "D"
    assert Entry.objects.filter(kind="credit.grade").count() == 2
    newest = selectors.grade_on(laboratory.pk, date(2026, 2, 1))
    assert newest is not None
    assert Entry.objects.filter(subject=services.sealed(newest)).exists()


def test_a_grade_before_the_present_one_is_refused(laboratory, officer):
    grade(laboratory, officer)

    with pytest.raises(services.NotRecordable) as refused:
        grade(laboratory, officer, "A", date(2026, 1, 1))
    assert refused.value.field == "since"


def test_an_obligation_ends_with_its_outcome(laboratory, officer):
    asked = services.oblige(
        body_id=laboratory.pk, kind="rectify", due_on=TODAY, reference="责改1号", words="完善记录", by=officer, at=NOON
    )
    assert selectors.obligations_visible_to(officer, TODAY).get() == asked

    services.discharge(obligation_id=asked.pk, outcome="已整改", by=officer, at=NOON)

    assert not selectors.obligations_visible_to(officer, TODAY).exists()
    with pytest.raises(services.NotRecordable):
        services.discharge(obligation_id=asked.pk, outcome="再次", by=officer, at=NOON)


def test_a_body_reads_its_own_file_and_nobody_elses_and_the_public_none(client, laboratory, officer):
    record(laboratory, officer)
    page = reverse("credit:body", args=[laboratory.slug])
    assert client.get(page).status_code == 302

    client.force_login(make_member(Role.BODY_CLERK, laboratory.organisation), BACKEND)
    assert "出具虚假检验检测报告2份" in client.get(page).content.decode()
    assert client.get(reverse("credit:act", args=[laboratory.slug, "event"])).status_code == 403

    client.force_login(make_member(Role.BODY_CLERK, make_organisation(Kind.BODY)), BACKEND)
    assert client.get(page).status_code == 404


def test_out_of_sight_a_file_and_its_forms_are_not_there(client, laboratory, officer):
    event = record(laboratory, officer)
    asked = services.oblige(
        body_id=laboratory.pk, kind="rectify", due_on=None, reference="责改1", words="整改", by=officer, at=NOON
    )
    client.force_login(make_member(Role.CITY_OFFICER, make_organisation(division="440300")), BACKEND)

    pages = [
        *(reverse("credit:act", args=[laboratory.slug, one]) for one in ("event", "obligation", "grade")),
        reverse("credit:withdraw", args=[event.pk]),
        reverse("credit:discharge", args=[asked.pk]),
    ]
    assert {client.get(page).status_code for page in pages} == {404}


def test_the_file_follows_a_body_that_moves_to_another_city(laboratory, officer):
    record(laboratory, officer)
    services.oblige(
        body_id=laboratory.pk, kind="rectify", due_on=None, reference="责改1", words="整改", by=officer, at=NOON
    )
    former = make_member(Role.CITY_OFFICER, make_organisation(division="440100"))
    present = make_member(Role.CITY_OFFICER, make_organisation(division="440300"))

    laboratory.division_id = "440300"
    with recorded(officer, "迁址"):
        laboratory.save(update_fields=["division"])

    for seen in (selectors.events_visible_to, selectors.obligations_visible_to):
        assert not seen(former, TODAY).exists()
        assert seen(present, TODAY).count() == 1


def test_lists_show_only_what_is_in_sight_in_constant_queries(
    client, laboratory, officer, django_assert_max_num_queries
):
    for number in range(30):
        record(laboratory, officer, reference=str(number))
    other = make_body("231912050099", division=make_organisation(division="440300").division)
    record(other, officer, reference="深圳")
    client.force_login(make_member(Role.CITY_OFFICER, make_organisation(division="440100")), BACKEND)

    with django_assert_max_num_queries(12):
        page = client.get(reverse("credit:events")).content.decode()

    assert "深圳" not in page
    assert client.get(reverse("credit:obligations")).status_code == 200
    assert client.get(reverse("credit:events"), {"export": "csv"}).status_code == 200


def test_an_officer_enters_event_obligation_and_grade_on_their_pages(client, laboratory, officer):
    client.force_login(officer, BACKEND)
    told = {
        "event": {"kind": "penalty", "on": "2026-03-01", "source": "省局", "reference": "罚2", "words": "罚款"},
        "obligation": {"kind": "rectify", "due_on": "2027-04-01", "reference": "责改2", "words": "整改"},
        "grade": {"grade": "C", "since": "2026-03-01", "origin": "entered", "basis": "文件", "reason": "录入"},
    }
    for action, given in told.items():
        assert client.post(reverse("credit:act", args=[laboratory.slug, action]), given).status_code == 302, action
    page = client.get(reverse("credit:body", args=[laboratory.slug])).content.decode()

    assert "行政处罚决定" in page
    assert "C（较高风险）" in page
    end = reverse("credit:discharge", args=[Obligation.objects.get().pk])
    assert client.post(end, {"outcome": "已整改"}).status_code == 302
    assert (
        client.post(reverse("credit:withdraw", args=[CreditEvent.objects.get().pk]), {"why": "误录"}).status_code == 302
    )


def test_the_public_sees_a_grade_only_where_the_province_publishes_grades(client, laboratory, officer, settings):
    grade(laboratory, officer, "D")
    page = reverse("bodies:body", args=[laboratory.slug])
    assert "高风险" not in client.get(page).content.decode()

    settings.ZHUNSHENG_PUBLIC_GRADES = True
    assert "高风险" in client.get(page).content.decode()
    assert reverse("credit:body", args=[laboratory.slug]) not in client.get(page).content.decode()


def computed(laboratory, later):
    services.compute_grades(on=TODAY, by=None, at=NOON + later, body_ids=[laboratory.pk])
    found = selectors.newest_scoring(laboratory.pk)
    assert found is not None
    assert found.made_at == NOON + later
    return found


def test_what_waited_for_a_computing_is_recorded_after_it_and_computing_again_agrees(laboratory, officer):
    """Who asked first may write last: the lock decides, not the clock of who asked."""
    make_certificate(laboratory)
    known = record(laboratory, officer, reference="先")
    before = computed(laboratory, timedelta(seconds=2))

    waited = record(laboratory, officer, reference="后", at=NOON + timedelta(seconds=1))
    asked = services.oblige(
        body_id=laboratory.pk, kind="rectify", due_on=TODAY - timedelta(days=1), reference="责改1号", words="整改",
        by=officer, at=NOON + timedelta(seconds=1),
    )  # fmt: skip
    gone = services.withdraw(event_id=known.pk, why="同名机构", by=officer, at=NOON + timedelta(seconds=1))

    assert min(waited.recorded_at, asked.asked_at, gone.withdrawn_at) > before.made_at
    assert recompute(before).agrees
    assert Stale.objects.get().since > before.made_at
    after = computed(laboratory, timedelta(seconds=3))
    assert [pk for pk, *_rest in after.inputs["events"]] == [waited.pk]


def test_an_event_is_never_recorded_before_one_that_stands_already(laboratory, officer):
    first = record(laboratory, officer, reference="先", at=NOON + timedelta(seconds=2))

    second = record(laboratory, officer, reference="后", at=NOON + timedelta(seconds=1))

    assert second.recorded_at == first.recorded_at
