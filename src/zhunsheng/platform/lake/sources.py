"""Where result lines come from: the app above that keeps reports registers itself at start."""

from typing import NamedTuple, Protocol

import pyarrow as pa


class Taken(NamedTuple):
    """What a range of the log's leaves holds: its lines, and which reports no longer stand because of it."""

    lines: pa.Table
    standing: pa.Table


class Source(Protocol):
    """What reads the reports of a range of leaves from the database."""

    def sealed_size(self) -> int:
        """Return how many leaves are sealed."""

    def take(self, first: int, last: int) -> Taken:
        """Return what the leaves from first to last (inclusive) hold; the same leaves always give the same tables."""


_registered: list[Source] = []


def register(source: Source) -> None:
    """Make this the source of the lake; registering again replaces it."""
    _registered[:] = [source]


def registered() -> Source:
    """Return the source. Raises: LookupError if none was registered."""
    if not _registered:
        raise LookupError("no source of result lines is registered")
    return _registered[0]
