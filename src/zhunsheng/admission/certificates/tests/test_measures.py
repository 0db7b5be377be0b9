"""What befalls a certificate: on grounds that a law names, by the grantor alone, at once in register and codes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from zhunsheng.admission.certificates import law_book, selectors, services
from zhunsheng.admission.certificates.models import Certificate, ListedDecision, Measure
from zhunsheng.admission.certificates.services import IssueRefused, MeasureRefused
from zhunsheng.admission.certificates.tests.factories import DAY, RICE, first_grant, issue, later, make_world, noon
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.platform.credentials import selectors as credentials
from zhunsheng.platform.notices.models import Notice
from zhunsheng.registry.bodies import measures
from zhunsheng.registry.bodies import selectors as register
from zhunsheng.registry.bodies.models import Body, ScopeLine, ScopeReduction
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate, make_line

pytestmark = pytest.mark.django_db
ON = DAY + timedelta(days=30)
OWN, PT, FRAUD, LOST = "MEASURE-OWN-STOP", "MEASURE-PROFICIENCY", "MEASURE-FRAUD", "MEASURE-LOST-BY-LAW"
ASKED = "MEASURE-OWN-CANCELLATION"


def act(world, made, **values):
    plain = {"body_id": made.body_id, "decision_no": "粤市监〔2026〕501号", "on": ON, "by": world.officer,
             "at": noon(ON), "why": "机构书面申请"}  # fmt: skip
    return plain | values


def standing(made, day):
    return register.body_as_of(made.body, day).standing


def statuses(made):
    codes = (made.code, made.schedule_code, made.signatories_code)
    return {str(credentials.by_code(code).status) for code in codes}


def test_a_suspension_shows_at_once_in_register_codes_and_day_list():
    world = make_world()
    made = issue(world)

    measure = services.suspend(**act(world, made, ground=OWN))

    assert (standing(made, ON - timedelta(days=1)), standing(made, ON)) == ("active", "suspended")
    assert statuses(made) == {"suspended"}
    listed = ListedDecision.objects.get(kind="suspended")
    assert "第十四条" in listed.words
    assert "机构书面申请" not in listed.words
    assert measure.basis.startswith("《检验检测机构资质认定管理办法")


def test_a_measure_is_told_to_rooms_above_without_what_stays_inside():
    world = make_world()
    made = issue(world)
    services.suspend(**act(world, made, ground=OWN))
    number = made.accreditation.number

    (told,) = measures.announced_since(number, ON)

    assert (told.decision_no, told.on, number in told.address) == ("粤市监〔2026〕501号", ON, True)
    assert "机构书面申请" not in str(told)
    assert not measures.announced_since(number, ON + timedelta(days=1))


def test_the_body_is_told_of_what_befalls_its_certificate_with_number_and_article():
    world = make_world()
    made = issue(world)
    Body.objects.filter(pk=made.body_id).update(organisation=world.laboratory)

    services.suspend(**act(world, made, ground=OWN))
    services.suspend(**act(world, made, ground=OWN))  # sent twice, told once

    told = Notice.objects.get(kind="certificates.measure")
    assert told.deliveries.get().organisation == world.laboratory
    assert "粤市监〔2026〕501号" in told.body
    assert "《检验检测机构资质认定管理办法" in told.body


def test_a_lifted_suspension_makes_the_codes_valid_again_and_stays_on_record():
    world = make_world()
    made = issue(world)
    services.suspend(**act(world, made, ground=PT))
    day = ON + timedelta(days=20)

    services.lift(**act(world, made, decision_no="恢复1号", on=day, at=noon(day)))

    assert [standing(made, one) for one in (ON, day - timedelta(days=1), day)] == ["suspended", "suspended", "active"]
    assert statuses(made) == {"valid"}
    assert Measure.objects.get(kind="suspend").restored_at == noon(day)


def test_a_suspension_with_a_last_day_ends_by_the_calendar():
    world = make_world()
    made = issue(world)
    last = ON + timedelta(days=9)
    services.suspend(**act(world, made, ground=OWN, until=last))

    assert services.keep_up(noon(last)) == 0
    assert statuses(made) == {"suspended"}
    assert services.keep_up(noon(last + timedelta(days=1))) == 1

    assert statuses(made) == {"valid"}
    assert standing(made, last + timedelta(days=1)) == "active"


def test_nothing_is_added_to_a_suspended_certificate_but_a_new_name_is_printed_suspended():
    world = make_world()
    made = issue(world)
    services.suspend(**act(world, made, ground=OWN))

    with pytest.raises(IssueRefused):
        issue(world, later(made, days=31, added=(RICE,)))
    renamed = issue(world, later(made, days=31, occasion="name", new_name="岭南检验检测集团有限公司"))

    assert statuses(renamed) == {"suspended"}


def test_no_suspended_certificate_is_renewed_unseen():
    world = make_world()
    made = issue(world)
    services.suspend(**act(world, made, ground=OWN))
    keys = tuple(ScopeLine.objects.values_list("pk", flat=True))

    with pytest.raises(IssueRefused) as caught:
        issue(world, later(made, days=31, occasion="renewal", whole_term=True, carried=keys))

    assert caught.value.remedy


def test_lines_end_by_a_ground_and_the_schedule_is_issued_anew():
    world = make_world()
    made = issue(world)
    cadmium = ScopeLine.objects.get(parameter_text="镉")

    services.reduce(**act(world, made, ground=PT, line_ids=[cadmium.pk]))

    now = Certificate.objects.get(stage="current")
    assert (now.version, now.lines, now.ended, now.occasion) == (2, 1, 1, "reduction")
    assert now.code == made.code
    assert str(credentials.by_code(made.schedule_code).status) == "replaced"
    kept = ScopeReduction.objects.get()
    assert (kept.kind, kept.valid_from, kept.document_no) == ("reports_stopped", ON, "粤市监〔2026〕501号")
    assert [one.parameter_text for one in register.scope_on(made.body, ON)] == ["铅"]


@pytest.mark.parametrize(("verb", "ground", "word"), [("cancel", ASKED, "cancelled"), ("revoke", FRAUD, "revoked")])
def test_a_certificate_ends_with_its_lines_and_its_codes_say_so(verb, ground, word):
    world = make_world()
    made = issue(world)

    getattr(services, verb)(**act(world, made, ground=ground))

    assert (standing(made, ON - timedelta(days=1)), standing(made, ON)) == ("active", word)
    assert not register.scope_on(made.body, ON).exists()
    assert register.scope_on(made.body, ON - timedelta(days=1)).count() == 2
    assert statuses(made) == {word}
    assert ListedDecision.objects.filter(kind=word).count() == 1


def test_a_revocation_is_never_made_better_by_a_later_grant():
    world = make_world()
    made = issue(world)
    services.revoke(**act(world, made, ground=FRAUD))

    again = issue(world, replace(first_grant(world), decision_no="2029重新申请", decided_on=ON, valid_from=ON))

    assert (again.body_id, again.predecessor_id) == (made.body_id, made.pk)
    assert again.number != made.number
    assert statuses(made) == {"revoked"}
    assert standing(made, ON) == "active"


def test_a_coming_certificate_is_revoked_with_the_current_one():
    world = make_world()
    made = issue(world)
    keys = tuple(ScopeLine.objects.values_list("pk", flat=True))
    begins = ON + timedelta(days=60)
    coming = issue(world, later(made, days=20, occasion="renewal", whole_term=True, valid_from=begins, carried=keys))

    services.revoke(**act(world, made, ground=FRAUD))
    services.keep_up(noon(begins))

    assert statuses(coming) == {"revoked"}
    assert standing(made, begins) == "revoked"


@pytest.mark.parametrize(
    ("verb", "ground"),
    [("suspend", FRAUD), ("suspend", "MEASURE-PENALTY"), ("revoke", OWN), ("cancel", PT), ("suspend", LOST)],
)
def test_a_ground_that_no_law_knows_for_the_measure_is_refused(verb, ground):
    world = make_world()
    made = issue(world)

    with pytest.raises(MeasureRefused) as caught:
        getattr(services, verb)(**act(world, made, ground=ground))

    assert caught.value.field == "ground"
    assert statuses(made) == {"valid"}
    assert not Measure.objects.exists()


def test_a_county_recommends_and_does_not_revoke():
    world = make_world()
    made = issue(world)
    county = make_member(Role.COUNTY_OFFICER, make_organisation(division="440106"))

    with pytest.raises(NotAllowed):
        services.revoke(**act(world, made, ground=FRAUD, by=county))

    assert standing(made, ON) == "active"


def test_a_certificate_of_the_national_administration_is_reported_upwards():
    world = make_world()
    body = make_body("230020349767", division=world.laboratory.division)
    make_line(make_certificate(body, "230020349767"))

    with pytest.raises(MeasureRefused) as caught:
        services.revoke(
            body_id=body.pk, ground=FRAUD, decision_no="1号", on=ON, by=world.officer, at=noon(ON), why="虚假材料"
        )

    assert "national administration" in caught.value.remedy


def test_a_certificate_issued_before_this_system_is_measured_in_the_register_alone():
    world = make_world()
    body = make_body("231912050001", division=world.laboratory.division)
    make_line(make_certificate(body, "231912050001"))

    measure = services.cancel(
        body_id=body.pk, ground=ASKED, decision_no="1号", on=ON, by=world.officer, at=noon(ON), why="机构申请"
    )

    assert measure.certificate is None
    assert register.body_as_of(body, ON).standing == "cancelled"


def test_the_same_decision_twice_is_one_and_another_under_its_number_is_refused():
    world = make_world()
    made = issue(world)
    first = services.suspend(**act(world, made, ground=OWN))

    assert services.suspend(**act(world, made, ground=OWN)) == first
    with pytest.raises(MeasureRefused):
        services.cancel(**act(world, made, ground=ASKED))
    for other in ({"ground": "MEASURE-PROFICIENCY"}, {"ground": OWN, "until": ON + timedelta(days=30)}):
        with pytest.raises(MeasureRefused):
            services.suspend(**act(world, made, **other))

    assert Measure.objects.count() == 1


def test_a_number_taken_for_another_body_at_the_same_moment_is_refused_with_the_reason(monkeypatch):
    """Each body is locked by itself: two officers may send the same number for two of them at once."""
    world = make_world()
    made = issue(world)
    other = make_body("231912050002", division=world.laboratory.division)
    make_line(make_certificate(other, "231912050002"))
    ground_of = services.measures._ground

    def beside(act_now):
        if act_now.body_id == made.body_id:
            services.cancel(**act(world, made, body_id=other.pk, ground=ASKED))
        return ground_of(act_now)

    monkeypatch.setattr(services.measures, "_ground", beside)
    with pytest.raises(MeasureRefused) as caught:
        services.suspend(**act(world, made, ground=OWN))

    assert caught.value.field == "decision_no"
    assert statuses(made) == {"valid"}


def test_a_line_begun_and_a_line_ended_since_the_schedule_are_two_that_it_does_not_print():
    world = make_world()
    made = issue(world)
    cadmium = ScopeLine.objects.get(parameter_text="镉")
    lately = ON - timedelta(days=1)
    ScopeLine.objects.filter(pk=cadmium.pk).update(valid_to=lately)
    make_line(made.accreditation, object_text="大米", parameter_text="砷", valid_from=lately)

    assert selectors.page_of(made.number, ON).unprinted == 2


def test_a_measure_fits_how_the_certificate_stands():
    world = make_world()
    made = issue(world)

    with pytest.raises(MeasureRefused):
        services.lift(**act(world, made))
    with pytest.raises(MeasureRefused):
        services.suspend(**act(world, made, ground=OWN, on=ON + timedelta(days=1)))
    with pytest.raises(MeasureRefused) as caught:
        services.suspend(**act(world, made, ground=OWN, until=ON - timedelta(days=1)))
    assert caught.value.field == "until"
    with pytest.raises(MeasureRefused):
        services.suspend(**act(world, made, ground=OWN, decision_no=" "))


def test_every_ground_names_its_article_and_what_the_register_keeps():
    """There is no ground that is a mere penalty: each names a law."""
    grounds = [one for one in law_book.book() if one.id.startswith("MEASURE-")]

    assert len(grounds) >= 12
    assert all(basis.law for one in grounds for basis in one.basis)
    assert {one.id for one in law_book.grounds("suspend", ON)} == {OWN, PT}
