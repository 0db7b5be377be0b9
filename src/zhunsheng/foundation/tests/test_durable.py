"""Files that survive a loss of power: entry and content synced, whole or not there, and the first writer wins."""

import os
import stat
from pathlib import Path

import pytest

from zhunsheng.foundation import durable


@pytest.fixture
def synced(monkeypatch):
    """Return what was synced, in order; syncing itself still happens."""
    seen, real = [], os.fsync

    def fsync(handle):
        seen.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    return seen


def test_a_new_file_is_synced_with_every_folder_that_names_it(tmp_path, synced):
    path = tmp_path / "keys" / "log" / "0001.key"
    assert durable.create(path, b"secret")

    assert path.read_bytes() == b"secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {str(tmp_path), str(tmp_path / "keys")} <= set(synced)
    assert synced[-1] == str(path.parent)
    assert [one.name for one in path.parent.iterdir()] == ["0001.key"]


def test_the_first_writer_wins(tmp_path):
    path = tmp_path / "key"

    assert durable.create(path, b"one")
    assert not durable.create(path, b"two")
    assert path.read_bytes() == b"one"


def test_a_replacement_that_fails_leaves_what_stood(tmp_path, synced):
    path = tmp_path / "current.json"
    durable.replace(path, b"one")
    assert synced[-1] == str(tmp_path)
    with pytest.raises(TypeError), durable.replacing(path) as file:
        file.writelines([b"tw", None])

    assert path.read_bytes() == b"one"
    assert [one.name for one in tmp_path.iterdir()] == ["current.json"]


def test_a_folder_comes_whole_or_the_earlier_one_stays(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        durable.create(tmp_path / name / "file", name.encode())
    place = tmp_path / "keys"

    assert durable.put_folder_in_place(tmp_path / "one", place)
    assert not durable.put_folder_in_place(tmp_path / "two", place)
    assert (place / "file").read_bytes() == b"one"


def test_what_keeps_a_folder_from_its_place_is_told(tmp_path):
    (tmp_path / "draft").mkdir()
    with pytest.raises(FileNotFoundError):
        durable.put_folder_in_place(tmp_path / "draft", tmp_path / "none" / "keys")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotADirectoryError):
        durable.put_folder_in_place(tmp_path / "draft", tmp_path / "file")
