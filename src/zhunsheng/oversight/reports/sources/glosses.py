"""Chinese and English beside the original words of foreign publishers: for display alone, never stored."""

from functools import cache
from pathlib import Path
from typing import Final

import yaml

_WORDS: Final = Path(__file__).parent / "data" / "ee_words.yaml"


@cache
def _table() -> dict[str, tuple[str, str]]:
    groups: dict[str, list[list[str]]] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return {original: (zh, en) for words in groups.values() for original, zh, en in words}


def gloss(text: str, language: str) -> str | None:
    """Return what a published word means in Chinese (language tags `zh…`) or English; None for other words."""
    found = _table().get(text.strip())
    if found is None:
        return None
    meaning = found[0] if language.lower().startswith("zh") else found[1]
    return None if meaning == text.strip() else meaning
