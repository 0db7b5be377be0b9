"""What an unknown body in a table may mean. Floors above that can tell register themselves: this one can't."""

from collections.abc import Callable, Collection

from django.utils.translation import gettext as _

Guess = Callable[[Collection[str]], dict[str, str]]
MOST = 200
"""Different unknown bodies of one table that are guessed at; a table with more of them is the wrong table."""
_GUESSERS: list[Guess] = []


def register(guess: Guess) -> Guess:
    """Add one who, given texts that name no known body, returns a sentence for those that he can guess."""
    if guess not in _GUESSERS:
        _GUESSERS.append(guess)
    return guess


def remedies(texts: Collection[str]) -> dict[str, str]:
    """Return what to do about each text that names no known body: the usual advice, after the best guess if any."""
    usual = _("Import the institution first, or correct it.")
    asked = sorted(set(texts))[:MOST]
    guessed: dict[str, str] = {}
    for guess in _GUESSERS if asked else ():
        guessed |= guess(asked)
    return {text: " ".join(filter(None, [guessed.get(text), usual])) for text in texts}
