"""Row keys as forms and addresses give them."""

_DIGITS = 18
"""A key of so many digits still fits into what a database keeps."""


def key_in(text: str) -> int | None:
    """Return the key of a row that a text gives; None for what is none, whatever digits it is written in."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None
