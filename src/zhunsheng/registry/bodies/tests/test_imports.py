"""The tables of the bodies' register."""

from datetime import date

import openpyxl
import pytest
from django.db import connection, transaction

from zhunsheng.foundation import signing
from zhunsheng.foundation.identifiers import make_uscc
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import make_division, make_member
from zhunsheng.platform.database.bulk import insert_rows
from zhunsheng.registry.bodies.importers import IMPORTERS
from zhunsheng.registry.bodies.models import Accreditation, Body, BodyKey, Person, ScopeLine, Signatory
from zhunsheng.registry.bodies.scope import Reason, ScopeRequest, answer_many
from zhunsheng.registry.bodies.selectors import facts_for
from zhunsheng.registry.bodies.services import import_rows, import_table
from zhunsheng.registry.bodies.tests.factories import NOON, load_catalogue, make_body, make_certificate, make_site

pytestmark = pytest.mark.django_db
CMA = "231912050001"
USCC = make_uscc("440106", "100001").code


def load(kind, *rows, **options):
    return import_rows(kind=kind, rows=rows, by=None, at=NOON, why="test", **options)


def problems_of(outcome):
    return [(one.line, one.field) for one in outcome.problems]


def test_an_institution_keeps_its_identifier_when_it_gets_another_number():
    make_division("440106")
    load("institutions", {"uscc": USCC, "name": "示范检测有限公司", "division": "440106"})
    assert Body.objects.get().slug == USCC

    outcome = load("institutions", {"uscc": USCC, "cma": CMA, "name": "示范检测有限公司"})

    assert (outcome.created, outcome.updated) == (0, 1)
    kept = Body.objects.get()
    assert (kept.slug, kept.cma, kept.division_id) == (USCC, CMA, "440106")


def test_institutions_with_wrong_or_missing_identifiers_are_named():
    wrong_digit = USCC[:-1] + ("0" if USCC[-1] != "0" else "1")
    outcome = load(
        "institutions",
        {"uscc": wrong_digit, "name": "甲"},
        {"cma": "999999999999", "name": "乙"},
        {"name": "丙"},
        {"cma": CMA, "name": "丁", "division": "999999"},
        {"register": "ee-terviseamet", "register_id": "TA", "name": "Terviseameti labor"},
    )

    assert problems_of(outcome) == [(1, "uscc"), (2, "cma"), (3, "uscc"), (4, "division")]
    assert not Body.objects.exists()


def test_a_foreign_body_is_known_by_its_register_and_number():
    load("institutions", {"register": "ee-terviseamet", "register_id": "TA", "name": "Terviseameti labor"})

    assert Body.objects.get().slug == "ee-terviseamet:TA"


@pytest.mark.parametrize("kind", sorted(set(IMPORTERS) - {"institutions", "experts"}))
def test_every_other_table_refuses_a_body_that_the_register_lacks(kind):
    example = {column.name: column.example for column in IMPORTERS[kind].columns if column.required}
    example["public_key"] = signing.public_text(signing.generate_key())
    row = {name: text for name, text in example.items() if name in {one.name for one in IMPORTERS[kind].columns}}

    assert problems_of(load(kind, row | {"body": "nobody"})) == [(1, IMPORTERS[kind].columns[0].name)]


def test_a_scope_table_with_the_titles_of_the_official_form_is_tied_to_the_catalogue(tmp_path):
    load_catalogue()
    body = make_body(CMA)
    make_certificate(body, CMA)
    make_site(body, "A")
    book = openpyxl.Workbook()
    book.active.append(
        [
            "资质认定编号",
            "场所编号",
            "领域",
            "类别",
            "检测对象",
            "参数名称",
            "依据标准（方法）名称及编号（含年号）",
            "限制范围",
            "说明",
        ]
    )
    book.active.append(
        [
            int(CMA),
            "A",
            "水质",
            "饮用水",
            "饮用水",
            "铅（Pb）",
            "《生活饮用水标准检验方法》GB/T 5750.6-2023",
            None,
            None,
        ]
    )
    book.active.append([int(CMA), None, "水质", "饮用水", "饮用水", "镉", "GB/T 5750.6—2023", "0.001~0.1mg/L", None])
    book.save(tmp_path / "scope.xlsx")

    outcome = import_table(kind="scope", path=tmp_path / "scope.xlsx", by=None, at=NOON, why="test")

    assert (outcome.problems, outcome.created) == ([], 2)
    cadmium = ScopeLine.objects.select_related("object", "parameter", "edition").get(parameter_text="镉")
    assert (cadmium.object.code, cadmium.parameter.code, cadmium.edition.code) == ("W-DRINK", "CD", "GB/T 5750.6-2023")
    assert (cadmium.method_base, cadmium.method_year, cadmium.limitation) == ("GB/T 5750.6", 2023, "0.001~0.1mg/L")
    assert cadmium.history.get().history_change_reason == "test"
    request = ScopeRequest(
        body=CMA,
        object="瓶装水",
        parameter="镉",
        method="GB/T 5750.6-2023",
        on=date(2026, 3, 2),
        value="0.002",
        unit="mg/L",
    )
    assert answer_many([request])[0].reason is Reason.IN_SCOPE


def test_a_scope_table_twice_changes_nothing_and_a_changed_end_is_one_change():
    load_catalogue()
    make_certificate(make_body(CMA), CMA)
    row = {"body": CMA, "object_text": "饮用水", "parameter_text": "铅", "method_text": "GB/T 5750.6-2023"}
    load("scope", row)
    first = Body.objects.get().scope_revision

    again = load("scope", row)
    assert (again.unchanged, Body.objects.get().scope_revision) == (1, first)
    ended = load("scope", row | {"valid_to": "2026-03-01"})

    assert (ended.created, ended.updated, ended.unchanged) == (0, 1, 0)
    assert Body.objects.get().scope_revision == first + 1
    assert list(ScopeLine.history.order_by("history_id").values_list("valid_to", flat=True)) == [None, date(2026, 3, 1)]


def test_scope_lines_of_unknown_certificates_and_sites_are_named():
    make_certificate(make_body(CMA), CMA)
    row = {"body": CMA, "object_text": "水", "parameter_text": "铅", "method_text": "某方法"}

    outcome = load("scope", row | {"accreditation": "X"}, row | {"site": "Z"}, row | {"valid_from": "2026-02-30"})

    assert problems_of(outcome) == [(1, "accreditation"), (2, "site"), (3, "valid_from")]


def test_certificates_say_since_when_they_are_suspended_and_belong_to_one_body():
    make_certificate(make_body("231912050002"), "231912050002")
    make_body(CMA)
    row = {"body": CMA, "number": CMA, "valid_from": "2023-05-01", "valid_to": "2029-04-30"}

    outcome = load(
        "accreditations",
        row | {"status": "暂停"},
        row | {"number": "231912050002"},
        row | {"number": "C-3", "valid_to": "2023-04-30"},
    )
    assert problems_of(outcome) == [(1, "status_on"), (2, "number"), (3, "valid_to")]

    assert load("accreditations", row | {"status": "暂停", "status_on": "2026-01-05"}).created == 1
    period = Accreditation.objects.get(number=CMA).periods.get()
    assert (period.state, period.valid_from, period.valid_to) == ("suspended", date(2026, 1, 5), None)


def test_a_certificate_that_is_valid_again_ends_its_suspension_the_day_before():
    make_body(CMA)
    row = {"body": CMA, "number": CMA, "valid_from": "2023-05-01", "valid_to": "2029-04-30"}
    load("accreditations", row | {"status": "暂停", "status_on": "2026-01-05"})

    outcome = load("accreditations", row | {"status": "有效", "status_on": "2026-04-01"})
    again = load("accreditations", row | {"status": "有效", "status_on": "2026-04-01"})

    assert [(one.created, one.updated, one.unchanged) for one in (outcome, again)] == [(0, 1, 0), (0, 0, 1)]
    assert Accreditation.objects.get(number=CMA).periods.get().valid_to == date(2026, 3, 31)


def test_people_come_with_encrypted_numbers_and_signatories_make_new_people():
    make_body(CMA)
    load("persons", {"body": CMA, "code": "P1", "name": "李示范", "number_encrypted": "11010519491231002X"})
    rows = [
        {"body": CMA, "code": "P1", "field": "水质", "valid_from": "2023-05-01"},
        {"body": CMA, "code": "P2", "name": "王示范", "title": "高级工程师", "field": "食品"},
    ]
    outcome = load("signatories", *rows)

    assert (outcome.created, Person.objects.count(), Signatory.objects.count()) == (2, 2, 2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number_encrypted FROM bodies_person WHERE code = 'P1'")
        assert "19900101" not in cursor.fetchone()[0]
        cursor.execute("SELECT number_encrypted FROM bodies_historicalperson WHERE code = 'P1'")
        assert "19900101" not in cursor.fetchone()[0]
    assert Person.objects.get(code="P1").number_encrypted == "11010519491231002X"
    assert problems_of(load("signatories", {"body": CMA, "code": "P9", "field": "食品"})) == [(1, "code")]


def test_instruments_come_with_their_calibrations():
    make_site(make_body(CMA), "A")
    load("instruments", {"body": CMA, "site": "A", "code": "E-1", "name": "原子吸收分光光度计"})
    row = {"body": CMA, "code": "E-1", "certificate_no": "G-1", "calibrated_on": "2025-03-02", "due_on": "2026-03-01"}
    newer = row | {"certificate_no": "G-2", "calibrated_on": "2026.3.1", "due_on": "2027/2/28", "result": "合格"}
    assert load("calibrations", row, newer).created == 2

    outcome = load("calibrations", row | {"code": "E-9"}, row | {"certificate_no": "G-3", "due_on": "2025-03-01"})
    assert problems_of(outcome) == [(1, "code"), (2, "due_on")]
    body_id = Body.objects.get().pk
    instrument = facts_for([body_id])[body_id].instruments["E-1"]
    assert instrument.site == "A"
    assert [instrument.calibration_on(day).certificate_no for day in (date(2025, 3, 2), date(2026, 3, 1))] == [
        "G-1",
        "G-2",
    ]
    assert instrument.calibration_on(date(2027, 3, 1)) is None


def test_keys_must_be_readable_and_a_name_belongs_to_one_body():
    make_body(CMA)
    make_body("231912050002")
    row = {
        "body": CMA,
        "key_id": "k1",
        "public_key": signing.public_text(signing.generate_key()),
        "valid_from": "2026-01-01T00:00:00+08:00",
    }
    assert load("keys", row).created == 1

    outcome = load(
        "keys",
        row | {"body": "231912050002"},
        row | {"key_id": "k2", "public_key": "AAAA"},
        row | {"key_id": "k3", "algorithm": "rsa"},
        row | {"key_id": "k4", "valid_from": "2026-01-01"},
    )
    assert problems_of(outcome) == [(1, "key_id"), (2, "public_key"), (3, "algorithm"), (4, "valid_from")]
    assert BodyKey.objects.count() == 1


def test_a_city_officer_may_not_change_the_register():
    with pytest.raises(NotAllowed):
        import_rows(kind="institutions", rows=[], by=make_member(Role.CITY_OFFICER), at=NOON, why="test")


@pytest.mark.django_db
def test_bulk_writing_refuses_encrypted_columns():
    """A personal number must never reach the database in the clear, whichever way it is written."""
    with transaction.atomic(), pytest.raises(TypeError, match="through the ORM"):
        insert_rows(Person, ["code", "number_encrypted"], [("P1", "11010519491231002X")])
