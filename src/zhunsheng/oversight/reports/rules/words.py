"""Verdict words as laboratories print them, read as pass, fail or undecided.

Words are data (`law/verdict_words.yaml`); a word that is not listed is not guessed at.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.foundation.lawbook import read_entries
from zhunsheng.oversight.reports.rules.facts import Decision

_WORDS = Path(__file__).parents[1] / "law" / "verdict_words.yaml"
_BRACKETS = re.compile(r"[(（【\[].*?[)）】\]]")
_DECISIONS: tuple[Decision, ...] = ("pass", "fail", "undecided")


@cache
def _table() -> dict[str, Decision]:
    """Return every listed word, normalised, with what it means."""
    words = read_entries(_WORDS)[0].values
    return {normalise_name(word): decision for decision in _DECISIONS for word in words[decision]}


@lru_cache(maxsize=65536)
def read_verdict(text: str) -> Decision | None:
    """Return what a verdict or conclusion says: whole word first, then without brackets; None for other words."""
    if not text:
        return None
    table = _table()
    plain = normalise_name(text).strip("。.;；,，")
    found = table.get(plain) or table.get(normalise_name(_BRACKETS.sub("", text)).strip("。.;；,，"))
    return found or _read_sentence(text)


@cache
def _sentence_words() -> tuple[tuple[str, Decision], ...]:
    """Return the phrases to look for in a sentence, the longest first; what fails is looked for before what passes."""
    phrases = read_entries(_WORDS)[0].values["in_sentences"]
    return tuple((normalise_name(text), d) for d in ("fail", "undecided", "pass") for text in phrases.get(d, ()))


def _read_sentence(text: str) -> Decision | None:
    """Return what a conclusion in whole sentences says, None unless one listed phrase decides it."""
    plain = normalise_name(text)
    for phrase, decision in _sentence_words():
        if phrase in plain:
            return decision
    return None
