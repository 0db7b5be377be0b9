"""Tile paths, entry bundles and tiles on disk follow c2sp.org/tlog-tiles."""

import pytest

from zhunsheng.foundation.tlog import store
from zhunsheng.foundation.tlog.edge import Edge
from zhunsheng.foundation.tlog.tiles import (
    NotAnEntryBundle,
    NotATilePath,
    TileName,
    bundle,
    entries_of,
    parse_path,
    tiles_of,
    width_at,
)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (TileName(0, 0), "tile/0/000"),
        (TileName(0, 1234067), "tile/0/x001/x234/067"),
        (TileName(63, 999, 1), "tile/63/999.p/1"),
        (TileName(2, 1000, 255), "tile/2/x001/000.p/255"),
        (TileName(None, 70, 112), "tile/entries/070.p/112"),
    ],
)
def test_a_path_and_its_tile_name_each_other(name, path):
    assert name.path == path
    assert parse_path(path) == name


@pytest.mark.parametrize(
    "path",
    [
        "tile/00/000",
        "tile/64/000",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000/000",
        "tile/0/001/000",
        "tile/0/x001",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/",
        "tile/-1/000",
        "tile/0/../keys",
        "tile/0/٠٠٠",
        "tile/entries/000/",
        "tile/0/000\n",
        "0/000",
    ],
)
def test_any_other_path_is_refused(path):
    with pytest.raises(NotATilePath):
        parse_path(path)


def test_a_bundle_gives_its_entries_back():
    entries = [b"", b"a", b"x" * 65535, bytes(32)]

    assert entries_of(bundle(entries)) == entries
    assert bundle([b"ab", b"cd"]) == b"\x00\x02ab\x00\x02cd"
    assert bundle([]) == b""


def test_an_entry_too_long_is_refused():
    with pytest.raises(ValueError, match="65536 bytes"):
        bundle([b"", b"x" * 65536])


@pytest.mark.parametrize("data", [b"\x00", b"\x00\x02a", b"\x00\x01a\x00"])
def test_a_bundle_cut_short_is_refused(data):
    with pytest.raises(NotAnEntryBundle):
        entries_of(data)


def test_the_width_of_a_tile_follows_from_the_size():
    assert [width_at(70_000, 0, index) for index in (0, 272, 273, 274)] == [256, 256, 112, 0]
    assert TileName(1, 0, 17).end == 17 * 256
    assert [name.path for name in tiles_of(256, 1)] == ["tile/1/000.p/1"]


@pytest.mark.parametrize("count", [3, 5000])
def test_written_tiles_are_read_back_and_no_scrap_is_left(tmp_path, count):
    made = Edge().append([bytes([number % 256]) * 32 for number in range(count)])
    writer = store.TileWriter(tmp_path)

    writer.write(made)
    writer.write(made)
    writer.publish("first\n")
    writer.publish("second\n")

    assert all(store.read_tile(tmp_path, name) == content for name, content in made)
    assert store.read_checkpoint(tmp_path) == "second\n"
    assert not list(tmp_path.rglob("*.new"))


def test_a_forgotten_partial_tile_is_cut_from_the_full_one(tmp_path):
    edge = Edge()
    writer = store.TileWriter(tmp_path, durable=False)
    first = edge.append([b"a"] * 200)
    second = edge.append([b"b"] * 100)
    writer.write([*first, *second])

    writer.forget_partials([name for name, _ in second if name.full])

    assert not (tmp_path / "tile/0/000.p").exists()
    assert not (tmp_path / "tile/entries/000.p").exists()
    assert store.read_tile(tmp_path, TileName(0, 0, 200)) == dict(first)[TileName(0, 0, 200)]
    assert (tmp_path / "tile/0/001.p/44").exists()
    assert store.read_tile(tmp_path, TileName(0, 9)) is None
    assert store.read_checkpoint(tmp_path) is None
