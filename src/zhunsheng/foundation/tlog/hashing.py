"""Merkle tree hashing of RFC 9162, section 2.1, with SHA-256, made for many leaves at once.

Hashes that stand side by side are kept as one `bytes` of 32 bytes each: joining and slicing such a buffer is several
times faster than lists of small objects.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from struct import Struct

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
_PAIR = Struct("64s")
_AT_ONCE = 1024  # small objects of one step stay in the processor's cache


def leaf_hash(entry: bytes) -> bytes:
    """Return SHA-256(0x00 || entry)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def leaf_hashes(entries: Sequence[bytes]) -> bytes:
    """Return the leaf hashes of the entries side by side."""
    return b"".join(
        [
            b"".join([sha256(b"\x00" + entry).digest() for entry in entries[at : at + _AT_ONCE]])
            for at in range(0, len(entries), _AT_ONCE)
        ]
    )


def parents(hashes: bytes) -> bytes:
    """Return the hashes of each complete pair, side by side; a single hash left over is dropped."""
    pairs = hashes[: len(hashes) // _PAIR.size * _PAIR.size]
    return b"".join([sha256(b"\x01" + pair).digest() for (pair,) in _PAIR.iter_unpack(pairs)])


def fold(hashes: bytes, levels: int) -> bytes:
    """Return the roots of each run of 2**levels hashes, side by side."""
    step = HASH_BYTES << max(levels, _AT_ONCE.bit_length() - 1)
    if len(hashes) > step:
        return b"".join([fold(hashes[at : at + step], levels) for at in range(0, len(hashes), step)])
    for _ in range(levels):
        hashes = parents(hashes)
    return hashes


def join_right(roots: Iterable[bytes]) -> bytes:
    """Return the root over complete subtrees of falling size, given from left to right.

    Raises: ValueError when there are none.
    """
    ordered = list(roots)
    if not ordered:
        raise ValueError("no subtrees")
    root = ordered.pop()
    while ordered:
        root = node_hash(ordered.pop(), root)
    return root


def tree_root(hashes: bytes) -> bytes:
    """Return the Merkle Tree Hash over leaf hashes given side by side.

    Raises: ValueError when the length is not a multiple of 32.
    """
    count, rest = divmod(len(hashes), HASH_BYTES)
    if rest:
        raise ValueError("not a whole number of hashes")
    if not count:
        return EMPTY_ROOT
    return join_right(complete_subtrees(hashes))


def complete_subtrees(hashes: bytes) -> list[bytes]:
    """Return the roots of the complete subtrees that these hashes fall into, largest (leftmost) first."""
    roots: list[bytes] = []
    start, left = 0, len(hashes) // HASH_BYTES
    while left:
        height = left.bit_length() - 1
        end = start + (HASH_BYTES << height)
        roots.append(fold(hashes[start:end], height))
        start, left = end, left - (1 << height)
    return roots
