"""A list of reports as people paste it: one a line, by code, address, number with code, or digest. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports.format import CODE_LENGTH, normalise_code
from zhunsheng.oversight.reports.verification import Question

MOST_ASKED: Final = 200
LONGEST_LINE: Final = 400
_SHA256: Final = re.compile(r"[0-9a-fA-F]{64}")
_CMA: Final = re.compile(r"\d{12}")
_PARTS: Final = re.compile(r"[\t,;，；、]+|\s{2,}")
_FIELD: Final = re.compile(r"(file|digest|body|number|version)=(.*)", re.DOTALL)


class TooManyAsked(DomainError):
    """A longer list than one request may hold."""

    code = "too-many-asked"
    status = 422


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the list: what it says, for people, and the question it puts."""

    line: int
    text: str
    question: Question


def read_questions(text: str) -> list[Asked]:
    """Return the question of each line that isn't empty.

    A line is a full code (identifier, hyphen, 16 characters), the address of a QR picture, a report number with the 16
    characters (a CMA number beside them tells which body is meant), a SHA-256 digest, or what the page writes for a
    file that the browser has hashed (`file=`, `digest=`, `body=`, `number=`, `version=`, separated by tabs).

    Raises: TooManyAsked beyond MOST_ASKED lines.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > MOST_ASKED:
        raise TooManyAsked(
            "The list has %(found)s lines; at most %(most)s are answered at once.",
            params={"found": len(lines), "most": MOST_ASKED},
            field="reports",
            remedy="Split the list.",
        )
    return [Asked(number, *_read(line[:LONGEST_LINE])) for number, line in lines]


def _read(line: str) -> tuple[str, Question]:
    fields = dict(_fields(line))
    if fields.get("digest"):
        version = fields.get("version", "")
        question = Question(
            digest=fields["digest"],
            body=fields.get("body", ""),
            number=fields.get("number", ""),
            version=int(version) if version.isdecimal() and version.isascii() and len(version) < 10 else None,
        )
        return fields.get("file") or fields.get("number") or fields["digest"], question
    if _SHA256.fullmatch(line):
        return line, Question(digest=line)
    return line, _printed(line)


def _fields(line: str) -> Iterator[tuple[str, str]]:
    for part in line.split("\t"):
        found = _FIELD.fullmatch(part.strip())
        if found:
            yield found[1], found[2].strip()


def _printed(line: str) -> Question:
    """Return the question of what is printed on paper."""
    parts = [part for part in _PARTS.split(line) if part]
    if len(parts) == 1 and " " in line:
        parts = line.rsplit(" ", 1)
    last = parts[-1]
    if len(parts) == 1 or len(normalise_code(last)) != CODE_LENGTH:
        return Question(code=line.rstrip("/").rpartition("/")[2])
    body = next((part for part in parts[:-1] if _CMA.fullmatch(part)), "") if len(parts) > 2 else ""
    number = next((part.strip() for part in parts[:-1] if part != body), "")
    return Question(code=last, number=number, body=body)
