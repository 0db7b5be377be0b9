"""Bodies are renamed, moved, merged, split and closed; what was before stays found and reachable."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from zhunsheng.platform.accounts.history import MissingReason
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import make_division, make_member, make_organisation
from zhunsheng.registry.bodies import services
from zhunsheng.registry.bodies.models import Body, BodyEvent, BodyName, ScopeLine
from zhunsheng.registry.bodies.selectors import body_as_of, named, search_scope
from zhunsheng.registry.bodies.services.life import LifeRefused
from zhunsheng.registry.bodies.services.scope import LinesRefused
from zhunsheng.registry.bodies.tests.factories import NOON, make_body, make_certificate, make_line

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)
ACT: dict[str, Any] = {
    "on": DAY,
    "document_no": "粤市监函〔2025〕88号",
    "by": None,
    "at": NOON,
    "why": "resolution of the owners",
}


@pytest.fixture
def old():
    body = make_body("231912050001", name="珠江检测有限公司")
    line = make_line(make_certificate(body, "231912050001"))
    make_line(line.accreditation, parameter_text="镉", valid_from=date(2023, 5, 1), valid_to=date(2024, 4, 30))
    return body


@pytest.fixture
def other():
    body = make_body("231912050002", name="南粤检验认证集团有限公司")
    make_line(make_certificate(body, "231912050002"), parameter_text="砷")
    return body


def standing(body, day):
    return body_as_of(body, day).standing


def scope(body, day):
    return sorted(line.parameter_text for line in body_as_of(body, day).scope)


@pytest.mark.parametrize(
    ("act", "given"), [("rename_body", {"name": "珠江新名"}), ("move_body", {"address": "珠江新城1号"})]
)
def test_a_change_neither_lies_ahead_nor_before_a_later_one_of_its_kind(old, act, given):
    change = getattr(services, act)
    with pytest.raises(LifeRefused) as ahead:
        change(body_id=old.pk, **given, **ACT | {"on": NOON.date() + timedelta(days=1)})
    assert ahead.value.field == "on"
    change(body_id=old.pk, **given, **ACT)
    with pytest.raises(LifeRefused) as before:
        change(
            body_id=old.pk, **{name: value + "旧" for name, value in given.items()}, **ACT | {"on": date(1900, 1, 1)}
        )

    assert before.value.field == "on"
    assert BodyEvent.objects.filter(body=old).count() == 1
    old.refresh_from_db()
    assert next(iter(given.values())) in (old.name, old.address)


def test_a_renamed_body_is_found_by_both_names_at_the_same_address(client, old):
    services.rename_body(body_id=old.pk, name="珠江检验检测集团有限公司", **ACT)

    for words in ("珠江检测有限公司", "珠江检验检测集团"):
        assert list(Body.objects.filter(named(words))) == [old]
    page = client.get(reverse("bodies:body", args=[old.slug])).content.decode()
    assert "曾用名：珠江检测有限公司" in page
    kept = BodyName.objects.get()
    assert (kept.kind, kept.valid_to) == ("former", date(2025, 12, 31))
    before = body_as_of(old, DAY, known_at=NOON - timedelta(seconds=1))
    assert before.body is None or before.body.name == "珠江检测有限公司"


def test_a_merged_body_ends_and_its_page_leads_to_the_successor(client, old, other):
    services.merge_bodies(body_ids=[old.pk], into_id=other.pk, **ACT)

    old.refresh_from_db()
    assert old.valid_to == date(2025, 12, 31)
    assert [(standing(old, day), scope(old, day)) for day in (date(2025, 12, 31), DAY)] == [
        ("active", ["铅"]),
        ("cancelled", []),
    ]
    assert scope(old, date(2024, 4, 30)) == ["铅", "镉"]
    assert scope(other, DAY) == ["砷"]
    page = client.get(reverse("bodies:body", args=[old.slug])).content.decode()
    assert f'并入<a href="{reverse("bodies:body", args=[other.slug])}">{other.name}</a>' in page
    successor = client.get(reverse("bodies:body", args=[other.slug])).content.decode()
    assert "珠江检测有限公司" in successor
    assert set(Body.objects.filter(named("珠江检测"))) == {old, other}
    told = client.get(f"/api/v1/bodies/{other.slug}").json()
    assert [(one["kind"], one["other"], one["inward"]) for one in told["events"]] == [("merged", old.slug, True)]


def test_several_bodies_merge_in_one_act_or_not_at_all(old, other):
    third = make_body("231912050003", name="第三检测")
    ended = make_body("231912050004", name="已终止检测", valid_to=date(2025, 1, 1))

    with pytest.raises(LifeRefused, match="ended"):
        services.merge_bodies(body_ids=[old.pk, ended.pk], into_id=other.pk, **ACT)
    assert not BodyEvent.objects.exists()
    assert not Body.objects.filter(pk=old.pk, valid_to__isnull=False).exists()

    assert len(services.merge_bodies(body_ids=[old.pk, third.pk], into_id=other.pk, **ACT)) == 2


def test_what_was_known_before_a_merger_was_entered_stays_known(old, other):
    for model in (Body, ScopeLine):
        model.history.update(history_date=NOON - timedelta(days=400))
    services.merge_bodies(body_ids=[old.pk], into_id=other.pk, **ACT)

    yesterday = body_as_of(old, DAY, known_at=NOON - timedelta(days=1))

    assert [line.parameter_text for line in yesterday.scope] == ["铅"]
    assert yesterday.body.valid_to is None
    assert ScopeLine.history.filter(history_type="~", history_date=NOON).get().history_change_reason == ACT["why"]


def test_a_split_names_both_bodies_and_may_end_the_first(client, old, other):
    services.split_body(body_id=old.pk, into_ids=[other.pk], close=True, **ACT)

    old.refresh_from_db()
    other.refresh_from_db()
    assert (old.valid_to, other.valid_from) == (date(2025, 12, 31), DAY)
    assert "由其他机构分立" in client.get(reverse("bodies:body", args=[other.slug])).content.decode()


def test_a_moved_body_stands_in_its_new_division(old):
    make_division("440100")

    services.move_body(body_id=old.pk, address="黄埔区科学大道1号", division="440100", **ACT)

    old.refresh_from_db()
    assert (old.address, old.division_id) == ("黄埔区科学大道1号", "440100")
    with pytest.raises(LifeRefused, match="division"):
        services.move_body(body_id=old.pk, address="他处", division="999999", **ACT)


def test_a_closed_body_can_not_be_changed_again(old):
    services.close_body(body_id=old.pk, **ACT)

    with pytest.raises(LifeRefused, match="ended"):
        services.rename_body(body_id=old.pk, name="新名称", **ACT)


@pytest.mark.parametrize("missing", [{"document_no": " "}, {"why": " "}])
def test_without_document_or_reason_nothing_happens(old, missing):
    with pytest.raises((LifeRefused, MissingReason)):
        services.rename_body(body_id=old.pk, name="新名称检测", **(ACT | missing))

    old.refresh_from_db()
    assert (old.name, BodyName.objects.count()) == ("珠江检测有限公司", 0)


def test_an_officer_of_a_city_may_not_rename_a_body_and_one_of_the_province_may(old):
    make_division("440106")
    Body.objects.filter(pk=old.pk).update(division_id="440106")
    city, province = (
        make_member(Role.CITY_OFFICER),
        make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000")),
    )
    with pytest.raises(NotAllowed):
        services.rename_body(body_id=old.pk, name="新名称检测", **(ACT | {"by": city}))

    services.rename_body(body_id=old.pk, name="新名称检测", **(ACT | {"by": province}))

    assert BodyEvent.history.get().history_user == province


def test_single_lines_are_given_up_from_a_day_on_and_mistakes_are_struck_out(old):
    lead = ScopeLine.objects.get(parameter_text="铅")
    services.reduce_scope(body_id=old.pk, line_ids=[lead.pk], on=DAY, by=None, at=NOON, why="own request")
    assert (scope(old, date(2025, 12, 31)), scope(old, DAY)) == (["铅"], [])

    with pytest.raises(LinesRefused, match="begun"):
        services.reduce_scope(body_id=old.pk, line_ids=[lead.pk], on=date(2030, 1, 1), by=None, at=NOON, why="late")
    with pytest.raises(LinesRefused, match="body's"):
        services.strike_lines(body_id=make_body("x").pk, line_ids=[lead.pk], by=None, at=NOON, why="wrong")

    later = NOON + timedelta(days=1)
    assert services.strike_lines(body_id=old.pk, line_ids=[lead.pk], by=None, at=later, why="never held") == 1
    assert scope(old, date(2025, 12, 31)) == []
    known = body_as_of(old, date(2025, 12, 31), known_at=later - timedelta(seconds=1))
    assert [one.parameter_text for one in search_scope(known.scope, "铅")] == ["铅"]
