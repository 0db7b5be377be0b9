import pytest

from zhunsheng.foundation.identifiers import IdentifierError, parse_telephone


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("138 1234 5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("020-81234567", "020-81234567"),
        ("(0755) 8234 5678", "0755-82345678"),
        ("0757－8632 1234", "0757-86321234"),
        ("020-81234567-801", "020-81234567 转 801"),
        ("020-81234567转801", "020-81234567 转 801"),
        ("020 8123 4567 分机 801", "020-81234567 转 801"),
        ("020-81234567 ext. 801", "020-81234567 转 801"),
        ("400-800-1234", "4008001234"),
        ("+852 2345 6789", "+852 2345 6789"),
    ],
)
def test_a_telephone_number_is_kept_in_one_form_however_it_is_written(written, kept):
    assert parse_telephone(written).text == kept
    assert parse_telephone(kept).text == kept


@pytest.mark.parametrize(
    "written", ["1381234567", "138123456789", "0755-234567", "电话", "13800", "020-81234567 83456789", "0"]
)
def test_what_nobody_can_dial_is_refused_with_the_forms_that_are_known(written):
    with pytest.raises(IdentifierError) as refused:
        parse_telephone(written)

    assert refused.value.field == "telephone"
    assert "020-81234567" in refused.value.remedy


@pytest.mark.parametrize("written", ["81234567", "8123-4567", "8123 4567"])
def test_a_landline_without_area_code_is_told_so(written):
    with pytest.raises(IdentifierError, match="area code"):
        parse_telephone(written)
