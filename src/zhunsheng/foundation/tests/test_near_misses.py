"""Identity numbers of GB 11643, and what a mistyped code may have meant."""

import pytest

from zhunsheng.foundation.identifiers import IdentifierError, make_uscc
from zhunsheng.foundation.identifiers.near import near_cas, near_id_number, near_uscc, variants
from zhunsheng.foundation.identifiers.persons import parse_id_number


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_examples_of_the_standard_are_right(number):
    """GB 11643-1999, annex A."""
    assert str(parse_id_number(number)) == number


def test_an_identity_number_tells_division_and_day_of_birth_and_takes_full_width_signs():
    found = parse_id_number("１１０１０５１９４９１２３１００２ｘ")

    assert (found.division, found.born_on.isoformat()) == ("110105", "1949-12-31")


@pytest.mark.parametrize(
    ("number", "rule"),
    [
        ("110105194912310021", "doesn't fit"),
        ("11010519490231002X", "day of birth"),
        ("11010517491231002X", "day of birth"),
        ("1101051949123100", "17 digits"),
        ("X1010519491231002X", "17 digits"),
    ],
)
def test_a_wrong_identity_number_is_refused_without_being_repeated(number, rule):
    with pytest.raises(IdentifierError, match=rule) as refused:
        parse_id_number(number)

    assert number not in str(refused.value)


def test_exchanged_neighbours_are_recognised():
    """CAS numbers of lead and cadmium; the credit code of a made-up body."""
    assert near_id_number("11010519491213002X") == "11010519491231002X"
    assert "7439-92-1" in near_cas("7439-29-1").split(" / ")
    assert near_cas("1-1-1") == ""
    right = make_uscc("440106", "MA59KWQ7").code
    assert near_uscc(right[:12] + right[13] + right[12] + right[14:]) == right


def test_a_letter_taken_for_a_digit_is_read_as_the_digit():
    assert near_id_number("1101O519491231002X") == "11010519491231002X"


def test_a_code_beyond_one_exchange_is_not_guessed():
    assert near_id_number("999999999999999999") == ""


def test_the_variants_of_a_number_are_one_slip_away():
    found = set(variants("231912050001"))

    assert {"231912050010", "321912050001", "231912050002"} <= found
    assert "231912050001" not in found
    assert len(found) == 12 * 9 + 9  # nine pairs of neighbours differ
