"""What people say for terms of the catalogue, and the words of a question that say nothing: `data/colloquial.yaml`."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def _held() -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load(
        (Path(__file__).parent / "data" / "colloquial.yaml").read_text(encoding="utf-8")
    )
    return held


@cache
def colloquial() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the colloquial words, each with the names that it stands for."""
    return tuple((str(row["word"]), tuple(map(str, row["means"]))) for row in _held()["words"])


@cache
def fillers() -> frozenset[str]:
    """Return the words that a query may have and that mean nothing to the search."""
    return frozenset(_held()["fillers"].split())
