"""All sources, and which of them a file belongs to."""

from pathlib import Path
from typing import Final

from ..format.problems import BilingualProblem
from .base import Source
from .cn_food_sampling import CN_FOOD_SAMPLING
from .dcc import DCC
from .ee_water import EE_WATER
from .ee_water_lines import EE_WATER_LINES

SOURCES: Final[dict[str, Source]] = {
    source.name: source for source in (EE_WATER, EE_WATER_LINES, DCC, CN_FOOD_SAMPLING)
}


class UnknownSource(BilingualProblem):
    """A file that no source recognises, or a source's name that doesn't exist."""

    def __init__(self, rule: str, rule_zh: str) -> None:
        known = ", ".join(SOURCES)
        super().__init__(
            rule,
            rule_zh,
            f"Name the source; known are: {known}.",
            f"请指明来源，可选：{known}。",
            code="unknown-source",
        )


def source_for(path: Path, name: str | None = None) -> Source:
    """Return the source of this name, or the one that recognises the file. Raises: UnknownSource."""
    if name is not None:
        if name not in SOURCES:
            raise UnknownSource(f"There is no source called {name}.", f"没有名为 {name} 的来源。")
        return SOURCES[name]
    for source in SOURCES.values():
        if source.sniff(path):
            return source
    raise UnknownSource(f"No source recognises {path.name}.", f"无法识别 {path.name} 属于哪个来源。")
