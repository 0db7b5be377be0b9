import csv
import gzip
from decimal import Decimal

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.foundation.quantities import (
    UnitMismatch,
    convert,
    convert_measured,
    knows_unit,
    normalise_unit,
    read_value,
    same_kind,
)
from zhunsheng.foundation.quantities.units import _registry

ONE = Decimal(1)
UNITS = [
    *(
        "mg/L",
        "μg/L",
        "ng/L",
        "mg/kg",
        "g/100 g",
        "%",
        "CFU/mL",
        "CFU/100 mL",
        "MPN/100 mL",
        "NTU",
        "pH",
        "°C",
        "K",
        "°F",
    ),
    *("μS/cm", "mS/m", "Bq/L", "mBq/L", "mSv/a", "mol/L", "kPa", "mg/m³", "dB", "Pt-Co", "TON", "L", "mg"),
]


@pytest.mark.parametrize(
    ("spellings", "ours"),
    [
        (["PMÜ/100 ml", "PMÜ/100ml", "CFU/100mL", "cfu/(100 mL)", "PMÜ / 100 ml"], "CFU/100 mL"),
        (["PMÜ/1 ml", "PMÜ/ 1ml", "CFU/mL", "CFU·mL-1", "CFU·mL^-1"], "CFU/mL"),
        (["\u00b5g/l", "\u03bcg/l", "ug/L", "μg·L⁻¹", "微克/升", "ug/l"], "\u03bcg/L"),
        (["mg/l", "mg/L", "ｍｇ／Ｌ", "mg / L", "毫克/升", "mg·L-1"], "mg/L"),
        (["mgO2/l", "mg/l O2", "mg O/l", "mg/L（以O2计）", "mg/L (O₂)"], "mg/L (O2)"),
        (["mg/L(以N计)", "mg/L N", "mgN/l", "mg/L as N"], "mg/L (N)"),
        (["mg/kg(以Pb计)", "mg/kg（以 Pb 计）"], "mg/kg (Pb)"),
        (["mg/l Pt", "Pt-Co ühik", "Pt-Co"], "Pt-Co"),
        (["NHÜ", "NTU", "ntu"], "NTU"),
        (["pH ühik", "pH", "pH单位"], "pH"),
        (["°C", "℃", "0C", "ºC", "摄氏度"], "°C"),
        (["μS/cm", "\u00b5S/cm", "uS/cm"], "\u03bcS/cm"),
        (["mSv/aastas", "mSv/a"], "mSv/a"),
        (["mg-ekv/l", "meq/L"], "meq/L"),
        (["mg/m3", "mg/m³", "mg/m^3", "mg·m-3"], "mg/m³"),
        (["%", "％"], "%"),
        (["% O2 küllastusastmest"], "% saturation"),
        (["pg / g wet weight", "pg/g", "pg/g（湿重）"], "pg/g"),
        (["", " ", "1"], ""),
    ],
)
def test_spellings_of_one_unit_become_one(spellings, ours):
    assert {normalise_unit(text) for text in spellings} == {ours}


def test_every_unit_of_the_water_register_knows_unit(shared):
    with gzip.open(shared / "data" / "ee_water" / "result_lines.csv.gz", "rt", encoding="utf-8") as file:
        units = {row["unit"] for row in csv.DictReader(file)}

    assert len(units) > 40
    assert [unit for unit in units if not knows_unit(unit)] == []


@pytest.mark.parametrize("unit", ["quux", "mg/quux", "5-quux/L", "mg//", "Mg/L?"])
def test_an_unknown_part_makes_a_unit_unknown(unit):
    assert not knows_unit(unit)


@pytest.mark.parametrize(
    ("value", "start", "end", "result"),
    [
        ("1", "mg/L", "μg/L", "1000"),
        ("10", "µg/l", "mg/l", "0.010"),
        ("1", "mg/L", "g/m³", "1"),
        ("1", "PMÜ/1 ml", "CFU/100 mL", "100"),
        ("250", "CFU/250 mL", "CFU/mL", "1"),
        ("3", "MPN/100 ml", "MPN/L", "30"),
        ("1", "%", "mg/kg", "10000"),
        ("0.5", "g/100g", "%", "0.5"),
        ("0.22", "ppm", "mg/kg", "0.22"),
        ("1", "mS/cm", "μS/cm", "1000"),
        ("100", "mS/m", "μS/cm", "1000"),
        ("100", "mBq/l", "Bq/L", "0.1"),
        ("20", "°C", "K", "293.15"),
        ("98.6", "°F", "°C", "37"),
        ("-40", "°C", "°F", "-40"),
        ("1", "mmol/l", "mol/L", "0.001"),
        ("1", "kcal/100g", "kJ/100 g", "4.184"),
        ("1", "bar", "kPa", None),
        ("2", "mg O2/l", "mg/L", "2"),
        ("500", "pg/g wet weight", "ng/kg", "500"),
        ("1", "mg/(m2·d)", "mg/m²/d", "1"),
        ("0.10", "mg/L", "mg/l", "0.10"),
    ],
)
def test_values_convert_exactly(value, start, end, result):
    if result is None:  # a unit that the tables don't hold is refused, not guessed
        with pytest.raises(UnitMismatch):
            convert(Decimal(value), start, end)
        return
    assert convert(Decimal(value), start, end) == Decimal(result)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("mg/L", "mg/kg"),
        ("CFU/mL", "MPN/mL"),
        ("CFU/mL", "units/mL"),
        ("NTU", "FAU"),
        ("NTU", "mg/L"),
        ("pH", "%"),
        ("pH", ""),
        ("Bq/L", "1/(s·L)"),
        ("mSv", "mGy"),
        ("%", "% saturation"),
        ("TON", "TFN"),
        ("mg/L (N)", "mg/L (NO3)"),
        ("mg/L Pt", "mg/L"),
        ("°C", "mg/L"),
        ("dB", ""),
        ("mg/L", ""),
        ("mg/L", "quux"),
        ("quux", "mg/L"),
        ("mmol/L", "mg/L"),
        ("mmol/L", "meq/L"),
    ],
)
def test_what_differs_in_kind_is_refused(start, end):
    assert not same_kind(start, end)
    with pytest.raises(UnitMismatch) as caught:
        convert(ONE, start, end)

    assert caught.value.field == "unit"


def test_an_unknown_unit_converts_to_itself_alone():
    assert convert(Decimal("1.50"), "PDÜ/3 q", "\u3000PDÜ/3  q") == Decimal("1.50")
    assert normalise_unit(" PDÜ/3\u00a0 q ") == "PDÜ/3 q"


def test_the_same_unit_leaves_the_digits_alone():
    assert str(convert(Decimal("0.500"), "mg/l", "mg/L")) == "0.500"


def test_a_converted_result_keeps_its_published_digits():
    measured = convert_measured(read_value("<0.50"), "mg/L", "μg/L")

    assert (measured.kind, measured.number, measured.digits) == ("less_than", Decimal(500), "0.50")
    assert convert_measured(read_value("未检出"), "mg/L", "μg/L") == read_value("未检出")


@given(st.sampled_from(UNITS), st.sampled_from(UNITS), st.decimals(-(10**9), 10**9, places=6))
def test_converting_there_and_back_returns_the_value(start, end, value):
    if not same_kind(start, end):
        assert not same_kind(end, start)
        return
    back = convert(convert(value, start, end), end, start)

    assert abs(back - value) <= Decimal("1e-30") * max(ONE, abs(value))


@given(st.text(max_size=30))
def test_any_text_may_stand_as_a_unit(text):
    once = normalise_unit(text)

    assert normalise_unit(once) == once
    assert convert(ONE, text, text) == 1


@pytest.mark.parametrize("unit", UNITS)
def test_our_own_spelling_is_stable(unit):
    assert normalise_unit(unit) == unit


@pytest.mark.parametrize(
    "hostile", ["__import__('os')", "9**9**9**9", "mg/L; import os", "(" * 50, "m" * 59, "10^99999999 L"]
)
def test_a_hostile_unit_is_only_a_text(hostile):
    with pytest.raises(UnitMismatch):
        convert(ONE, hostile, "mg/L")


@pytest.fixture(scope="module")
def published_registry():
    """Give Pint's own table of units, an outside source for ours."""
    return pint.UnitRegistry(cache_folder=None)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("mg/L", "kg/m**3"),
        ("ng/L", "µg/L"),
        ("mg/kg", "percent"),
        ("mmol/L", "mol/m**3"),
        ("µS/cm", "S/m"),
        ("MPa", "bar"),
        ("kcal", "kJ"),
        ("N/mm**2", "kPa"),
        ("g/(m**2*d)", "mg/(m**2*h)"),
        ("kV", "mV"),
        ("degC", "degF"),
        ("degF", "kelvin"),
        ("t", "kg"),
        ("ha", "m**2"),
        ("a", "h"),
        ("mSv/a", "µSv/h"),
    ],
)
def test_our_table_agrees_with_the_published_one(published_registry, start, end):
    ours = _registry()
    theirs = published_registry

    for value in (0, 1, 36.6):
        here = ours.Quantity(Decimal(str(value)), start.replace("µ", "μ")).to(end.replace("µ", "μ")).magnitude
        there = theirs.Quantity(value, start).to(end).magnitude
        assert float(here) == pytest.approx(there, rel=1e-12, abs=1e-12)
