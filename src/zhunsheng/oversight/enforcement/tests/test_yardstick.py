"""The yardstick proposes what the articles say: the statute first, one fine, the band of the circumstances."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.oversight.enforcement import law_book
from zhunsheng.oversight.enforcement.rules.yardstick import Facts, Range, Step, part_of, propose

DAY = date(2026, 3, 2)
MONEY = st.decimals(min_value=0, max_value=10**9, places=2)


def ids(proposal):
    return {one.id for one in proposal.consequences}


def fine_on(proposal, target):
    return next(one for one in proposal.consequences if one.kind == "fine" and one.target == target)


def test_a_false_report_no_statute_speaks_of_is_fined_thirty_thousand():
    found = propose("VIO-FALSE-REPORT", Facts(), DAY)

    fine = fine_on(found, "body")
    assert (fine.id, fine.limits) == ("CON-O39-26-FINE", Range(Decimal(30000), Decimal(30000)))
    assert fine.basis == "《检验检测机构监督管理办法》第二十六条"


def test_the_product_quality_law_goes_before_the_rule():
    found = propose("VIO-FALSE-REPORT", Facts(field="product"), DAY)

    assert fine_on(found, "body").limits == Range(Decimal(50000), Decimal(100000))
    assert fine_on(found, "person").limits == Range(Decimal(10000), Decimal(50000))
    assert [(one.consequence.id, one.why) for one in found.superseded] == [("CON-O39-26-FINE", "statute_first")]


@pytest.mark.parametrize(
    ("fee", "least", "most"),
    [("9999.99", 50000, 100000), ("10000", 50000, 100000), ("20000", 100000, 200000)],
)
def test_a_false_food_report_costs_five_to_ten_times_the_fees(fee, least, most):
    found = propose("VIO-FALSE-REPORT", Facts(field="food", fee=Decimal(fee)), DAY)

    assert fine_on(found, "body").limits == Range(Decimal(least), Decimal(most))


def test_without_the_fees_a_multiple_of_them_names_what_is_missing():
    found = propose("VIO-FALSE-REPORT", Facts(field="food"), DAY)

    assert found.missing == ("fee",)
    assert fine_on(found, "body").limits is None


def test_the_qualification_is_open_only_where_the_case_is_serious():
    plain = propose("VIO-FALSE-REPORT", Facts(field="product"), DAY)
    serious = propose("VIO-FALSE-REPORT", Facts(field="product", circumstances=frozenset({"ten_reports"})), DAY)

    assert "CON-PQL57-QUALIFICATION" in {one.id for one in plain.open}
    lost = next(one for one in serious.consequences if one.kind == "qualification")
    assert (lost.by, lost.for_grantor, lost.measures) == ("grantor", True, ("revoke",))


def test_vehicle_emissions_go_to_the_ecology_department():
    found = propose("VIO-FALSE-REPORT", Facts(field="vehicle_emission"), DAY)

    assert fine_on(found, "body").by == "ecology"
    assert fine_on(found, "body").limits == Range(Decimal(100000), Decimal(500000))


def test_catalogue_goods_below_ten_thousand_cost_at_most_twice_their_value():
    found = propose("VIO-CCC-MISSING", Facts(goods=Decimal("4000")), DAY)

    assert fine_on(found, "producer").limits == Range(Decimal(0), Decimal("8000.00"))


def test_an_unverified_consequence_waits_for_its_confirmation():
    before = fine_on(propose("VIO-NO-LICENCE", Facts(), DAY), "body")
    after = fine_on(propose("VIO-NO-LICENCE", Facts(), DAY, confirmed=[before.name]), "body")

    assert (before.verified, before.applicable, after.applicable) == (False, False, True)


def test_a_minor_breach_without_harm_is_not_fined():
    found = propose("VIO-CHANGE-UNFILED", Facts(circumstances=frozenset({"minor_no_harm"})), DAY)

    assert found.step is Step.WAIVED


def test_what_is_severe_and_lenient_at_once_is_ordinary():
    found = propose("VIO-FALSE-REPORT", Facts(circumstances=frozenset({"obstructed", "harm_removed"})), DAY)

    assert (found.step, found.may_mitigate) == (Step.ORDINARY, True)


def test_every_consequence_cites_its_article_and_version():
    for entry in law_book.book():
        if entry.id.startswith("CON-"):
            assert "第" in law_book.cited(entry)
            assert all(one in law_book.book() for one in entry.values["violations"])


def test_every_violation_has_a_consequence_and_every_matter_a_known_violation():
    from zhunsheng.oversight.leads import law_book as leads

    violations = {one.id for one in law_book.violations(DAY)}
    assert {one for one in violations if not list(law_book.consequences(one, DAY))} == set()
    assert {v for one in leads.book() for v in one.values.get("violations", ())} == violations


@given(low=MONEY, width=MONEY, step=st.sampled_from(list(Step)))
def test_a_band_never_leaves_the_law(low, width, step):
    limits = Range(low, low + width)
    band = part_of(limits, step, DAY)

    if step is not Step.WAIVED:
        assert limits.least <= band.least <= band.most <= limits.most
