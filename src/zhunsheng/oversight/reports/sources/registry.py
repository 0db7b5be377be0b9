"""All sources, and which of them a file belongs to."""

from pathlib import Path
from typing import Final

from zhunsheng.foundation.errors import DomainError

from .base import Source
from .dcc import DCC
from .ee_water import EE_WATER
from .ee_water_lines import EE_WATER_LINES

SOURCES: Final[dict[str, Source]] = {source.name: source for source in (EE_WATER, EE_WATER_LINES, DCC)}


class UnknownSource(DomainError):
    """A file that no source recognises, or a source's name that doesn't exist."""

    code = "unknown-source"


def source_for(path: Path, name: str | None = None) -> Source:
    """Return the source of this name, or the one that recognises the file. Raises: UnknownSource."""
    if name is not None:
        if name not in SOURCES:
            raise UnknownSource(
                "There is no source called %(name)s.",
                params={"name": name},
                remedy=f"Use one of: {', '.join(SOURCES)}.",
            )
        return SOURCES[name]
    for source in SOURCES.values():
        if source.sniff(path):
            return source
    raise UnknownSource(
        "No source recognises %(name)s.",
        params={"name": path.name},
        remedy=f"Name the source; known are: {', '.join(SOURCES)}.",
    )
