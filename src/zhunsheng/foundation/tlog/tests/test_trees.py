"""Trees grown in any steps have the root, the tiles and the proofs that RFC 9162 defines."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhunsheng.foundation.tlog.edge import Edge, edge_from, edge_names, root_of_frontier
from zhunsheng.foundation.tlog.hashing import EMPTY_ROOT, leaf_hash, leaf_hashes, tree_root
from zhunsheng.foundation.tlog.proofs import verify_consistency, verify_inclusion
from zhunsheng.foundation.tlog.prover import Prover, TileCache, TileMissing
from zhunsheng.foundation.tlog.tiles import TileName, entries_of, levels_of, tiles_of

# RFC 6962 test vectors of the reference implementations: eight inputs and the root of each prefix.
INPUTS = [bytes.fromhex(text) for text in ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]] + [
    bytes.fromhex("606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def mth(entries: list[bytes]) -> bytes:
    """Return the Merkle Tree Hash by the words of RFC 9162, section 2.1.1."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    half = 1 << ((len(entries) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + mth(entries[:half]) + mth(entries[half:])).digest()


def entries_to(size: int) -> list[bytes]:
    return [number.to_bytes(4, "big") for number in range(size)]


def grown(entries: list[bytes], steps: list[int]) -> tuple[Edge, dict[TileName, bytes]]:
    edge, at = Edge(), 0
    tiles: dict[TileName, bytes] = {}
    for step in [*steps, len(entries)]:
        tiles.update(edge.append(entries[at : at + step]))
        at = min(len(entries), at + step)
    return edge, tiles


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8 % len(data)] ^= 1 << bit % 8
    return bytes(changed)


@pytest.mark.parametrize("size", range(1, 9))
def test_the_published_roots_are_met(size):
    assert tree_root(leaf_hashes(INPUTS[:size])).hex() == ROOTS[size - 1]
    assert grown(INPUTS[:size], [1] * size)[0].root.hex() == ROOTS[size - 1]


def test_the_empty_tree_has_the_root_of_the_rfc():
    assert Edge().root == EMPTY_ROOT == hashlib.sha256(b"").digest()


def test_the_example_of_70000_leaves_has_the_tiles_the_standard_names():
    edge, tiles = grown(entries_to(70_000), [999, 1, 30_000])

    now = {name for level in [*range(levels_of(70_000)), None] for name in tiles_of(70_000, level)}
    assert now <= set(tiles)
    widths = {
        level: (sum(1 for n in tiles_of(70_000, level) if n.full), [n.width for n in tiles_of(70_000, level)][-1])
        for level in range(levels_of(70_000))
    }
    assert widths == {0: (273, 112), 1: (1, 17), 2: (0, 1)}
    assert edge.size == 70_000
    assert edge.root == mth(entries_to(70_000)) == root_of_frontier(edge.frontier)
    assert len(edge.frontier) == 32 * (70_000).bit_count()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 400), max_size=6), st.integers(0, 900))
def test_any_way_of_growing_gives_the_same_tree(steps, size):
    entries = entries_to(size)
    edge, tiles = grown(entries, steps)
    whole, at_once = grown(entries, [])

    assert edge.root == mth(entries)
    assert edge == whole
    assert {name: tiles[name] for name in at_once} == at_once
    assert edge_from(size, [tiles[name] for name in edge_names(size)]) == edge
    bundled = [entry for name in tiles_of(size, None) for entry in entries_of(tiles[name])]
    assert bundled == entries


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_inclusion_proof_verifies_and_any_flipped_bit_fails(data):
    size = data.draw(st.integers(1, 1500))
    earlier = data.draw(st.integers(1, size))
    index = data.draw(st.integers(0, earlier - 1))
    _, tiles = grown(entries_to(size), [700])
    prover = Prover(size, tiles.get)
    root, leaf = mth(entries_to(earlier)), leaf_hash(entries_to(size)[index])

    proof = prover.inclusion(index, earlier)

    assert prover.leaf(index) == leaf
    assert prover.root(earlier) == root
    assert verify_inclusion(leaf, index, earlier, proof, root)
    bit = data.draw(st.integers(0, 255))
    assert not verify_inclusion(flipped(leaf, bit), index, earlier, proof, root)
    assert not verify_inclusion(leaf, index, earlier, proof, flipped(root, bit))
    for at in range(len(proof)):
        wrong = [*proof[:at], flipped(proof[at], bit), *proof[at + 1 :]]
        assert not verify_inclusion(leaf, index, earlier, wrong, root)
    assert not verify_inclusion(leaf, index, earlier, [*proof, root], root)
    if proof:
        assert not verify_inclusion(leaf, index, earlier, proof[:-1], root)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_consistency_proof_verifies_and_any_flipped_bit_fails(data):
    size = data.draw(st.integers(1, 1500))
    later = data.draw(st.integers(1, size))
    earlier = data.draw(st.integers(1, later))
    _, tiles = grown(entries_to(size), [300, 511])
    old, new = mth(entries_to(earlier)), mth(entries_to(later))

    proof = Prover(size, tiles.get).consistency(earlier, later)

    assert verify_consistency(earlier, old, later, new, proof)
    bit = data.draw(st.integers(0, 255))
    assert not verify_consistency(earlier, flipped(old, bit), later, new, proof)
    assert not verify_consistency(earlier, old, later, flipped(new, bit), proof)
    for at in range(len(proof)):
        wrong = [*proof[:at], flipped(proof[at], bit), *proof[at + 1 :]]
        assert not verify_consistency(earlier, old, later, new, wrong)
    assert not verify_consistency(earlier, old, later, new, [*proof, new])


def test_a_missing_or_short_tile_stops_the_prover():
    _, tiles = grown(entries_to(300), [])
    name = TileName(0, 1, 44)

    with pytest.raises(TileMissing, match=r"tile/0/001\.p/44"):
        Prover(300, {**tiles, name: tiles[name][:-1]}.get).inclusion(299)
    with pytest.raises(TileMissing, match=r"tile/0/001\.p/44"):
        Prover(300, {k: v for k, v in tiles.items() if k != name}.get).inclusion(299)


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0), (0, 6)])
def test_no_proof_is_made_outside_the_tree(index, size):
    _, tiles = grown(entries_to(5), [])
    with pytest.raises(IndexError):
        Prover(5, tiles.get).inclusion(index, size)


def test_few_cached_tiles_give_the_same_proofs():
    entries = entries_to(1300)
    _, tiles = grown(entries, [])
    small, large = Prover(1300, tiles.get, TileCache(1)), Prover(1300, tiles.get)

    assert [small.inclusion(index) for index in range(0, 1300, 97)] == [
        large.inclusion(index) for index in range(0, 1300, 97)
    ]
