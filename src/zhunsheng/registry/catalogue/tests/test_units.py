"""A unit belongs to what is measured: anything else is refused with the reason."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from zhunsheng.foundation.quantities import quantity_kinds, read_kind
from zhunsheng.registry.catalogue.models import Limit, Method, MethodParameter, Parameter
from zhunsheng.registry.catalogue.rules.units import misfit
from zhunsheng.registry.catalogue.services import import_rows

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def load(kind, *rows):
    return import_rows(kind=kind, rows=rows, by=None, at=NOON, why="test")


@pytest.fixture
def lead():
    """Enter lead in drinking water, by mass concentration."""
    load("editions", {"code": "GB 5749-2022"}, {"code": "GB/T 5750.6-2023"})
    load("objects", {"code": "W", "name": "生活饮用水"})
    load("parameters", {"code": "PB", "name": "铅", "quantity_kind": "质量浓度", "unit": "mg/L"})
    load("parameters", {"code": "T", "name": "水温", "quantity_kind": "temperature", "unit": "℃"})


def test_a_temperature_is_not_in_milligrams_per_litre_nor_a_concentration_in_degrees():
    assert misfit("mg/L", kind="temperature", own_unit="") == "温度 temperature (°C)"
    assert misfit("°F", kind="temperature", own_unit="") is None
    assert misfit("μg/mL", kind="mass-concentration", own_unit="mg/L") is None
    assert misfit("mg/kg", kind="mass-concentration", own_unit="mg/L") is not None
    assert misfit("%", kind="", own_unit="mg/kg") is None
    assert misfit("s", kind="", own_unit="mg/kg") == "mg/kg"


def test_every_kind_is_found_by_all_its_names_and_fits_its_own_units():
    kinds = quantity_kinds()

    assert len(kinds) > 30
    for key, kind in kinds.items():
        assert {read_kind(name) for name in (key, kind.zh, kind.en, kind.en.upper())} == {kind}
        assert all(kind.fits(unit) for unit in kind.units)


@pytest.mark.django_db
def test_a_parameter_whose_unit_is_of_another_kind_is_refused():
    (problem,) = load("parameters", {"code": "T", "name": "水温", "quantity_kind": "温度", "unit": "mg/L"}).problems

    assert (problem.field, problem.value) == ("unit", "mg/L")
    assert "温度" in problem.rule
    assert not Parameter.objects.exists()


@pytest.mark.django_db
def test_an_unknown_kind_of_quantity_is_refused_with_the_list():
    (problem,) = load("parameters", {"code": "T", "name": "水温", "quantity_kind": "冷热"}).problems

    assert problem.field == "quantity_kind"
    assert "温度 temperature" in problem.remedy


@pytest.mark.django_db
@pytest.mark.usefixtures("lead")
def test_a_limit_against_a_temperature_in_milligrams_per_litre_is_refused_with_the_reason():
    limit = {"edition": "GB 5749-2022", "object": "生活饮用水", "maximum": "30"}

    (problem,) = load("limits", limit | {"parameter": "水温", "unit": "mg/L"}).problems
    assert (problem.line, problem.field, problem.value) == (1, "unit", "mg/L")
    assert "温度 temperature" in problem.rule
    assert not load("limits", limit | {"parameter": "铅", "unit": "μg/L"}).problems


@pytest.mark.django_db
@pytest.mark.usefixtures("lead")
def test_a_parameter_cannot_turn_into_what_its_limits_are_not():
    load("limits", {"edition": "GB 5749-2022", "parameter": "铅", "maximum": "0.01", "unit": "mg/L"})

    (problem,) = load("parameters", {"code": "PB", "name": "铅", "quantity_kind": "温度", "unit": "K"}).problems

    assert "mg/L" in problem.rule
    assert Parameter.objects.get(code="PB").quantity_kind == "mass-concentration"


@pytest.mark.django_db
@pytest.mark.usefixtures("lead")
@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"minimum": "8.5", "maximum": "6.5"}, "minimum"),
        ({"maximum": "1", "effective_from": "2026-02-01", "effective_to": "2026-01-01"}, "effective_to"),
        ({"maximum": "1", "effective_from": "2024-01-01"}, "effective_from"),
    ],
)
def test_a_limit_that_contradicts_itself_or_another_of_the_same_days_is_refused(row, field):
    base = {"edition": "GB 5749-2022", "parameter": "铅", "unit": "mg/L"}
    load("limits", base | {"maximum": "0.01", "effective_from": "2023-04-01"})

    assert [one.field for one in load("limits", base | row).problems] == [field]
    assert Limit.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("lead")
def test_a_limit_may_follow_one_that_has_ended():
    base = {"edition": "GB 5749-2022", "parameter": "铅", "unit": "mg/L"}
    load("limits", base | {"maximum": "0.01", "effective_from": "2023-04-01", "effective_to": "2025-12-31"})

    assert not load("limits", base | {"maximum": "0.005", "effective_from": "2026-01-01"}).problems
    assert sorted(Decimal(one) for one in Limit.objects.values_list("maximum", flat=True)) == [
        Decimal("0.005"), Decimal("0.01"),
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("lead")
def test_a_method_is_an_edition_a_clause_and_a_technique_with_all_that_it_determines():
    row = {"edition": "GB/T 5750.6-2023", "clause": "4.5", "technique": "电感耦合等离子体质谱法"}
    load("parameters", {"code": "CD", "name": "镉"})

    outcome = load(
        "methods", row | {"parameter": "铅", "quantified_from": "0.07", "unit": "μg/L"}, row | {"parameter": "镉"}
    )

    assert (outcome.problems, outcome.created) == ([], 2)
    method = Method.objects.get()
    assert sorted(method.parameters.values_list("name", flat=True)) == ["铅", "镉"]
    again = load("methods", row | {"parameter": "铅", "quantified_from": "0.07", "unit": "μg/L"})
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)
    (problem,) = load("methods", row | {"parameter": "水温", "unit": "mg/L"}).problems
    assert problem.field == "unit"
    assert MethodParameter.objects.count() == 2
    assert Method.history.count() == 1


@pytest.mark.django_db
def test_a_cas_number_with_a_slip_is_refused_with_the_one_that_was_meant():
    (problem,) = load("parameters", {"code": "HG", "name": "汞", "cas": "7493-97-6"}).problems  # mercury is 7439-97-6

    assert problem.field == "cas"
    assert "7439-97-6" in problem.remedy
