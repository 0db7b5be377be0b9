"""Backups: whole, secret, restored as they were; a hostile archive is refused and leaves nothing behind."""

import hashlib
import io
import json
import stat
import tarfile

import pytest

from zhunsheng.web import backups
from zhunsheng.web.backups import BadBackupError


def archive(path, members, manifest=None):
    """Write an archive: members as bytes, or as a TarInfo for what is no plain file."""
    digests = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for name, content in members.items()
        if isinstance(content, bytes)
    }
    stated = {"format": "zhunsheng-backup/1", "at": "2026-03-02", "database": "sqlite", "members": digests}
    with tarfile.open(path, "w:gz") as target:
        for name, content in members.items():
            info = content if isinstance(content, tarfile.TarInfo) else tarfile.TarInfo(name)
            if isinstance(content, bytes):
                info.size, info.mode = len(content), 0o4777
            target.addfile(info, io.BytesIO(content) if isinstance(content, bytes) else None)
        raw = json.dumps(stated).encode() if manifest is None else manifest
        info = tarfile.TarInfo("manifest.json")
        info.size = len(raw)
        target.addfile(info, io.BytesIO(raw))
    return path


def link(name, target, kind=tarfile.SYMTYPE):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


@pytest.fixture
def place(tmp_path):
    (tmp_path / "into").mkdir()
    return tmp_path / "into"


@pytest.mark.parametrize(
    "name", ["../outside", "/tmp/outside", "keys/../../outside", "keys/../outside", "elsewhere/x", "django.key"]
)
def test_a_member_that_leads_elsewhere_is_refused_and_written_nowhere(tmp_path, place, name):
    source = archive(tmp_path / "b.tar.gz", {"database.sqlite3": b"d", name: b"evil"})

    with pytest.raises(BadBackupError) as refused:
        backups.read_backup(source, place)

    assert refused.value.field == name
    assert not list(tmp_path.rglob("outside"))


@pytest.mark.parametrize(
    "info",
    [
        link("keys/log.key", "/etc/passwd"),
        link("keys/log.key", "../../outside"),
        link("keys/log.key", "database.sqlite3", tarfile.LNKTYPE),
        link("keys/log.key", "", tarfile.FIFOTYPE),
        link("keys/log.key", "", tarfile.CHRTYPE),
    ],
    ids=["link", "link up", "hard link", "pipe", "device"],
)
def test_what_is_no_plain_file_is_refused(tmp_path, place, info):
    source = archive(tmp_path / "b.tar.gz", {"database.sqlite3": b"d", info.name: info})

    with pytest.raises(BadBackupError):
        backups.read_backup(source, place)

    assert not (place / "keys" / "log.key").exists()


def test_a_member_given_twice_is_refused(tmp_path, place):
    first = archive(tmp_path / "b.tar.gz", {"database.sqlite3": b"d", "keys/./log.key": b"1", "keys/log.key": b"2"})

    with pytest.raises(BadBackupError):
        backups.read_backup(first, place)


@pytest.mark.parametrize(
    "manifest", [b"", b"[]", b"{}", b"[" * 100_000, b'{"members": 1}', b'{"members": {"database.sqlite3": 1}}', b"\xff"]
)
def test_a_manifest_that_is_none_is_refused(tmp_path, place, manifest):
    source = archive(tmp_path / "b.tar.gz", {"database.sqlite3": b"d"}, manifest)

    with pytest.raises(BadBackupError):
        backups.read_backup(source, place)


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b\x08\x00"])
def test_what_is_no_archive_is_refused(tmp_path, place, content):
    (tmp_path / "b.tar.gz").write_bytes(content)

    with pytest.raises(BadBackupError):
        backups.read_backup(tmp_path / "b.tar.gz", place)


def test_what_is_unpacked_can_be_read_by_this_account_alone(tmp_path, place):
    source = archive(tmp_path / "b.tar.gz", {"database.sqlite3": b"d", "keys/log.key": b"k"})

    backups.read_backup(source, place)

    assert stat.S_IMODE((place / "keys" / "log.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((place / "keys").stat().st_mode) == 0o700


@pytest.mark.django_db
def test_nobody_else_can_read_a_backup_while_it_is_written(settings, tmp_path, monkeypatch):
    settings.ZHUNSHENG_HOME, settings.ZHUNSHENG_FILES = tmp_path / "home", tmp_path / "home" / "files"
    (tmp_path / "home" / "keys").mkdir(parents=True)
    (tmp_path / "home" / "keys" / "log.key").write_bytes(b"k")
    seen: list[int] = []
    monkeypatch.setattr(backups, "_dump_database", lambda folder: dumped(folder, tmp_path, seen))

    backups.write_backup(tmp_path / "b.tar.gz")

    assert seen == [0o600]
    assert stat.S_IMODE((tmp_path / "b.tar.gz").stat().st_mode) == 0o600


def dumped(folder, outside, seen):
    seen.append(stat.S_IMODE((outside / "b.tar.gz.part").stat().st_mode))
    (folder / "database.sqlite3").write_bytes(b"d")
    return folder / "database.sqlite3"
