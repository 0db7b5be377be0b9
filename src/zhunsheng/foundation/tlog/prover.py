"""Inclusion and consistency proofs made from tiles (RFC 9162, sections 2.1.3.1 and 2.1.4.1)."""

from collections.abc import Callable
from threading import Lock

from zhunsheng.foundation.tlog.hashing import EMPTY_ROOT, HASH_BYTES, join_right, parents
from zhunsheng.foundation.tlog.tiles import HEIGHT, WIDTH, TileName, width_at

ReadTile = Callable[[TileName], bytes | None]
_CACHED_TILES = 4096
_CACHED_RANGES = 4096


class TileMissing(LookupError):
    """A tile that a tree of this size must have is not there, or has another width."""


Levels = list[bytes]


class TileCache:
    """Full tiles with their inner hashes, 16 KB each: they never change, so provers of one log share them."""

    def __init__(self, most: int = _CACHED_TILES) -> None:
        """Take the largest number of tiles to keep."""
        self.tiles: dict[tuple[int, int], Levels] = {}
        self._most = most
        self._lock = Lock()

    def keep(self, key: tuple[int, int], levels: Levels) -> None:
        """Keep a tile, giving up the oldest when there are too many."""
        with self._lock:
            while len(self.tiles) >= self._most:
                del self.tiles[next(iter(self.tiles))]
            self.tiles[key] = levels


class Prover:
    """Makes proofs in the tree of one size, keeping tiles hashed up so that warm proofs only copy.

    Trusts the tiles: verify a proof against a signed root before relying on it. Threads may share one.
    """

    def __init__(self, size: int, read: ReadTile, cache: TileCache | None = None) -> None:
        """Take the tree's size, a function that reads a tile, and the log's cache of full tiles."""
        self.size = size
        self._read = read
        self._cache = TileCache() if cache is None else cache
        self._edge: dict[tuple[int, int], Levels] = {}
        self._ranges: dict[tuple[int, int], bytes] = {}

    def leaf(self, index: int) -> bytes:
        """Return the leaf hash at an index.

        Raises: IndexError, TileMissing.
        """
        self._check(index, self.size)
        return self._node(0, index)

    def root(self, size: int | None = None) -> bytes:
        """Return the root of the tree, or of an earlier size of it.

        Raises: IndexError, TileMissing.
        """
        wanted = self.size if size is None else size
        if not 0 <= wanted <= self.size:
            raise IndexError(wanted)
        return self._range(0, wanted) if wanted else EMPTY_ROOT

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Return the proof that the leaf at an index is in the tree, or in an earlier size of it.

        Raises: IndexError, TileMissing.
        """
        wanted = self.size if size is None else size
        self._check(index, wanted)
        inner = (index ^ (wanted - 1)).bit_length()
        node = self._node
        proof = [node(height, (index >> height) ^ 1) for height in range(inner - 1)]
        if inner:
            proof.append(self._range(((index >> (inner - 1)) ^ 1) << (inner - 1), wanted))
        rest, height = index >> inner, inner
        while rest:
            if rest & 1:
                proof.append(node(height, rest - 1))
            rest >>= 1
            height += 1
        return proof

    def consistency(self, earlier: int, later: int | None = None) -> list[bytes]:
        """Return the proof that the tree of the later size begins with that of the earlier.

        Raises: IndexError for sizes outside 1 <= earlier <= later <= size; TileMissing.
        """
        wanted = self.size if later is None else later
        if not 1 <= earlier <= wanted <= self.size:
            raise IndexError(earlier)
        proof: list[bytes] = []
        start, end, whole = 0, wanted, True
        while earlier != end - start:
            half = 1 << ((end - start - 1).bit_length() - 1)
            if earlier <= half:
                proof.append(self._range(start + half, end))
                end = start + half
            else:
                proof.append(self._range(start, start + half))
                start, earlier, whole = start + half, earlier - half, False
        if not whole:
            proof.append(self._range(start, end))
        return proof[::-1]

    def _check(self, index: int, size: int) -> None:
        if not 0 <= index < size <= self.size:
            raise IndexError(index)

    def _node(self, height: int, index: int) -> bytes:
        """Return the root of the complete subtree of 2**height leaves at this place."""
        level, within = divmod(height, HEIGHT)
        tile, at = divmod(index << within, WIDTH)
        levels = self._cache.tiles.get((level, tile)) or self._edge.get((level, tile)) or self._load(level, tile)
        start = (at >> within) * HASH_BYTES
        return levels[within][start : start + HASH_BYTES]

    def _load(self, level: int, index: int) -> Levels:
        width = width_at(self.size, level, index)
        name = TileName(level, index, width or WIDTH)
        hashes = self._read(name) if width else None
        if hashes is None or len(hashes) != width * HASH_BYTES:
            raise TileMissing(name.path)
        levels = [hashes]
        while len(levels) < HEIGHT:
            levels.append(parents(levels[-1]))
        if width == WIDTH:
            self._cache.keep((level, index), levels)
        else:
            self._edge[level, index] = levels
        return levels

    def _range(self, start: int, end: int) -> bytes:
        """Return the hash over leaves start..end, where start is a multiple of a power of two >= end - start."""
        found = self._ranges.get((start, end))
        if found is None:
            roots, at = [], start
            for height in range((end - start).bit_length() - 1, -1, -1):
                if (end - start) >> height & 1:
                    roots.append(self._node(height, at >> height))
                    at += 1 << height
            found = join_right(roots)
            if len(self._ranges) >= _CACHED_RANGES:
                self._ranges.clear()
            self._ranges[start, end] = found
        return found
