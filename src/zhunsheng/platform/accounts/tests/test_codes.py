"""Stretches of division codes: what an officer of several places may see is asked in a few ranges."""

from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.platform.accounts.models.divisions import spans

GUANGDONG = [f"44{city:02d}" for city in (*range(1, 10), *range(12, 21), *range(51, 54))]
"""The 21 cities of Guangdong by GB/T 2260."""


def test_cities_beside_each_other_are_one_stretch_of_codes():
    assert spans(GUANGDONG) == [("440100", "440999"), ("441200", "442099"), ("445100", "445399")]


@given(st.sets(st.from_regex(r"\A4[0-9]([0-9]{2}){0,2}\Z"), max_size=30), st.from_regex(r"\A4[0-9]{5}\Z"))
def test_a_stretch_holds_the_codes_that_begin_with_its_digits_and_no_others(prefixes, code):
    apart = [one for one in prefixes if not one.startswith(tuple(prefixes - {one}) or ("-",))]

    assert any(first <= code <= last for first, last in spans(apart)) == code.startswith(tuple(prefixes) or ("-",))
