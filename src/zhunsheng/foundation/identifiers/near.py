"""What somebody may have meant who mistyped a code: one character other, or two neighbours exchanged."""

from collections.abc import Callable, Iterator

from zhunsheng.foundation.identifiers.chemicals import parse_cas
from zhunsheng.foundation.identifiers.persons import parse_id_number
from zhunsheng.foundation.identifiers.text import IdentifierError, tidy
from zhunsheng.foundation.identifiers.uscc import ALPHABET, parse_uscc

_LIKELY = {"O": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8", "G": "6", "Q": "0", "V": "U"}
"""Letters that are taken for another character when a code is copied by eye."""
_FEW = 3


def variants(text: str, alphabet: str = "") -> Iterator[str]:
    """Yield every code at the distance of one slip from a text, likely slips first.

    Args:
        alphabet: what may stand at a place; the digits if not given, with the letters of credit codes where the text
            has letters.
    """
    code = tidy(text).replace(" ", "").upper()
    signs = alphabet or ("0123456789" if code.isdigit() else ALPHABET)
    read = "".join(_LIKELY.get(sign, sign) if sign not in signs else sign for sign in code)
    if read != code:
        yield read
    for at in range(len(code) - 1):
        if code[at] != code[at + 1]:
            yield code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    for at, held in enumerate(code):
        for sign in signs:
            if sign != held:
                yield code[:at] + sign + code[at + 1 :]


def near_uscc(text: str) -> str:
    """Return the credit code that was probably meant, or "" when none or several are equally likely."""
    return _only(_likely(text, lambda code: str(parse_uscc(code)), ALPHABET))


def near_cas(text: str) -> str:
    """Return the CAS numbers that were probably meant, at most three with " / " between them, or ""."""
    return " / ".join(_likely(text, lambda code: str(parse_cas(code)), "0123456789")[:_FEW])


def near_id_number(text: str) -> str:
    """Return the identity number that was probably meant, or "" when none or several are equally likely."""
    return _only(_likely(text, lambda code: str(parse_id_number(code)), "0123456789X"))


def _only(found: list[str]) -> str:
    return found[0] if len(found) == 1 else ""


def _likely(text: str, parse: Callable[[str], str], alphabet: str) -> list[str]:
    """Return the code with likely letters made digits if that is right, else every right exchange of neighbours.

    A check digit is right for about one in eleven to thirty-one of all other slips: those are too many to suggest.
    """
    code = tidy(text).replace(" ", "").upper()
    read = "".join(_LIKELY.get(sign, sign) if sign not in alphabet and sign != "-" else sign for sign in code)
    if read != code and _right(read, parse):
        return [read]
    exchanged = {
        code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        for at in range(len(code) - 1)
        if code[at] != code[at + 1] and "-" not in code[at : at + 2]
    }
    return [one for one in sorted(exchanged) if _right(one, parse)]


def _right(code: str, parse: Callable[[str], str]) -> bool:
    try:
        parse(code)
    except IdentifierError:
        return False
    return True
