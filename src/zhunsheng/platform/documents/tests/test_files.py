import errno
import hashlib
import io
import os
import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zhunsheng.platform.documents import files
from zhunsheng.platform.documents.errors import FileAltered, FileMissing, FileRefused, FileTooLarge
from zhunsheng.platform.documents.models import StoredFile
from zhunsheng.platform.documents.tests.factories import png_pixel, zipped

PDF = b"%PDF-1.7\nminimal\n%%EOF\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.ZHUNSHENG_FILES = tmp_path / "files"
    return settings.ZHUNSHENG_FILES


def kept(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.django_db
def test_a_file_is_kept_under_its_digest_and_read_back(folder):
    record = files.store(PDF, "application/pdf")

    assert record.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (record.media_type, record.bytes) == ("application/pdf", len(PDF))
    assert files.read_by_digest(record.sha256) == PDF
    with files.open_by_digest(record.sha256) as file:
        assert file.read() == PDF
    assert kept(folder) == [record.sha256]


@pytest.mark.django_db
def test_the_same_content_sent_twice_is_one_file_and_one_record(folder):
    first = files.store(PDF, "application/pdf")
    second = files.store(io.BytesIO(PDF), None)

    assert first == second
    assert StoredFile.objects.count() == 1
    assert kept(folder) == [first.sha256]


@pytest.mark.django_db
def test_a_stream_larger_than_memory_chunks_is_kept_whole():
    content = random.Random(7).randbytes(3 * files._CHUNK + 17)

    record = files.store(io.BytesIO(content), None)

    assert record.bytes == len(content)
    assert record.media_type == "application/octet-stream"
    files.prove(record.sha256)


@pytest.mark.django_db
def test_a_file_over_the_limit_leaves_nothing_behind(folder, settings):
    settings.ZHUNSHENG_LIMITS = {**settings.ZHUNSHENG_LIMITS, "file_bytes": 10}

    with pytest.raises(FileTooLarge, match="10 bytes"):
        files.store(PDF, "application/pdf")

    assert kept(folder) == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_the_limit_itself_is_still_taken():
    assert files.store(PDF, None, most=len(PDF)).bytes == len(PDF)
    with pytest.raises(FileTooLarge):
        files.store(PDF + b"\n", None, most=len(PDF))


@pytest.mark.django_db
def test_an_endless_stream_is_cut_off():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(FileTooLarge):
        files.store(stream, None, most=5_000_000)
    assert stream.given < 8_000_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "declared"),
    [(PDF, "image/png"), (b"<html><script>", "application/pdf"), (b"MZ\x90\0", None), (b"\x7fELF", "text/plain")],
)
def test_a_file_that_is_not_what_it_says_leaves_nothing_behind(folder, content, declared):
    with pytest.raises(FileRefused):
        files.store(content, declared)

    assert kept(folder) == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_bomb_leaves_nothing_behind(folder):
    with pytest.raises(FileTooLarge):
        files.store(zipped({"zeros": bytes(64 * 1024 * 1024)}), "application/zip")

    assert kept(folder) == []


@pytest.mark.django_db
def test_a_full_disk_leaves_no_record(folder, monkeypatch):
    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        files.store(PDF, None)

    assert kept(folder) == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_file_and_every_new_folder_are_synced_before_the_record_is_written(folder, monkeypatch):
    synced = []
    real = os.fsync

    def watched(handle):
        synced.append(Path(f"/proc/self/fd/{handle}").readlink())
        assert not StoredFile.objects.exists()
        real(handle)

    monkeypatch.setattr(os, "fsync", watched)
    record = files.store(PDF, None)

    place = folder / "sha256" / record.sha256[:2] / record.sha256[2:4]
    assert synced[0].parent == folder / "incoming"
    assert {place, place.parent, folder / "sha256", folder} <= set(synced[1:])


@pytest.mark.django_db
def test_an_altered_file_is_noticed_and_healed_by_sending_it_again(folder):
    record = files.store(PDF, None)
    place = next(folder.rglob(record.sha256))
    place.write_bytes(PDF[:-1] + b"!")

    with pytest.raises(FileAltered):
        files.read_by_digest(record.sha256)
    with pytest.raises(FileAltered):
        files.prove(record.sha256)

    files.store(PDF, None)
    files.prove(record.sha256)


@pytest.mark.parametrize("digest", ["0" * 64, "", "../../etc/passwd", "A" * 64, "0" * 63 + "\n", "/" * 64])
def test_what_is_not_stored_is_missing_and_nothing_outside_the_store_is_read(digest):
    assert not files.exists(digest)
    with pytest.raises(FileMissing):
        files.open_by_digest(digest)


@pytest.mark.django_db
def test_an_image_is_known_by_its_content():
    assert files.store(png_pixel(), "application/octet-stream").media_type == "image/png"


@pytest.mark.django_db
def test_what_a_killed_upload_left_is_removed_and_running_ones_are_not(folder):
    files.store(PDF, None)
    old, new = folder / "incoming" / "old", folder / "incoming" / "new"
    for path, day in ((old, 1), (new, 3)):
        path.write_bytes(b"half")
        moment = datetime(2026, 3, day, tzinfo=UTC).timestamp()
        os.utime(path, (moment, moment))

    assert files.remove_abandoned(datetime(2026, 3, 2, tzinfo=UTC)) == 1
    assert not old.exists()
    assert new.exists()
    assert files.exists(hashlib.sha256(PDF).hexdigest())


SENDERS = """
import django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.core.management import call_command
from django.db import connection
from zhunsheng.platform.documents import files
from zhunsheng.platform.documents.models import StoredFile

def send(n):
    try:
        return files.store(b"%PDF-1.7 " + str(n % 3).encode(), None).sha256
    finally:
        connection.close()

call_command("migrate", "documents", verbosity=0)
with ThreadPoolExecutor(6) as pool:
    digests = set(pool.map(send, range(60)))
print(len(digests), StoredFile.objects.count(), digests == set(StoredFile.objects.values_list("sha256", flat=True)))
"""


def test_many_may_send_the_same_files_at_once(tmp_path):
    """A process of its own, for the database in memory that tests use knows no waiting for a lock."""
    home = {"ZHUNSHENG_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "zhunsheng.web.settings"}
    kept_out = {"DATABASE_URL", "ZHUNSHENG_FILES"}
    environment = {
        **{k: v for k, v in os.environ.items() if k not in kept_out},
        **home,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run([sys.executable, "-c", SENDERS], env=environment, capture_output=True, text=True, check=False)

    assert done.stdout.split() == ["3", "3", "True"], done.stderr
    assert len(kept(tmp_path / "files")) == 3
