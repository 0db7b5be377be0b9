"""The growing right edge of a tree: what must be known to append, and the tiles that each append brings."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhunsheng.foundation.tlog.hashing import EMPTY_ROOT, HASH_BYTES, complete_subtrees, fold, join_right, leaf_hashes
from zhunsheng.foundation.tlog.tiles import HEIGHT, TILE_BYTES, WIDTH, TileName, bundle, entries_of

Resource = tuple[TileName, bytes]


@dataclass(slots=True)
class Edge:
    """The partial tile of each level and the partial entry bundle of one tree.

    `partial[level]` holds fewer than 256 hashes side by side; the size follows from them.
    """

    partial: list[bytes] = field(default_factory=list)
    entries: list[bytes] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Return the number of leaves."""
        return sum((len(hashes) // HASH_BYTES) << (HEIGHT * level) for level, hashes in enumerate(self.partial))

    @property
    def frontier(self) -> bytes:
        """Return the roots of the complete subtrees, largest first, side by side: one for each bit of the size."""
        roots: list[bytes] = []
        for hashes in reversed(self.partial):
            roots.extend(complete_subtrees(hashes))
        return b"".join(roots)

    @property
    def root(self) -> bytes:
        """Return the Merkle Tree Hash."""
        return root_of_frontier(self.frontier)

    def copy(self) -> "Edge":
        """Return an edge that grows apart from this one."""
        return Edge(list(self.partial), list(self.entries))

    def append(self, entries: Sequence[bytes]) -> list[Resource]:
        """Grow by these entries; return every new tile and bundle, full ones and the new right edge.

        Raises: ValueError for an entry of more than 65,535 bytes.
        """
        if not entries:
            return []
        size = self.size
        made = self._append_bundles(entries, size)
        hashes, level = leaf_hashes(entries), 0
        while hashes:
            hashes = self._append_level(level, size, hashes, made)
            level += 1
        return made

    def _append_bundles(self, entries: Sequence[bytes], size: int) -> list[Resource]:
        waiting = [*self.entries, *entries]
        first = size // WIDTH
        full = len(waiting) // WIDTH
        made: list[Resource] = [
            (TileName(None, first + at), bundle(waiting[at * WIDTH : (at + 1) * WIDTH])) for at in range(full)
        ]
        rest = waiting[full * WIDTH :]
        if rest:
            made.append((TileName(None, first + full, len(rest)), bundle(rest)))
        self.entries = rest
        return made

    def _append_level(self, level: int, size: int, new: bytes, made: list[Resource]) -> bytes:
        """Add hashes to one level; return the roots of the tiles it completes, for the level above."""
        if level == len(self.partial):
            self.partial.append(b"")
        waiting = self.partial[level] + new
        first = size >> (HEIGHT * (level + 1))
        end = len(waiting) // TILE_BYTES * TILE_BYTES
        made.extend(
            (TileName(level, first + at // TILE_BYTES), waiting[at : at + TILE_BYTES])
            for at in range(0, end, TILE_BYTES)
        )
        rest = waiting[end:]
        if rest:
            made.append((TileName(level, first + end // TILE_BYTES, len(rest) // HASH_BYTES), rest))
        self.partial[level] = rest
        return fold(waiting[:end], HEIGHT)


def root_of_frontier(frontier: bytes) -> bytes:
    """Return the Merkle Tree Hash over complete subtrees' roots, largest first, side by side."""
    if not frontier:
        return EMPTY_ROOT
    return join_right(frontier[at : at + HASH_BYTES] for at in range(0, len(frontier), HASH_BYTES))


def edge_names(size: int) -> list[TileName]:
    """Return the partial tiles at the right edge of a tree of this size, lowest level first, the bundle last."""
    names: list[TileName] = []
    level = 0
    while size >> (HEIGHT * level):
        index, width = divmod(size >> (HEIGHT * level), WIDTH)
        if width:
            names.append(TileName(level, index, width))
        level += 1
    if size % WIDTH:
        names.append(TileName(None, size // WIDTH, size % WIDTH))
    return names


def edge_from(size: int, contents: Sequence[bytes]) -> Edge:
    """Return the edge of a tree from the contents of `edge_names(size)`, in that order.

    Raises: ValueError when a content has not the width its name says.
    """
    edge = Edge()
    level = 0
    while size >> (HEIGHT * level):
        edge.partial.append(b"")
        level += 1
    for name, content in zip(edge_names(size), contents, strict=True):
        if name.level is None:
            edge.entries = entries_of(content)
            if len(edge.entries) != name.width:
                raise ValueError(f"{name.path} holds {len(edge.entries)} entries")
        elif len(content) != name.width * HASH_BYTES:
            raise ValueError(f"{name.path} holds {len(content)} bytes")
        else:
            edge.partial[name.level] = content
    return edge
