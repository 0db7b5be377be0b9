"""What the law says of the national library, loaded and validated once."""

from functools import cache
from pathlib import Path
from typing import Final

from zhunsheng.foundation.lawbook import Entry, Lawbook, LawbookError
from zhunsheng.registry.national.rules.answers import Kind

ENTRY: Final = "national.library"


@cache
def book() -> Lawbook:
    """Return the lawbook of this room. Raises: LawbookError where remarks or effects are missing."""
    found = Lawbook.load(Path(__file__).parent / "law")
    for entry in found:
        effects = entry.values.get("effects", {})
        if set(effects) != set(Kind.values) or any(set(words) != {"zh", "en"} for words in effects.values()):
            raise LawbookError(entry.id, "an effect in zh and en for each of the five answers")
        if set(entry.values.get("remarks", {})) != {"cite_only", "abolished"}:
            raise LawbookError(entry.id, "the words of remarks for cite_only and abolished")
    return found


def latest() -> Entry:
    """Return the newest entry: remarks are read by what is known today."""
    return list(book())[-1]
