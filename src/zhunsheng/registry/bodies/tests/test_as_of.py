"""What held on a day, and what was known of it at a moment."""

from datetime import date, datetime

import pytest

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.registry.bodies.facts import BodyClaim
from zhunsheng.registry.bodies.models import Accreditation, AccreditationPeriod, Body
from zhunsheng.registry.bodies.selectors import body_as_of, facts_for, find_bodies, instruments_on
from zhunsheng.registry.bodies.services import import_rows
from zhunsheng.registry.bodies.standing import with_standing
from zhunsheng.registry.bodies.tests.factories import NOON, SHANGHAI, make_body, make_certificate, make_line, make_site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2023, 4, 30), "none"),
        (date(2023, 5, 1), "active"),
        (date(2026, 1, 4), "active"),
        (date(2026, 1, 5), "suspended"),
        (date(2029, 4, 30), "suspended"),
    ],
)
def test_a_certificate_stands_as_its_dates_say_and_a_suspension_counts_from_its_first_day(day, standing):
    body = make_body()
    make_certificate(body, status="suspended", status_on=date(2026, 1, 5))

    assert body_as_of(body, day).standing == standing


@pytest.mark.parametrize(
    ("day", "standing"), [(date(2029, 4, 30), "active"), (date(2029, 5, 1), "expired"), (date(2023, 4, 30), "not_yet")]
)
def test_the_last_day_of_a_certificate_still_counts(day, standing):
    body = make_body()
    make_certificate(body)

    assert facts_for([body.pk])[body.pk].standing_on(day) == standing


@pytest.mark.parametrize("status", ["active", "expired", "suspended", "cancelled", "revoked"])
def test_the_list_and_the_page_agree_on_the_standing_of_every_day(status):
    body = make_body()
    make_certificate(body, status=status, status_on=None if status == "active" else date(2026, 1, 5))
    facts = facts_for([body.pk])[body.pk]

    for day in (date(2023, 4, 30), date(2023, 5, 1), date(2026, 1, 4), date(2026, 1, 5), date(2029, 5, 1)):
        assert with_standing(Body.objects.all(), day).get().standing == facts.standing_on(day)


def test_after_a_renewal_the_old_certificate_answers_for_its_days_and_the_new_for_its_own():
    body = make_body()
    old = make_certificate(body, "OLD", valid_from=date(2017, 5, 1), valid_to=date(2023, 4, 30))
    new = make_certificate(body, "NEW", valid_from=date(2023, 5, 1), valid_to=date(2029, 4, 30))
    make_line(old, valid_from=date(2017, 5, 1), valid_to=date(2023, 4, 30), parameter_text="铅")
    make_line(new, valid_from=date(2023, 5, 1), valid_to=date(2029, 4, 30), parameter_text="镉")

    held = {day: [line.parameter_text for line in body_as_of(body, day).scope] for day in (
        date(2017, 4, 30), date(2017, 5, 1), date(2023, 4, 30), date(2023, 5, 1), date(2029, 4, 30), date(2029, 5, 1),
    )}  # fmt: skip

    assert list(held.values()) == [[], ["铅"], ["铅"], ["镉"], ["镉"], []]
    facts = facts_for([body.pk])[body.pk]
    assert [facts.certificate_on(day).number for day in (date(2023, 4, 30), date(2023, 5, 1))] == ["OLD", "NEW"]


def test_a_correction_recorded_late_changes_today_s_answer_and_not_what_was_known_then():
    body = make_body()
    certificate = make_certificate(body)
    with recorded(None, "notice read late"):
        period = AccreditationPeriod(accreditation=certificate, state="suspended", valid_from=date(2024, 6, 1))
        period._history_date = datetime(2027, 3, 1, 9, tzinfo=SHANGHAI)
        period.save()
    Accreditation.history.filter(history_type="+").update(history_date=datetime(2023, 5, 1, tzinfo=SHANGHAI))

    day = date(2024, 6, 1)
    assert body_as_of(body, day).standing == "suspended"
    assert body_as_of(body, day, known_at=datetime(2027, 2, 28, tzinfo=SHANGHAI)).standing == "active"
    assert body_as_of(body, day, known_at=datetime(2027, 3, 2, tzinfo=SHANGHAI)).standing == "suspended"


def test_sites_and_scope_that_were_not_recorded_yet_were_not_known():
    body = make_body()
    make_line(make_certificate(body))
    make_site(body, "A")

    before = body_as_of(body, date(2026, 3, 2), known_at=datetime(2000, 1, 1, tzinfo=SHANGHAI))

    assert (list(before.scope), before.sites, before.standing) == ([], [], "none")


def test_facts_of_many_bodies_take_as_many_queries_as_of_one(django_assert_num_queries):
    ids = []
    for number in range(5):
        body = make_body(f"23191205000{number}")
        make_certificate(body)
        make_site(body, "A")
        ids.append(body.pk)
        rows = [{"body": body.slug, "code": f"P{place}", "name": "李示范", "field": "水质"} for place in range(3)]
        import_rows(kind="signatories", rows=rows, by=None, at=NOON, why="test")

    with django_assert_num_queries(9):
        facts_for(ids[:1])
    with django_assert_num_queries(9):
        facts = facts_for(ids)

    assert sorted(facts[ids[0]].persons) == ["P0", "P1", "P2"]
    assert facts[ids[0]].persons["P0"].signings[0].field == "水质"
    assert sorted(facts_for(ids, persons={"P1"}, instruments=set())[ids[0]].persons) == ["P1"]


def test_a_report_s_claim_finds_its_body_by_any_identifier_and_a_contradiction_finds_none(django_assert_num_queries):
    first = make_body("231912050001", cma="231912050001", uscc="91440106MA0000001X")
    second = make_body("ee-terviseamet:TA", register="ee-terviseamet", register_id="TA")
    make_certificate(first, "171912050009")
    claims = [
        BodyClaim(cma="231912050001"),
        BodyClaim(uscc="91440106MA0000001X"),
        BodyClaim(cma="171912050009"),
        BodyClaim(register="ee-terviseamet", id="TA"),
        BodyClaim(id="231912050001"),
        BodyClaim(name="某机构"),
        BodyClaim(cma="231912050001", register="ee-terviseamet", id="TA"),
    ]

    with django_assert_num_queries(2):
        found = find_bodies(claims)

    assert found == [first.pk, first.pk, first.pk, second.pk, first.pk, None, None]


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2025, 3, 1), "never"),
        (date(2025, 3, 2), "calibrated"),
        (date(2026, 3, 1), "calibrated"),
        (date(2026, 3, 2), "overdue"),
    ],
)
def test_an_instrument_is_calibrated_up_to_its_due_day(day, standing):
    body = make_body()
    import_rows(
        kind="instruments", rows=[{"body": body.slug, "code": "E-1", "name": "天平"}], by=None, at=NOON, why="test"
    )
    row = {
        "body": body.slug,
        "code": "E-1",
        "certificate_no": "G-1",
        "calibrated_on": "2025-03-02",
        "due_on": "2026-03-01",
    }
    import_rows(kind="calibrations", rows=[row], by=None, at=NOON, why="test")

    assert [state for _one, _calibration, state in instruments_on(body, day)] == [standing]
