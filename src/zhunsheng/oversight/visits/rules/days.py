"""Whether a photograph is of the visit's day: what the picture itself says, and what the device said of its file."""

import re
import struct
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum

_TAGS = {0x9003, 0x0132}  # DateTimeOriginal, DateTime
_EXIF_POINTER = 0x8769
_FORM = "%Y:%m:%d %H:%M:%S"
_TIME = re.compile(rb"\d{4}:\d{2}:\d{2} \d{2}:\d{2}:\d{2}")


class Mark(StrEnum):
    """What an officer must know before a photograph counts as evidence."""

    OTHER_DAY = "other_day"
    NO_PLACE = "no_place"
    FAR_AWAY = "far_away"
    NOT_CAPTURED_HERE = "older_file"


def taken_on(picture: bytes) -> date | None:
    """Return the day on which a JPEG says that it was taken; None where it doesn't say.

    Source: Exif 2.32, tags DateTimeOriginal and DateTime.
    """
    block = _exif(picture)
    moments = dict(_times(block)) if block else {}
    found = moments.get(0x9003) or moments.get(0x0132)
    return found.date() if found else None


def marks_of(
    *, on: date, last: date, exif: date | None, claimed: date | None, modified: date | None, place: bool,
    far: bool = False,
) -> list[Mark]:  # fmt: skip
    """Return what speaks against a photograph of a visit that lasts from `on` to `last`.

    Args:
        exif: what the picture says; claimed: the day of the device's clock at capture; modified: that of the file;
        place: whether the device said where it was; far: whether that is far from the body's sites.
    """
    within = [one for one in (exif, claimed) if one is not None]
    found = []
    if any(not on <= one <= last for one in within):
        found.append(Mark.OTHER_DAY)
    elif exif is None and modified is not None and not on <= modified <= last:
        found.append(Mark.NOT_CAPTURED_HERE)
    if not place:
        found.append(Mark.NO_PLACE)
    elif far:
        found.append(Mark.FAR_AWAY)
    return found


def _exif(picture: bytes) -> bytes | None:
    """Return the TIFF block of a JPEG's APP1 segment."""
    if not picture.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 4 <= len(picture) and picture[at] == 0xFF and picture[at + 1] not in {0xD9, 0xDA}:
        size = int.from_bytes(picture[at + 2 : at + 4], "big")
        segment = picture[at + 4 : at + 2 + size]
        if picture[at + 1] == 0xE1 and segment.startswith(b"Exif\x00\x00"):
            return segment[6:]
        at += 2 + max(size, 2)
    return None


def _times(block: bytes) -> Iterator[tuple[int, datetime]]:
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None or len(block) < 8:
        return
    waiting = [struct.unpack_from(f"{order}I", block, 4)[0]]
    for _step in range(3):  # the first directory and the one of Exif; a loop of pointers ends
        if not waiting:
            return
        for tag, _kind, count, value in _entries(block, waiting.pop(), order):
            if tag == _EXIF_POINTER:
                waiting.append(value)
            elif tag in _TAGS and (moment := _moment(block[value : value + count])) is not None:
                yield tag, moment


def _entries(block: bytes, at: int, order: str) -> Iterator[tuple[int, int, int, int]]:
    if at + 2 > len(block):
        return
    (number,) = struct.unpack_from(f"{order}H", block, at)
    for place in range(number):
        start = at + 2 + 12 * place
        if start + 12 > len(block):
            return
        yield struct.unpack_from(f"{order}HHII", block, start)


def _moment(text: bytes) -> datetime | None:
    found = _TIME.match(text)
    try:
        # Exif names no zone: the clock of the camera, which is all that the day needs.
        return datetime.strptime(found[0].decode(), _FORM) if found else None  # noqa: DTZ007 - see above
    except ValueError:
        return None
