"""Line numbers as people write them: 3, 5-7."""

import re
from collections.abc import Iterable
from typing import Final

MOST: Final = 2000
_PART: Final = re.compile(r"(\d{1,6})(?:\s*[-–~至]\s*(\d{1,6}))?")


def numbers_in(text: str) -> list[int] | None:
    """Return the line numbers of a text in order, each once; None for what can't be read or are too many."""
    found: set[int] = set()
    for part in filter(None, (one.strip() for one in re.split(r"[,，;；、\s]\s*(?![-–~至])", text))):
        match = _PART.fullmatch(part)
        if match is None:
            return None
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first or last - first >= MOST:
            return None
        found.update(range(first, last + 1))
    return sorted(found) if len(found) <= MOST else None


def numbers_text(numbers: Iterable[int]) -> str:
    """Return line numbers with neighbours drawn together: 3, 5-7."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)
