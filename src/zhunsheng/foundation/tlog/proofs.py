"""Verify inclusion and consistency proofs (RFC 9162, sections 2.1.3.2 and 2.1.4.2).

Everything that is wrong, also a hash of another length or a proof with a part too many, is answered with False.
"""

from collections.abc import Sequence

from zhunsheng.foundation.tlog.hashing import HASH_BYTES, node_hash

_LARGEST_SIZE = 2**63


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether the leaf hash stands at this index of the tree with this size and root."""
    if not 0 <= index < size < _LARGEST_SIZE or not _all_hashes([leaf, root, *proof]):
        return False
    hashed = leaf
    last = size - 1
    for sibling in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            hashed = node_hash(sibling, hashed)
            while not index & 1 and index:
                index >>= 1
                last >>= 1
        else:
            hashed = node_hash(hashed, sibling)
        index >>= 1
        last >>= 1
    return last == 0 and hashed == root


def verify_consistency(size: int, root: bytes, later_size: int, later_root: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether the later tree begins with the earlier one. Nothing is proved about the empty tree: False.

    Two trees of one size are the same when their roots are, whatever these are: nothing is hashed then.
    """
    if not 0 < size <= later_size < _LARGEST_SIZE:
        return False
    if size == later_size:
        return not proof and root == later_root
    if not _all_hashes([root, later_root, *proof]):
        return False
    path = list(proof)
    if size & (size - 1) == 0:
        path.insert(0, root)
    if not path:
        return False
    return _walk_consistency(size - 1, later_size - 1, path) == (root, later_root)


def _walk_consistency(index: int, last: int, path: list[bytes]) -> tuple[bytes, bytes] | None:
    """Return the two roots that the path leads to, or None when it is too short or too long."""
    while index & 1:
        index >>= 1
        last >>= 1
    earlier = later = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if index & 1 or index == last:
            earlier, later = node_hash(sibling, earlier), node_hash(sibling, later)
            while not index & 1 and index:
                index >>= 1
                last >>= 1
        else:
            later = node_hash(later, sibling)
        index >>= 1
        last >>= 1
    return (earlier, later) if last == 0 else None


def _all_hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
