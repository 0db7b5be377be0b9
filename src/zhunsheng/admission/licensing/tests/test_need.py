"""Whether a licence is needed, by the law of the day."""

from datetime import date

import pytest
from django.urls import reverse

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.selectors.need import licence_needed
from zhunsheng.foundation.lawbook import LawbookError

FACTS = {"purpose": "society", "domain": "food", "owner": "other", "form": "entity", "occasion": "first"}
EVE, DAY = date(2026, 5, 31), date(2026, 6, 1)
"""The national list and library came into force on 2026-06-01 (SAMR notice 2026 No. 14)."""


def asked(on=DAY, **facts):
    return licence_needed({**FACTS, **facts}, on)


def test_testing_food_for_others_needs_a_licence_by_the_food_safety_law():
    found = asked()

    assert found.answer == "required"
    assert ("第八十四条", True) in [(one.article, "食品安全法" in one.law) for one in found.need.basis]


def test_testing_products_for_others_needs_one_by_the_product_quality_law():
    found = asked(domain="product")

    assert found.answer == "required"
    assert found.need.basis[0].article == "第十九条"


@pytest.mark.parametrize("purpose", ["own_control", "research", "reference"])
def test_results_that_prove_nothing_to_others_need_none_and_no_route_is_offered(purpose):
    found = asked(purpose=purpose)

    assert (found.answer, found.routes, found.decider) == ("not_required", (), None)


def test_the_national_list_changes_the_answer_from_its_first_day():
    assert [asked(on, domain="other").answer for on in (EVE, DAY)] == ["ask", "not_required"]
    assert [asked(on, domain="ecology").answer for on in (EVE, DAY)] == ["ask", "required"]


def test_the_nation_decides_on_bodies_of_national_authorities_and_the_province_on_all_others():
    assert asked(owner="state").decider.values["answer"] == "national"
    assert asked(owner="other").decider.values["answer"] == "province"


def test_a_branch_is_told_to_apply_for_itself():
    assert asked(form="branch").form is not None
    assert asked(form="entity").form is None


def test_the_commitment_route_is_barred_for_medical_devices_and_depends_on_special_food():
    devices = {one.code: one for one in asked(domain="medical_device").routes}["commitment"]
    food = {one.code: one for one in asked(domain="food").routes}["commitment"]

    assert [one.id for one in devices.barred_by] == ["COND-COMMITMENT-MEDICAL-DEVICES"]
    assert food.open
    assert [one.id for one in food.unclear] == ["COND-COMMITMENT-SPECIAL-FOOD"]


@pytest.mark.parametrize(
    ("occasion", "open_routes"),
    [
        ("first", {"general", "commitment", "joint", "cnas"}),
        ("renewal", {"general", "commitment", "documents", "remote", "joint", "cnas"}),
        ("method_year", {"self_declaration", "general"}),
        ("name", {"change_filing", "general"}),
        ("cancel_item", {"change_filing"}),
    ],
)
def test_the_occasion_opens_its_routes(occasion, open_routes):
    found = asked(domain="product", occasion=occasion)

    assert {one.code for one in found.routes if one.open} == open_routes


def test_a_condition_that_no_choice_can_meet_is_refused_at_start(tmp_path, monkeypatch):
    text = (law_book.FOLDER / "need.yaml").read_text(encoding="utf-8").replace("domain: [food]", "domain: [fodder]")
    (tmp_path / "need.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "words.yaml").write_text((law_book.FOLDER / "words.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(law_book, "FOLDER", tmp_path)

    with pytest.raises(LawbookError, match="NEED-FOOD"):
        law_book.needs.__wrapped__()


@pytest.mark.django_db
def test_the_page_answers_with_rule_article_and_version(client):
    page = client.get(reverse("licensing:need"), FACTS).content.decode()

    assert "需要资质认定" in page
    assert "第八十四条" in page
    assert "NEED-FOOD" in page


@pytest.mark.django_db
def test_a_choice_that_is_none_is_told_at_its_field(client):
    page = client.get(reverse("licensing:need"), FACTS | {"domain": "fodder"})

    assert page.status_code == 422


@pytest.mark.django_db
def test_programs_get_the_same_answer_with_its_law(client):
    answer = client.get("/api/v1/licence-needed", FACTS | {"on": "2026-06-01"}).json()

    assert answer["answer"] == "required"
    assert answer["need"]["rule"] == "NEED-FOOD"
    assert [one["route"] for one in answer["routes"] if one["open"]] == ["general", "commitment", "joint", "cnas"]
    assert {one["route"]: [why["rule"] for why in one["barred_by"]] for one in answer["routes"]}["documents"] == [
        "ROUTE-DOCUMENTS"
    ]
