"""Telephone numbers as offices write them: a mobile number, or a landline with area code and perhaps an extension."""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from zhunsheng.foundation.identifiers.text import IdentifierError, tidy

_FIELD = "telephone"
_HOME = 86
_EXTENSION = re.compile(
    r"(?P<number>.*[0-9])\s*(?:转|分机号?|ext\.?|x|#|,)\s*:?\s*(?P<extension>[0-9]{1,6})", re.IGNORECASE
)
_DASHED = re.compile(r"(?P<number>.*[0-9])-(?P<extension>[0-9]{1,6})")
_NO_AREA = re.compile(r"[2-9][0-9]{6,7}")


@dataclass(frozen=True)
class Telephone:
    """A number that can be dialled, and the extension behind it ("" for none)."""

    number: phonenumbers.PhoneNumber
    extension: str = ""

    @property
    def text(self) -> str:
        """The number as it is kept: 13812345678, 020-81234567, 020-81234567 转 801, +852 2345 6789."""
        return f"{self._dialled} 转 {self.extension}" if self.extension else self._dialled

    @property
    def _dialled(self) -> str:
        if self.number.country_code != _HOME:
            return phonenumbers.format_number(self.number, PhoneNumberFormat.INTERNATIONAL)
        digits = phonenumbers.national_significant_number(self.number)
        if phonenumbers.number_type(self.number) != PhoneNumberType.FIXED_LINE:
            return digits
        area = phonenumbers.length_of_geographical_area_code(self.number)
        return f"0{digits[:area]}-{digits[area:]}"

    def __str__(self) -> str:
        return self.text


def parse_telephone(text: str) -> Telephone:
    """Return the telephone number in a text; one without a country code is a number of the mainland.

    Raises: IdentifierError for what nobody can dial: too few or too many digits, a landline without area code.
    Source: the numbering plans of the package phonenumbers (ITU-T E.164, MIIT).
    """
    plain = tidy(text)
    found = _EXTENSION.fullmatch(plain)
    whole = None if found else _valid(plain)
    found = found or (_DASHED.fullmatch(plain) if whole is None else None)
    number = _valid(found["number"]) if found else whole
    if number is None:
        raise _refused(text, plain)
    return Telephone(number, found["extension"] if found else "")


def _valid(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _refused(text: str, plain: str) -> IdentifierError:
    if _NO_AREA.fullmatch(re.sub(r"[\s-]", "", plain)):
        return IdentifierError(
            _FIELD, "a landline number needs its area code", "Write it before the number: 020-81234567.", text=text
        )
    return IdentifierError(
        _FIELD, "nobody can dial this number",
        "Enter a mobile number of 11 digits, or a landline with area code: 020-81234567, 020-81234567-801.",
        text=text,
    )  # fmt: skip
