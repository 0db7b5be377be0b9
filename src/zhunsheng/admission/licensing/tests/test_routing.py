"""Which routes an application may take, by the law of the day on which it is received."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.law_checks import check_clause, check_condition
from zhunsheng.admission.licensing.lifecycle import Kind, Route
from zhunsheng.admission.licensing.rules.routing import RoutingFacts, holds, route
from zhunsheng.foundation.lawbook import Basis, Entry, LawbookError

DAY = date(2026, 9, 28)
BARS = ("fraud_revocation", "false_material_safety", "false_application", "false_commitment",
        "commitment_withdrawn", "untrue_declaration")  # fmt: skip
EVERYTHING = ("fraud_revocation", "false_material_safety", "false_application")
"""Bars after which nothing at all may be applied for (APL 78, 79; Order 163)."""
CHANGES = (Kind.METHOD_YEAR, Kind.NAME, Kind.ADDRESS, Kind.PERSONS, Kind.SIGNATORY)

maybe = st.sampled_from([None, True, False])
known = st.booleans()


@st.composite
def applications(draw, switch=maybe):
    """Facts of any application, known or not as `switch` says."""
    names = ("special_food", "cnas_covers_all", "within_capability", "same_capability", "substantive_change",
             "affects_conditions", "needs_site_check", "sector_licence", "certificate_in_force")  # fmt: skip
    return RoutingFacts(
        kind=draw(st.sampled_from(Kind.values)),
        on=draw(st.dates(date(2024, 1, 1), date(2030, 12, 31))),
        domains=frozenset(draw(st.sets(st.sampled_from(["food", "medical_device", "product", "ecology"])))),
        grade=draw(st.sampled_from([None, "A", "B", "C", "D"])),
        breaches_in_term=draw(st.integers(0, 3)),
        bars=frozenset(draw(st.sets(st.sampled_from(BARS)))),
        remote_ground=draw(st.sampled_from(["", "force_majeure", "few_changes"])),
        **{name: draw(switch) for name in names},
    )


def answer(kind="renewal", entries=None, **facts):
    told = {"certificate_in_force": kind != "first", "on": DAY, "special_food": False, "breaches_in_term": 0,
            "substantive_change": False, "cnas_covers_all": False, "sector_licence": False, "within_capability": False,
            "remote_ground": ""}  # fmt: skip
    return route(RoutingFacts(kind=kind, **{**told, **facts}), entries or law_book.ways())


def codes(found):
    return {one.code for one in found.open}


def barring(found, code):
    return [one.id for one in found.route(code).barred_by]


def test_a_clean_renewal_may_be_general_by_commitment_or_by_documents_and_documents_are_proposed():
    found = answer(grade="B")

    assert codes(found) == {"general", "commitment", "documents"}
    assert found.proposed.code == "documents"
    assert "第十三条" in found.proposed_by.articles


def test_one_breach_in_the_last_term_bars_document_review_and_names_article_13():
    found = answer(breaches_in_term=1)

    (reason,) = found.route("documents").barred_by
    assert (reason.id, reason.inputs) == ("COND-DOCUMENTS-NO-BREACH", {"breaches_in_term": 1})
    assert "第十三条" in reason.articles
    assert reason.version.startswith("1.")
    assert set(reason.words) == {"zh", "en"}


def test_a_cnas_scope_that_covers_every_line_opens_and_proposes_the_short_cut():
    found = answer("extension", cnas_covers_all=True)

    assert found.proposed.code == "cnas"
    assert barring(answer("extension"), "cnas") == ["COND-CNAS-COVERS-ALL"]


@pytest.mark.parametrize(
    ("facts", "condition"),
    [
        ({"domains": frozenset({"medical_device"})}, "COND-COMMITMENT-MEDICAL-DEVICES"),
        ({"special_food": True}, "COND-COMMITMENT-SPECIAL-FOOD"),
        ({"bars": frozenset({"commitment_withdrawn"})}, "COND-COMMITMENT-WITHDRAWN"),
        ({"bars": frozenset({"false_commitment"})}, "COND-COMMITMENT-FALSE"),
    ],
)
def test_commitment_is_barred_by_the_condition_that_it_names(facts, condition):
    found = answer("first", **facts)

    assert barring(found, "commitment") == [condition]
    assert "general" in codes(found)


@pytest.mark.parametrize("bar", EVERYTHING)
def test_after_fraud_or_false_material_nothing_may_be_applied_for(bar):
    assert not answer("first", bars=frozenset({bar})).open


def test_a_method_change_with_the_same_capability_is_declared_and_one_that_alters_it_is_reviewed():
    same = answer("method_year", same_capability=True, affects_conditions=False, needs_site_check=False)
    other = answer("method_year", same_capability=False, affects_conditions=True, needs_site_check=True)

    assert (codes(same), same.proposed.code) == ({"self_declaration"}, "self_declaration")
    assert codes(other) == {"general"}


def test_a_holder_of_a_certificate_does_not_apply_for_a_first_one_and_without_one_nothing_is_renewed():
    assert not answer("first", certificate_in_force=True).open
    lapsed = answer("renewal", certificate_in_force=False)
    assert not lapsed.open
    assert barring(lapsed, "general") == ["COND-CERTIFICATE-IN-FORCE"]


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize("facts", [{}, {"breaches_in_term": 3, "bars": frozenset({"false_commitment"})}])
def test_a_grade_bars_nothing_and_only_proposes(kind, facts):
    told = {"same_capability": True, "affects_conditions": False, "needs_site_check": False, **facts}

    assert len({frozenset(codes(answer(kind, grade=one, **told))) for one in (None, *"ABCD")}) == 1
    assert answer("extension", grade="D").proposed.code == "general"
    assert answer("extension", grade="A").proposed.code == "commitment"


def test_a_bar_by_grade_without_an_article_is_refused_at_start():
    proposal = law_book.ways().on("COND-PROPOSE-GENERAL-GRADE-D", DAY)
    words = {"zh": "词", "en": "words"}
    values = {**proposal.values, "effect": "bars", "barred": words, "remedy": words}
    bar = replace(proposal, values=values, basis=(Basis("Order 39", ""),))

    with pytest.raises(LawbookError, match="only where an article says so"):
        check_condition(bar, kinds=Kind.values, codes=Route.values)
    check_condition(replace(bar, basis=(Basis("Order 39", "第十九条"),)), kinds=Kind.values, codes=Route.values)


def test_a_clause_is_marked_as_key_or_not_only_with_where_that_was_read():
    clause = next(iter(law_book.clauses()))
    marked = replace(clause, values={**clause.values, "key": True})

    with pytest.raises(LawbookError, match="key_basis"):
        check_clause(marked)
    check_clause(replace(clause, values={**marked.values, "key_basis": "附件4"}))
    assert all(one.values["key"] is None for one in law_book.clauses())  # nobody has read the annex yet


def test_routes_and_kinds_of_the_law_are_those_of_the_application():
    ways = [one for one in law_book.ways() if "effect" not in one.values]

    assert {one.values["code"] for one in ways} == set(Route.values)
    assert set(law_book.choices()["occasion"]) == set(Kind.values)
    assert {kind for one in ways for kind in one.values["kinds"]} == set(Kind.values)


@settings(deadline=None)
@given(facts=applications(switch=known))
def test_whatever_the_law_admits_has_a_route(facts):
    admitted = facts.certificate_in_force is (facts.kind != Kind.FIRST)
    changes = facts.kind not in {Kind.FIRST, Kind.RENEWAL, Kind.EXTENSION, Kind.SITE}
    if admitted and (changes or not facts.bars & set(EVERYTHING)):
        assert route(facts, law_book.ways()).open


@settings(deadline=None)
@given(facts=applications(), seed=st.integers(0, 10_000))
def test_the_order_in_which_the_law_is_read_is_of_no_consequence(facts, seed):
    shuffled = list(law_book.ways())
    random.Random(seed).shuffle(shuffled)

    assert route(facts, shuffled).as_record() == route(facts, law_book.ways()).as_record()


@settings(deadline=None)
@given(facts=applications(), extra=st.sampled_from([one for one in law_book.ways() if "effect" in one.values]))
def test_a_further_condition_never_opens_a_route(facts, extra):
    fewer = [one for one in law_book.ways() if one.id != extra.id]

    assert codes(route(facts, law_book.ways())) <= codes(route(facts, fewer))


@settings(deadline=None)
@given(
    facts=applications(switch=known),
    bar=st.sampled_from(BARS),
    more=st.integers(0, 2),
    domain=st.sampled_from(["food", "medical_device", "product"]),
)
def test_a_worse_record_never_opens_one_of_the_lighter_routes(facts, bar, more, domain):
    worse = replace(
        facts,
        bars=facts.bars | {bar},
        breaches_in_term=facts.breaches_in_term + more,
        domains=facts.domains | {domain},
        special_food=True,
    )

    assert codes(route(worse, law_book.ways())) - {"general"} <= codes(route(facts, law_book.ways()))


@settings(deadline=None)
@given(facts=applications())
def test_the_proposed_route_is_open_and_depends_on_nothing_untold(facts):
    found = route(facts, law_book.ways())

    assert found.proposed is None or (found.proposed in found.open and not found.proposed.unclear)
    assert all(one.barred_by for one in found.barred)


@settings(deadline=None)
@given(facts=applications())
def test_what_is_told_later_only_decides_what_was_unclear(facts):
    """A condition that held on the known facts holds whatever is told beside them."""
    for one in law_book.ways():
        if "effect" in one.values and holds(one, facts) is True:
            filled = {
                name: True
                for name in ("special_food", "cnas_covers_all", "same_capability", "affects_conditions")
                if getattr(facts, name) is None
            }
            assert holds(one, replace(facts, **filled)) is True


def test_a_rule_changed_from_a_day_on_changes_only_applications_received_from_then_on():
    first_day = date(2027, 1, 1)
    before = law_book.ways().on("COND-DOCUMENTS-NO-BREACH", DAY)
    ended = replace(before, effective_to=first_day - timedelta(days=1))
    milder = Entry(
        id=before.id, title=before.title, basis=before.basis, effective_from=first_day, effective_to=None,
        verified=False, version=2, values={**before.values, "when": [{"breaches_in_term": {"at_most": 1}}]},
        digest="f" * 64,
    )  # fmt: skip
    changed = [*(one for one in law_book.ways() if one.id != before.id), ended, milder]
    decided = answer(entries=law_book.ways(), breaches_in_term=1)

    eve = answer(entries=changed, breaches_in_term=1, on=first_day - timedelta(days=1))
    after = answer(entries=changed, breaches_in_term=1, on=first_day)

    assert barring(eve, "documents") == ["COND-DOCUMENTS-NO-BREACH"]
    assert eve.route("documents").barred_by[0].version == decided.route("documents").barred_by[0].version
    assert "documents" in codes(after)
    assert "2.ffffffff" in [one.version for one in after.route("documents").met]


@pytest.mark.django_db
def test_anyone_may_try_the_router_and_read_which_article_bars_a_route(client):
    told = {"kind": "renewal", "on": "2026-09-28", "certificate_in_force": "yes", "breaches_in_term": "2", "grade": "A"}

    page = client.get(reverse("licensing:routes"), told).content.decode()

    assert "告知承诺" in page
    assert "COND-DOCUMENTS-NO-BREACH" in page
    assert "上一许可周期内的违法行为" in page
    assert "第十三条" in page
    assert client.get(reverse("licensing:routes"), {"kind": "none"}).status_code == 422
    assert client.get(reverse("licensing:routes")).status_code == 200


@pytest.mark.django_db
def test_programs_read_the_routes_with_condition_article_and_version(client):
    told = {"kind": "extension", "on": "2026-09-28", "certificate_in_force": "true", "domains": ["medical_device"],
            "cnas_covers_all": "true"}  # fmt: skip
    found = client.get("/api/v1/licensing/routes", told).json()

    (bar,) = next(one for one in found["routes"] if one["route"] == "commitment")["barred_by"]
    assert (bar["rule"], bar["inputs"]) == ("COND-COMMITMENT-MEDICAL-DEVICES", {"domains": ["medical_device"]})
    assert bar["basis"][0]["article"] == "第十二条"
    assert found["proposed"] == "cnas"
    assert found["words"]["facts"]["cnas_covers_all"]["zh"]
