"""Names and contents of tiles and entry bundles (c2sp.org/tlog-tiles, tile height 8)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhunsheng.foundation.tlog.hashing import HASH_BYTES

HEIGHT = 8
WIDTH = 1 << HEIGHT
TILE_BYTES = WIDTH * HASH_BYTES
MAX_ENTRY_BYTES = 0xFFFF
MAX_LEVEL = 63

_PATH = re.compile(
    r"tile/(?P<level>0|[1-9][0-9]?|entries)/(?P<index>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?",
    re.ASCII,
)


class NotATilePath(ValueError):
    """A path that c2sp.org/tlog-tiles does not allow."""


class NotAnEntryBundle(ValueError):
    """Bytes that are no sequence of length-prefixed entries."""


@dataclass(frozen=True, slots=True)
class TileName:
    """Which tile: level (None = entry bundle), index within the level, hashes or entries in it (1 to 256)."""

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def full(self) -> bool:
        """Tell whether the tile can never change again."""
        return self.width == WIDTH

    @property
    def path(self) -> str:
        """Return the path below the log's address, for example `tile/0/x001/x234/067.p/8`."""
        level = "entries" if self.level is None else str(self.level)
        partial = "" if self.full else f".p/{self.width}"
        return f"tile/{level}/{index_path(self.index)}{partial}"

    @property
    def end(self) -> int:
        """Return the smallest tree size that holds all of it."""
        level = self.level or 0
        return (self.index * WIDTH + self.width) << (HEIGHT * level)


def index_path(index: int) -> str:
    """Return an index in zero-padded elements of three digits, all but the last marked with x."""
    last = f"{index % 1000:03d}"
    while index >= 1000:
        index //= 1000
        last = f"x{index % 1000:03d}/{last}"
    return last


def parse_path(path: str) -> TileName:
    """Return the tile that a path names.

    Raises: NotATilePath, also for leading zeroes and for widths outside 1 to 255.
    """
    match = _PATH.fullmatch(path)
    if match is None:
        raise NotATilePath(path)
    level = None if match["level"] == "entries" else int(match["level"])
    index = int(match["index"].replace("x", "").replace("/", ""))
    width = int(match["width"]) if match["width"] else WIDTH
    if (level or 0) > MAX_LEVEL or (match["width"] and width >= WIDTH) or index_path(index) != match["index"]:
        raise NotATilePath(path)
    return TileName(level, index, width)


def width_at(size: int, level: int, index: int) -> int:
    """Return how many hashes the tile has in a tree of this size: 0 (absent) to 256."""
    at_level = size >> (HEIGHT * level)
    return max(0, min(WIDTH, at_level - index * WIDTH))


def tiles_of(size: int, level: int | None) -> Iterator[TileName]:
    """Return the tiles of one level (None = entry bundles) of a tree of this size, in order, the partial one last."""
    at_level = size >> (HEIGHT * (level or 0))
    full, rest = divmod(at_level, WIDTH)
    for index in range(full):
        yield TileName(level, index)
    if rest:
        yield TileName(level, full, rest)


def levels_of(size: int) -> int:
    """Return how many levels of tiles a tree of this size has."""
    count = 0
    while size >> (HEIGHT * count):
        count += 1
    return count


def bundle(entries: Sequence[bytes]) -> bytes:
    """Return entries with their lengths in front (uint16, big-endian).

    Raises: ValueError for an entry of more than 65,535 bytes.
    """
    if not entries:
        return b""
    lengths = set(map(len, entries))
    if len(lengths) == 1:
        prefix = _length_prefix(lengths.pop())
        return prefix + prefix.join(entries)
    return b"".join([_length_prefix(len(entry)) + entry for entry in entries])


def _length_prefix(length: int) -> bytes:
    if length > MAX_ENTRY_BYTES:
        raise ValueError(f"an entry of {length} bytes does not fit a bundle")
    return length.to_bytes(2, "big")


def entries_of(data: bytes) -> list[bytes]:
    """Return the entries of a bundle.

    Raises: NotAnEntryBundle when it ends inside an entry.
    """
    found: list[bytes] = []
    at = 0
    while at < len(data):
        start = at + 2
        end = start + int.from_bytes(data[at:start], "big")
        if start > len(data) or end > len(data):
            raise NotAnEntryBundle(f"cut short at byte {at}")
        found.append(data[start:end])
        at = end
    return found
