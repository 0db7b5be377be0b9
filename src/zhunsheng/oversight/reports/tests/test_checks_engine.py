"""The checks against the register: facts of a whole batch gathered in a constant number of queries."""

import hashlib
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhunsheng.oversight.reports.checks import check_many
from zhunsheng.oversight.reports.models import Occupation, Report
from zhunsheng.oversight.reports.tests import strategies
from zhunsheng.oversight.reports.tests.registered import (
    ARRIVAL,
    OTHER,
    SLUG,
    check,
    parsed,
    register_laboratory,
    registers,
    report,
    result,
)
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.documents import files
from zhunsheng.registry.bodies.models import Accreditation, Calibration, Instrument, Person, ScopeLine, Signatory
from zhunsheng.registry.bodies.scope import rebuild_index
from zhunsheng.registry.bodies.tests.factories import make_body
from zhunsheng.registry.catalogue import selectors

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def laboratory(db, home):
    """Return a laboratory with all its papers, on a register of its own."""
    selectors.forget_vocabulary()
    yield registers()
    selectors.forget_vocabulary()


def change(model, **values):
    """Change the one record of a kind."""
    with recorded(None, "made for a test"):
        for one in model.objects.all():
            for name, value in values.items():
                setattr(one, name, value)
            one.save()


def test_a_report_with_all_papers_in_order_has_no_finding():
    assert check(report()) == [[]]


def test_a_report_with_all_papers_in_order_has_no_finding_by_the_index_either():
    rebuild_index()

    assert check(report()) == [[]]


PLANTED = [
    (report(result(method="GB/T 5750.6-2006")), ["SCOPE-EDITION", "METHOD-SUPERSEDED"]),
    (report(result(parameter="汞")), ["SCOPE-PARAMETER", "CAT-PARAMETER"]),
    (report(result(method="HJ 700-2014")), ["SCOPE-METHOD"]),
    (report(result(parameter="镉", method="HJ 700-2014", limit={"max": "0.01"})), ["SCOPE-METHOD"]),
    (report(result(parameter="镉", limit={"max": "0.01"}), site="B"), ["SCOPE-SITE"]),
    (report(result(limit={"max": "0.01"}), sample={**report()["sample"], "object": "饲料"}), ["SCOPE-OBJECT"]),
    (report(signatory={"code": "S99"}), ["SIGN-UNKNOWN"]),
    (report(signatory={"name": "陈志明"}), []),
    (report(result(instrument="E999")), ["INST-UNKNOWN"]),
    (report(result(value="0.011")), ["VERDICT-SHOULD-FAIL"]),
    (
        report(result(value="11", unit="μg/L", limit={"max": "10", "standard": "GB 5749-2022"})),
        ["VERDICT-SHOULD-FAIL"],
    ),
    (report(result(limit={"max": "0.05", "standard": "GB 5749-2022"})), ["LIMIT-DIFFERS"]),
    (report(dates={"started": "2026-03-10", "finished": "2026-03-11", "issued": "2026-03-09"}), ["DATE-ISSUED-EARLY"]),
    (
        report(result(), result(2, parameter="镉", limit={"max": "0.01"}, verdict="不合格", value="0.02")),
        ["CONCLUSION-PASS"],
    ),
    (report(number="W1、W2"), ["NUMBER-PACKED"]),
    (report(result(), result(2)), ["LINE-DUPLICATE"]),
    (report(title="检测报告", site="A", client={"name": "甲"}, sample={"object": "生活饮用水"}), ["FIELD-MISSING"]),
]


@pytest.mark.parametrize(("planted", "expected"), PLANTED)
def test_each_planted_fault_is_found_and_nothing_else(planted, expected):
    assert check(planted) == [expected]


@pytest.mark.parametrize(("planted", "expected"), PLANTED)
def test_the_index_changes_no_answer(planted, expected):
    rebuild_index()

    assert check(planted) == [expected]


def test_papers_are_judged_on_the_day_of_testing():
    change(Accreditation, valid_to=date(2026, 3, 10))
    change(Calibration, due_on=date(2026, 3, 9))
    change(Signatory, valid_to=date(2026, 3, 11))

    assert check(report()) == [["CERT-EXPIRED", "SIGN-NOT-IN-OFFICE", "INST-CALIBRATION"]]


def test_a_scope_line_that_ended_before_the_test_is_found():
    change(ScopeLine, valid_to=date(2026, 3, 9))

    assert check(report()) == [["SCOPE-DATE"]]


def test_limitations_are_kept_broken_or_read_by_a_person():
    change(ScopeLine, limitation="0.001~0.004 mg/L")
    assert check(report()) == [["SCOPE-LIMITATION"]]

    change(ScopeLine, limitation="按协议执行")
    assert check(report()) == [["SCOPE-LIMITATION-READ"]]


def test_a_signing_field_that_covers_other_work_is_found():
    change(Signatory, field="土壤")

    assert check(report()) == [["SIGN-FIELD"]]


def test_a_signing_field_in_unknown_words_is_for_a_person():
    change(Signatory, field="理化室")

    assert check(report()) == [["SIGN-FIELD-READ"]]


def test_a_register_without_papers_states_nothing_and_accuses_nobody():
    with recorded(None, "made for a test"):
        for model in (ScopeLine, Accreditation, Signatory, Person, Calibration, Instrument):
            model.objects.all().delete()

    assert check(report()) == [["CERT-NOT-STATED", "SCOPE-NOT-STATED", "SIGN-NOT-STATED", "INST-NOT-STATED"]]


def test_a_body_that_nobody_knows_is_judged_by_its_own_statements():
    assert check(report(result(value="0.02"), slug="999999999999")) == [["VERDICT-SHOULD-FAIL"]]


def test_a_foreign_bodys_publication_has_one_finding_for_each_kind_of_gap():
    make_body("ee-terviseamet:TA", register="ee-terviseamet", register_id="TA")
    lines = [{"line": n, "parameter": "铅", "value": "1", "unit": "mg/L", "verdict": "合格"} for n in range(1, 9)]
    for number, line in enumerate(lines):
        line["value"] = str(number)
        line["parameter"] = f"参数{number}"
    foreign = {
        "format": "zhunsheng-report/1",
        "body": {"register": "ee-terviseamet", "id": "TA"},
        "number": "TA-1",
        "version": 1,
        "results": lines,
        "published": {"source": "ee-terviseamet"},
    }

    (found,) = check_many(parsed(foreign), received_at=ARRIVAL)

    assert [one.rule for one in found] == [
        "SCOPE-NOT-STATED",
        "METHOD-NOT-STATED",
        "CAT-PARAMETER",
        "SIGN-NOT-STATED",
        "INST-NOT-STATED",
        "DATE-NOT-STATED",
        "LIMIT-NOT-STATED",
    ]
    assert {one.severity for one in found} == {0}


def subcontracted(**changes):
    return report(result(instrument="X9", subcontractor={"name": "另一检测", "consent": "2026-03-09"} | changes))


def test_a_subcontractor_is_looked_up_by_its_number():
    register_laboratory(OTHER)

    assert check(subcontracted(cma=OTHER)) == [[]]
    assert check(subcontracted()) == [["SUB-NOT-STATED"]]


def test_a_subcontractor_must_hold_the_line_on_the_day():
    other = register_laboratory(OTHER)
    with recorded(None, "made for a test"):
        ScopeLine.objects.filter(body=other, object_text="生活饮用水").delete()
        certificate = Accreditation.objects.get(body=other)
        certificate.valid_to = date(2025, 1, 1)
        certificate.save()

    assert check(subcontracted(cma=OTHER)) == [["SUB-SCOPE", "SUB-CERTIFICATE"]]


def store(body, number="W2026-001", version=1, digest="0" * 64):
    """Put an index row into the archive."""
    return Report.objects.create(
        body=body, body_slug=body.slug, number=number, version=version, digest=digest, received_at=ARRIVAL,
        assurance="account", channel="api", entry_id=1,
    )  # fmt: skip


def test_a_number_that_the_archive_knows_with_other_content_is_found(laboratory):
    store(laboratory)

    assert check(report()) == [["NUMBER-REUSED"]]


def test_a_number_used_twice_in_the_batch_is_found_in_the_later_one():
    assert check(report(), report(title="第二份")) == [[], ["NUMBER-REUSED"]]


def test_the_same_report_twice_is_no_reuse():
    assert check(report(), report()) == [[], []]


def test_another_bodys_number_is_no_reuse():
    register_laboratory(OTHER)

    assert check(report(), report(slug=OTHER)) == [[], []]


def test_a_correction_that_points_back_is_no_reuse(laboratory):
    store(laboratory)
    second = report(version=2, replaces={"kind": "correction", "version": 1})

    assert check(second) == [[]]
    assert check(report(version=2)) == [["NUMBER-VERSION"]]


def test_two_sites_at_once_within_the_batch():
    elsewhere = report(number="W2026-002", site="B")

    assert check(report(), elsewhere) == [[], ["TWICE-PERSON", "TWICE-INSTRUMENT"]]


def test_two_sites_at_once_against_the_archive(laboratory):
    stored = store(laboratory, number="W2026-000")
    Occupation.objects.create(
        report=stored,
        body_id=laboratory.pk,
        kind="person",
        code="A01",
        site="B",
        started=datetime(2026, 3, 10, 1, 30, tzinfo=UTC),
        finished=datetime(2026, 3, 10, 3, 0, tzinfo=UTC),
    )

    (found,) = check_many(parsed(report()), received_at=ARRIVAL)
    assert [(one.rule, one.facts["other_report"]) for one in found] == [("TWICE-PERSON", "W2026-000")]


def test_days_without_times_put_nobody_in_two_places():
    bare = {"started": "2026-03-10", "finished": "2026-03-10"}

    assert check(report(result(**bare)), report(result(**bare), number="W2", site="B")) == [[], []]


def test_one_after_the_other_is_possible():
    later = result(started="2026-03-10T10:00:00+08:00", finished="2026-03-10T11:00:00+08:00")

    assert check(report(), report(later, number="W2", site="B")) == [[], []]


def test_a_named_attachment_is_looked_for_in_the_file_store():
    content = b"%PDF-1.7 of a report"
    digest = hashlib.sha256(content).hexdigest()
    named = report(attachments=[{"sha256": digest, "media_type": "application/pdf", "bytes": len(content)}])

    assert check(named) == [["ATTACH-ABSENT"]]
    assert check(named, attachments_sent=False) == [[]]
    files.store(content, "application/pdf")
    assert check(named) == [[]]


def test_a_finding_stores_rule_law_version_place_and_facts():
    (found,) = check_many(
        parsed(report(result(), result(2, parameter="镉", value="0.02", limit={"max": "0.01"}))), received_at=ARRIVAL
    )
    (one,) = found

    assert (one.rule, one.severity, one.line, one.field) == ("VERDICT-SHOULD-FAIL", 2, 2, "results[1].verdict")
    assert one.law_version.startswith("1.")
    assert one.facts["value"] == "0.02"


def many(count, slug=SLUG):
    lines = [result(), result(2, parameter="镉", limit={"max": "0.01"})]
    return [report(*lines, slug=slug, number=f"W-{n}") for n in range(count)]


def test_the_number_of_queries_does_not_grow_with_the_batch():
    slugs = [f"2319120509{n:02d}" for n in range(12)]
    for slug in slugs:
        register_laboratory(slug)
    check(report())  # the vocabulary is read once for each process
    counts = []
    for size in (1, 20):
        batch = parsed(*(each for slug in slugs for each in many(size, slug)))
        with CaptureQueriesContext(connection) as queries:
            check_many(batch, received_at=ARRIVAL)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 30


def test_a_laboratory_that_comes_again_is_served_from_memory():
    batch = parsed(*many(3))
    check_many(batch, received_at=ARRIVAL)
    with CaptureQueriesContext(connection) as queries:
        check_many(batch, received_at=ARRIVAL)

    assert not [query for query in queries if "bodies_person" in query["sql"].replace("bodies_historicalperson", "")]
    assert len(queries) <= 14


@pytest.mark.parametrize(
    ("model", "values", "expected"),
    [
        (Accreditation, {"valid_to": date(2026, 1, 1)}, "CERT-EXPIRED"),
        (Person, {"valid_to": date(2026, 1, 1)}, "SIGN-NOT-IN-OFFICE"),
        (Signatory, {"valid_to": date(2026, 1, 1)}, "SIGN-NOT-IN-OFFICE"),
        (Instrument, {"code": "E02"}, "INST-UNKNOWN"),
        (Calibration, {"due_on": date(2026, 1, 1)}, "INST-CALIBRATION"),
    ],
)
def test_what_is_remembered_is_forgotten_when_the_register_changes(model, values, expected):
    assert check(report()) == [[]]

    change(model, **values)

    assert check(report()) == [[expected]]


def test_a_body_that_is_registered_later_is_found_then():
    assert check(report(slug=OTHER, signatory={"code": "S99"})) == [[]]

    register_laboratory(OTHER)

    assert check(report(slug=OTHER, signatory={"code": "S99"})) == [["SIGN-UNKNOWN"]]


def test_a_batch_finds_what_each_report_alone_has():
    batch = [{**planted, "number": f"{planted['number']}-{n}"} for n, (planted, _) in enumerate(PLANTED)]
    single_site = [each for each in batch if each["site"] == "A"]

    assert check(*single_site) == [check(each)[0] for each in single_site]


def test_checking_stores_nothing(laboratory):
    before = (Report.objects.count(), Occupation.objects.count())
    with CaptureQueriesContext(connection) as queries:
        check_many(parsed(*many(3)), received_at=ARRIVAL)

    assert (Report.objects.count(), Occupation.objects.count()) == before
    assert all(query["sql"].lstrip().upper().startswith("SELECT") for query in queries)


def test_an_empty_batch_has_no_answers():
    assert check_many([], received_at=ARRIVAL) == []


def test_bodies_already_recognised_are_taken_as_given(laboratory):
    assert check(report(result(value="0.02")), bodies=[None])[0] == ["VERDICT-SHOULD-FAIL"]
    assert check(report(), bodies=[laboratory.pk]) == [[]]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(strategies.REPORT, min_size=1, max_size=3))
def test_no_sound_batch_stops_the_checks(documents):
    """Intake must never stop at a check, whatever the format takes."""
    answers = check_many(parsed(*documents), received_at=ARRIVAL)

    assert len(answers) == len(documents)
    assert all(0 <= one.severity <= 3 for found in answers for one in found)
