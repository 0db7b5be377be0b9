"""Which characters the texts of a report may hold.

Refused everywhere: control characters, byte-order marks, the two codes that no XML may hold, and the marks that turn
the reading direction (a number could be made to look like another). Codes and numbers also refuse whatever is not seen
(Unicode's default ignorable characters). Line breaks and tabs are for prose alone.
"""

import re
from typing import Final

_UNSEEN: Final = r"\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
_HIDDEN: Final = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\uffa0\ufff0-\ufffb"
)
PROSE_PATTERN: Final = f"^[^{_UNSEEN}]*$"
TEXT_PATTERN: Final = rf"^[^{_UNSEEN}\u0009\u000a\u2028\u2029]*$"
_IN_CODE: Final = rf"{_UNSEEN}\u0009\u000a\u2028\u2029{_HIDDEN}"
CODE_PATTERN: Final = rf"^[^{_IN_CODE}]*$"
FULL_WIDTH_NUMBER: Final = (
    r"(?=[\s\S]*[０-９])[<>≤≥=~≈±+＜＞＝～＋－-]*[ \u3000]*[0-9０-９][0-9０-９.,．，]*"
    r"(?:[eE×x*^][0-9０-９+＋－×^-]*)?[ \u3000]*[%％]?"
)
VALUE_PATTERN: Final = f"^(?!{FULL_WIDTH_NUMBER}$)[^{_UNSEEN}]*$"

BAD_IN_PROSE: Final = re.compile(f"[{_UNSEEN}]")
BAD_IN_TEXT: Final = re.compile(rf"[{_UNSEEN}\t\n\u2028\u2029]")
BAD_IN_CODE: Final = re.compile(rf"[{_IN_CODE}\U000e0000-\U000e0fff]")

_SUSPECT_BYTES: Final = re.compile(
    rb"\\|\x7f|\xc2[\x80-\x9f\xad]|\xcd\x8f|\xd8\x9c|\xe1\x85[\x9f\xa0]|\xe1\x9e[\xb4\xb5]|\xe1\xa0[\x8b-\x8f]"
    rb"|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]|\xe3\x85\xa4|\xef\xb8[\x80-\x8f]|\xef\xbb\xbf|\xef\xbe\xa0"
    rb"|\xef\xbf[\xb0-\xbb\xbe\xbf]|\xf3\xa0"
)

_RARE: Final = (b"\xef\xb8", b"\xef\xbb", b"\xef\xbe", b"\xef\xbf")


def looks_clean(canonical: bytes) -> bool:
    """Return whether canonical JSON surely holds no refused character; False means "look closely".

    Single bytes are searched for first: that is thirty times faster than a pattern, and most reports have none.
    """
    if (
        b"\\" in canonical
        or b"\x7f" in canonical
        or b"\xc2" in canonical
        or b"\xe2" in canonical
        or b"\xcd" in canonical
        or b"\xd8" in canonical
        or b"\xe1" in canonical
        or b"\xf3" in canonical
        or b"\xe3\x85" in canonical
        or (b"\xef" in canonical and any(rare in canonical for rare in _RARE))
    ):
        return _SUSPECT_BYTES.search(canonical) is None
    return True


def first_bad(text: str, pattern: str) -> str | None:
    """Return the first character that a text of this pattern may not hold, or None."""
    refused = {CODE_PATTERN: BAD_IN_CODE, TEXT_PATTERN: BAD_IN_TEXT}.get(pattern, BAD_IN_PROSE)
    found = refused.search(text)
    return found.group() if found else None
