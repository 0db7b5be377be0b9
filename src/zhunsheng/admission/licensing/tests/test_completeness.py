"""What an application lacks is told once, all together, each with its rule and remedy."""

from dataclasses import replace
from datetime import date

import pytest

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.lifecycle import Kind, Route
from zhunsheng.admission.licensing.rules.completeness import MOST_ROWS, Dossier, asked_for, missing
from zhunsheng.admission.licensing.rules.routing import RoutingFacts, route
from zhunsheng.foundation.lawbook import LawbookError

DAY = date(2026, 9, 28)
APPLICANT = {
    "applicant_name": "示范检测",
    "uscc": "91440000MA5ABCDE0X",
    "address": "广州",
    "contact": "李",
    "contact_phone": "020-81234567",
    "domain": "ecology",
    "field": "12",
    "sector": "05",
}
QUESTION = {"zh": "涉及特殊食品", "en": "Special food is tested"}
LINE = {
    "number": 1,
    "act": "add",
    "object_text": "生活饮用水",
    "parameter_text": "铅",
    "method_text": "HJ 700-2014",
    "site_id": 1,
}
FULL = Dossier(
    kind="first", route="general", on=DAY, facts=APPLICANT, lines=(LINE,),
    sites=({"address": "广州", "tenure": "自有"},),
    people=({"post": "legal"}, {"post": "technical"},
            {"post": "signatory", "title": "高级工程师", "fields": "水质", "leaves": False}),
    materials=frozenset({"legal_status", "premises", "management_system", "equipment", "typical_report"}), signed=True,
)  # fmt: skip


def lacking(dossier, answer=None):
    return missing(dossier, law_book.materials(), answer)


def fields(dossier, answer=None):
    return [one.field for one in lacking(dossier, answer)]


def test_a_full_first_application_lacks_nothing():
    assert lacking(FULL) == []


def test_everything_that_is_missing_is_told_at_once_with_rule_and_remedy():
    found = lacking(Dossier(kind="first", route="", on=DAY))

    named = {one.field for one in found}
    assert {"applicant_name", "route", "sites", "lines", "people", "materials.premises", "signature"} <= named
    assert all(one.rule and one.version and one.articles and one.remedy["zh"] and one.remedy["en"] for one in found)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"facts": APPLICANT | {"uscc": ""}}, "uscc"),
        ({"facts": APPLICANT | {"sector": ""}}, "sector"),
        ({"questions": {"special_food": QUESTION}}, "special_food"),
        ({"route": ""}, "route"),
        ({"sites": ({"address": "广州", "tenure": ""},)}, "sites.tenure"),
        ({"lines": ()}, "lines"),
        ({"lines": (LINE | {"method_text": ""},)}, "lines.method_text"),
        ({"lines": (LINE | {"not_in_library": True},)}, "lines"),
        ({"materials": FULL.materials - {"equipment"}}, "materials.equipment"),
        ({"signed": False}, "signature"),
    ],
)
def test_one_gap_is_told_alone_by_its_field(change, field):
    assert fields(replace(FULL, **change)) == [field]


def test_an_application_about_lines_of_the_schedule_is_told_to_take_them_from_it_not_from_the_catalogue():
    for kind in ("method_year", "cancel_item"):
        (found,) = [one for one in lacking(Dossier(kind=kind, route="", on=DAY)) if one.field == "lines"]
        assert "现有能力附表" in found.remedy["zh"], kind
    (found,) = [one for one in lacking(Dossier(kind="first", route="", on=DAY)) if one.field == "lines"]
    assert "项目库" in found.remedy["zh"]


@pytest.mark.parametrize("answer", [True, False])
def test_a_question_is_answered_by_no_as_well_as_by_yes(answer):
    asked = replace(FULL, questions={"special_food": QUESTION}, facts=APPLICANT | {"special_food": answer})

    assert lacking(asked) == []


def test_an_unanswered_question_is_named_by_its_own_words():
    (found,) = lacking(replace(FULL, questions={"special_food": QUESTION}))

    assert found.title == QUESTION
    assert found.rule == "MAT-ANSWERS"


def test_rows_that_lack_the_same_are_one_item_with_their_numbers():
    lines = tuple(LINE | {"number": place, "parameter_text": ""} for place in range(1, 41))

    (item,) = lacking(replace(FULL, lines=lines))

    assert (item.field, item.count, item.rows) == ("lines.parameter_text", 40, tuple(range(1, MOST_ROWS + 1)))


def test_a_signatory_who_leaves_needs_no_title_and_one_who_comes_does():
    leaving = {"post": "signatory", "title": "", "fields": "", "leaves": True}

    assert lacking(replace(FULL, people=(*FULL.people, leaving))) == []
    assert fields(replace(FULL, people=(*FULL.people, leaving | {"leaves": False}))) == [
        "people.title",
        "people.fields",
    ]


def test_what_the_register_confirms_is_not_asked_for_again():
    papers = FULL.materials - {"legal_status"}

    assert fields(replace(FULL, materials=papers)) == ["materials.legal_status"]
    assert lacking(replace(FULL, materials=papers, facts=APPLICANT | {"register_confirms": True})) == []


def test_the_short_cut_asks_for_the_cnas_certificate_and_not_for_a_typical_report():
    asked = {
        one: {entry.values["check"].get("material") for entry in asked_for("extension", one, law_book.materials(), {})}
        for one in ("cnas", "general")
    }

    assert "cnas_certificate" in asked["cnas"] - asked["general"]
    assert "typical_report" in asked["general"] - asked["cnas"]


def test_the_national_library_binds_from_its_first_day():
    line = LINE | {"not_in_library": True}

    assert lacking(replace(FULL, on=date(2026, 5, 31), lines=(line,))) == []
    assert [one.rule for one in lacking(replace(FULL, on=date(2026, 6, 1), lines=(line,)))] == ["MAT-LINE-LIBRARY"]


def test_a_barred_route_and_a_fact_that_nobody_told_are_on_the_list():
    told = RoutingFacts(kind="renewal", on=DAY, certificate_in_force=True, breaches_in_term=2)
    answer = route(told, law_book.ways())
    renewal = Dossier(kind="renewal", route="documents", on=DAY)

    found = {one.rule: one.field for one in lacking(renewal, answer)}

    assert found["COND-DOCUMENTS-NO-BREACH"] == "route"
    clean = route(replace(told, breaches_in_term=0), law_book.ways())
    assert {one.rule: one.field for one in lacking(renewal, clean)}["COND-DOCUMENTS-NO-SUBSTANTIVE-CHANGE"] == (
        "substantive_change"
    )


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_of_application_has_something_to_hand_in_and_to_sign(kind):
    asked = {entry.id for entry in asked_for(kind, "general", law_book.materials(), {})}

    assert {"MAT-APPLICANT-APPLICANT-NAME", "MAT-ROUTE", "MAT-SIGNED"} < asked


@pytest.mark.parametrize("code", Route.values)
def test_every_route_has_its_text_to_sign_in_both_languages_with_its_version(code):
    entry = law_book.commitment_for(code, DAY)

    assert entry.values["zh"]
    assert entry.values["en"]
    asked_anew = code != Route.CHANGE_FILING  # its text alone was in one line, and kept its first version
    assert law_book.commitments().version_of(entry).startswith("2." if asked_anew else "1.")


def test_every_clause_of_the_criteria_has_words_of_a_refusal():
    clauses = law_book.clauses_on(DAY)

    assert [one.values["clause"] for one in clauses][:4] == ["8(1)", "8(2)", "8(3)", "8(4)"]
    assert len(clauses) == 22
    [entry] = [one for one in clauses if one.values["clause"] == "12(7)"]
    assert "第十二条（七）" in entry.values["refusal"]["zh"]
    assert entry.basis[0].article == "第十二条（七）"
    assert law_book.clauses_on(date(2023, 11, 30)) == ()


def test_a_material_for_a_route_that_is_none_is_refused_at_start(tmp_path, monkeypatch):
    for name in ("materials.yaml", "words.yaml", "routes.yaml", "conditions.yaml"):
        text = (
            (law_book.FOLDER / name)
            .read_text(encoding="utf-8")
            .replace("routes: [cnas]\n      check", "routes: [cnsa]\n      check")
        )
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(law_book, "FOLDER", tmp_path)

    with pytest.raises(LawbookError, match="cnsa"):
        law_book.materials.__wrapped__()
