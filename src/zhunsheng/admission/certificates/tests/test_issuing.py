"""From a decision to a certificate: the register, the documents, the codes, the day list."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from zhunsheng.admission.certificates import services
from zhunsheng.admission.certificates.grants import Grant, GrantedLine, GrantedSignatory, GrantedSite
from zhunsheng.admission.certificates.models import Certificate, ListedDecision, Stage
from zhunsheng.admission.certificates.schedules import ScheduleRefused
from zhunsheng.admission.certificates.services import IssueRefused
from zhunsheng.admission.certificates.tests.factories import (
    CADMIUM,
    DAY,
    LEAD,
    RICE,
    first_grant,
    issue,
    later,
    make_world,
    noon,
)
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import make_member
from zhunsheng.platform.credentials import selectors as credentials
from zhunsheng.registry.bodies import selectors as register
from zhunsheng.registry.bodies.models import Accreditation, Body, ScopeLine, Signatory
from zhunsheng.registry.bodies.rules.standing import status_on
from zhunsheng.registry.bodies.services import CertificateRefused
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate, make_line, make_site

pytestmark = pytest.mark.django_db


def lines_on(body, day):
    return sorted(register.scope_on(body, day).values_list("parameter_text", "accreditation__number"))


def status_of(code):
    return str(credentials.by_code(code).status)


def test_a_first_grant_enters_the_body_under_its_number_with_scope_site_and_signatory():
    world = make_world()

    made = issue(world)

    body = made.body
    assert (body.slug, body.cma, body.organisation_id) == (made.number, made.number, world.laboratory.pk)
    assert (made.version, made.stage, made.lines, made.valid_to) == (1, Stage.CURRENT, 2, date(2032, 3, 1))
    held = register.body_as_of(body, DAY)
    assert held.standing == "active"
    assert register.body_as_of(body, DAY - timedelta(days=1)).standing == "none"
    assert lines_on(body, DAY) == [("铅", made.number), ("镉", made.number)]
    assert [site.code for site in held.sites] == ["A"]
    assert [(one.person.name, one.field) for one in register.signatories_on(body, DAY)] == [("陈一鸣", "生态环境")]


def test_the_term_is_six_years_and_no_decision_makes_it_longer():
    """Order 163, Art. 13."""
    world = make_world()

    with pytest.raises(IssueRefused) as caught:
        issue(world, first_grant(world, valid_to=date(2032, 3, 2)))

    assert caught.value.field == "valid_to"
    assert not Body.objects.exists()
    assert issue(world, first_grant(world, valid_to=date(2030, 1, 1))).valid_to == date(2030, 1, 1)


def test_a_term_that_begins_on_29_february_ends_on_the_last_day_of_february_six_years_on():
    world = make_world()
    day = date(2028, 2, 29)

    made = issue(world, first_grant(world, decided_on=day, valid_from=day))

    assert made.valid_to == date(2034, 2, 28)


def test_certificate_schedule_and_signatories_each_have_a_valid_code():
    made = issue(make_world())

    codes = (made.code, made.schedule_code, made.signatories_code)
    assert len(set(codes)) == 3
    assert {status_of(code) for code in codes} == {"valid"}


def test_the_day_list_says_what_was_granted_and_what_was_not():
    world = make_world()

    issue(world, first_grant(world, refused=(RICE,)))

    listed = ListedDecision.objects.get()
    assert (listed.kind, listed.on, listed.body_name) == ("partly_granted", DAY, "岭南检测有限公司")
    assert "不予批准 1 项" in listed.words


def test_the_same_decision_twice_is_one_and_with_other_content_is_refused():
    world = make_world()
    made = issue(world)

    assert issue(world) == made
    with pytest.raises(IssueRefused) as caught:
        issue(world, first_grant(world, added=(RICE,)))

    assert caught.value.field == "decision_no"
    assert (Certificate.objects.count(), ListedDecision.objects.count()) == (1, 1)


def test_only_the_grantors_officers_issue():
    world = make_world()

    with pytest.raises(NotAllowed):
        issue(world, by=make_member(Role.REVIEWER, world.bureau))

    assert not Certificate.objects.exists()


def test_an_extension_keeps_number_and_certificate_and_replaces_the_schedule():
    world = make_world()
    first = issue(world)

    second = issue(world, later(first, added=(RICE,)))

    assert (second.number, second.version, second.lines, second.added) == (first.number, 2, 3, 1)
    assert second.code == first.code
    assert second.signatories_code == first.signatories_code
    assert second.schedule_code != first.schedule_code
    assert (status_of(first.schedule_code), status_of(second.schedule_code)) == ("replaced", "valid")
    first.refresh_from_db()
    assert first.stage == Stage.FORMER
    assert [one[0] for one in lines_on(first.body, DAY)] == ["铅", "镉"]
    rice = ScopeLine.objects.get(object_text="大米")
    assert (rice.valid_from, rice.valid_to) == (DAY + timedelta(days=10), date(2032, 3, 1))


def test_a_change_of_method_ends_the_old_line_the_day_before():
    world = make_world()
    old = replace(LEAD, method_text="GB/T 5750.6-2006")
    made = issue(world, first_grant(world, added=(old,)))
    held = ScopeLine.objects.get()

    changed = issue(world, later(made, occasion="method_year", replaced=((held.pk, LEAD),)))

    day = DAY + timedelta(days=10)
    assert list(register.scope_on(made.body, day).values_list("method_text", flat=True)) == ["GB/T 5750.6-2023"]
    before = register.scope_on(made.body, day - timedelta(days=1))
    assert list(before.values_list("method_text", flat=True)) == ["GB/T 5750.6-2006"]
    assert (changed.added, changed.ended, changed.lines) == (1, 1, 1)
    assert ListedDecision.objects.filter(kind="changed").count() == 1


def test_items_given_up_end_and_those_of_another_body_are_refused():
    world = make_world()
    made = issue(world)
    other = make_line(make_certificate(make_body("231912050001")))
    cadmium = ScopeLine.objects.get(body=made.body, parameter_text="镉")

    with pytest.raises(ScheduleRefused):
        issue(world, later(made, occasion="cancel_item", ended=(other.pk,)))
    after = issue(world, later(made, occasion="cancel_item", ended=(cadmium.pk,)))

    assert (after.ended, after.lines) == (1, 1)


def test_a_new_name_is_printed_and_the_old_certificate_is_replaced():
    world = make_world()
    made = issue(world)

    renamed = issue(world, later(made, occasion="name", new_name="岭南检验检测集团有限公司"))

    assert renamed.name == "岭南检验检测集团有限公司"
    assert renamed.code != made.code
    assert status_of(made.code) == "replaced"
    body = Body.objects.get()
    assert body.slug == made.number
    assert register.life_of(body, DAY).former_names == ["岭南检测有限公司"]


def test_lines_at_a_place_given_up_end_with_it_and_new_places_are_entered():
    world = make_world()
    made = issue(world)
    at_b = replace(LEAD, site_code="B")

    moved = issue(
        world,
        later(made, occasion="site", sites=(GrantedSite("B", "番禺实验室", "番禺区", "440106"),), ended_sites=("A",),
              added=(at_b,)),
    )  # fmt: skip

    assert (moved.ended, moved.added, moved.lines) == (2, 1, 1)
    held = register.body_as_of(made.body, DAY + timedelta(days=10))
    assert [site.code for site in held.sites] == ["B"]


def test_a_line_at_a_place_that_the_body_lacks_is_refused():
    world = make_world()

    with pytest.raises(ScheduleRefused) as caught:
        issue(world, first_grant(world, added=(replace(LEAD, site_code="Z"),)))

    assert caught.value.field == "sites"
    assert not Certificate.objects.exists()


def test_signatories_change_alone_and_give_only_their_list_a_new_code():
    world = make_world()
    made = issue(world)
    chen = Signatory.objects.get()

    changed = issue(
        world,
        later(made, occasion="signatory", ended_signatories=(chen.pk,),
              signatories=(GrantedSignatory("李思远", "生态环境", "高级工程师"),)),
    )  # fmt: skip

    day = DAY + timedelta(days=10)
    assert [one.person.name for one in register.signatories_on(made.body, day)] == ["李思远"]
    assert (changed.code, changed.schedule_code) == (made.code, made.schedule_code)
    assert status_of(made.signatories_code) == "replaced"


def test_statements_are_normalised_by_the_catalogue_and_it_is_told():
    """铅（Pb） and 饮用水 are synonyms of the small catalogue; GB/T5750.6—2023 is GB/T 5750.6-2023."""
    world = make_world()
    written = GrantedLine("饮用水", "铅（Pb）", "GB/T5750.6—2023", domain="生态环境")

    made = issue(world, first_grant(world, added=(written,)))

    line = ScopeLine.objects.get()
    assert (line.object_text, line.parameter_text, line.method_text) == ("生活饮用水", "铅", "GB/T 5750.6-2023")
    assert line.edition_id
    assert {"kind": "normalised", "before": "铅（Pb）", "after": "铅"} in made.notes


def test_what_is_granted_twice_in_other_words_is_one_line_and_told():
    world = make_world()
    made = issue(world)

    again = issue(world, later(made, added=(replace(LEAD, parameter_text="铅（Pb）", remark="重复"), RICE)))

    assert (again.added, again.lines) == (1, 3)
    assert [one["why"] for one in again.notes if one["kind"] == "merged"] == ["same"]


def test_an_unlimited_grant_takes_the_place_of_a_limited_line():
    world = make_world()
    made = issue(world, first_grant(world, added=(replace(LEAD, limitation="0.01~1 mg/L"),)))

    wider = issue(world, later(made, added=(LEAD,)))

    assert (wider.added, wider.ended, wider.lines) == (1, 1, 1)
    day = DAY + timedelta(days=10)
    assert register.scope_on(made.body, day).get().limitation == ""


def test_several_former_certificates_become_one_and_nothing_is_granted_longer():
    world = make_world()
    body = make_body("231912050001", cma="231912050001", division=world.laboratory.division)
    make_site(body, "A")
    one = make_certificate(body, "231912050001")
    other = make_certificate(body, "231912050002", valid_from=date(2022, 1, 1), valid_to=date(2027, 12, 31))
    make_line(one)
    make_line(other, parameter_text="镉")
    make_line(other)

    grant = replace(later_of(body), added=(RICE,))
    made = issue(world, grant)

    assert made.number == "231912050001"
    day = grant.valid_from
    assert lines_on(body, day) == [("铅", one.number), ("铅", one.number), ("镉", one.number)]
    assert ScopeLine.objects.get(accreditation=one, parameter_text="镉").valid_to == date(2027, 12, 31)
    assert status_on(Accreditation.objects.get(pk=other.pk), day) == "expired"
    assert {"kind": "moved", "number": "231912050002", "lines": 2} in made.notes
    assert [note["why"] for note in made.notes if note["kind"] == "merged"] == ["same"]


def later_of(body, **values):
    day = DAY + timedelta(days=10)
    return replace(
        first_grant_for(body), whole_term=False, occasion="extension", decided_on=day, valid_from=day, sites=(),
        signatories=(), **values,
    )  # fmt: skip


def first_grant_for(body):
    return Grant(None, body.pk, "SQ-2026-00009", "9号", DAY, DAY, whole_term=True, added=(LEAD,))


def test_a_renewal_carries_what_was_decided_anew_and_ends_the_rest():
    world = make_world()
    made = issue(world)
    lead = ScopeLine.objects.get(parameter_text="铅")
    day = date(2032, 2, 1)

    renewed = issue(
        world,
        later(made, occasion="renewal", whole_term=True, decided_on=day, valid_from=day, carried=(lead.pk,),
              decision_no="延续1号"),
    )  # fmt: skip

    assert renewed.number.startswith("3219")
    assert (renewed.version, renewed.predecessor_id, renewed.valid_to) == (1, made.pk, date(2038, 1, 31))
    assert lines_on(made.body, day) == [("铅", renewed.number)]
    assert [one[0] for one in lines_on(made.body, day - timedelta(days=1))] == ["铅", "镉"]
    body = Body.objects.get()
    assert (body.slug, body.cma) == (made.number, renewed.number)
    assert [status_on(one, day) for one in register.certificates_of(body)] == ["active", "expired"]
    assert {status_of(code) for code in (made.code, made.schedule_code, made.signatories_code)} == {"replaced"}
    assert [one.valid_to for one in register.signatories_on(body, day)] == [date(2038, 1, 31)]


def test_a_renewal_decided_early_takes_over_on_its_first_day():
    world = make_world()
    made = issue(world)
    decided, begins = date(2032, 1, 10), date(2032, 3, 2)
    keys = tuple(ScopeLine.objects.values_list("pk", flat=True))
    coming = issue(
        world,
        later(made, occasion="renewal", whole_term=True, decided_on=decided, valid_from=begins, carried=keys,
              decision_no="延续1号"),
    )  # fmt: skip

    assert (coming.stage, status_of(made.code)) == (Stage.COMING, "valid")
    assert register.body_as_of(made.body, begins - timedelta(days=1)).standing == "active"
    with pytest.raises(IssueRefused):
        issue(world, later(made, days=0, decided_on=decided, valid_from=decided, decision_no="变更", added=(RICE,)))
    assert services.keep_up(noon(begins - timedelta(days=1))) == 0
    assert services.keep_up(noon(begins)) == 1
    assert services.keep_up(noon(begins)) == 0

    coming.refresh_from_db()
    made.refresh_from_db()
    assert (coming.stage, made.stage) == (Stage.CURRENT, Stage.FORMER)
    assert (status_of(made.code), status_of(coming.code)) == ("replaced", "valid")
    assert Body.objects.get().cma == coming.number


def test_a_change_needs_a_certificate_in_force_and_a_day_that_has_come():
    world = make_world()
    made = issue(world)
    bare = make_body("231912050001", division=world.laboratory.division)

    with pytest.raises(IssueRefused):
        issue(world, replace(later_of(bare), added=(RICE,)))
    with pytest.raises(IssueRefused) as caught:
        issue(world, later(made, added=(RICE,)), at=noon(DAY))

    assert caught.value.field == "valid_from"


def test_a_certificate_of_the_national_administration_is_not_changed_here():
    world = make_world()
    body = make_body("230020349767", division=world.laboratory.division)
    make_certificate(body, "230020349767")
    make_site(body, "A")

    with pytest.raises(IssueRefused) as caught:
        issue(world, replace(later_of(body), added=(RICE,)))

    assert caught.value.field == "body"


def test_a_body_that_another_organisation_acts_for_is_refused():
    world = make_world()
    made = issue(world)

    with pytest.raises(CertificateRefused):
        issue(world, later(made, organisation_id=world.bureau.pk, added=(RICE, CADMIUM)))
