import io
import struct
import tracemalloc
import zipfile

import pytest

from zhunsheng.platform.documents.archives import ArchiveLimits, check_archive
from zhunsheng.platform.documents.errors import ArchiveRefused, FileTooLarge
from zhunsheng.platform.documents.tests.factories import with_declared_size, xlsx, zipped

WIDE = ArchiveLimits(members=100, bytes=10_000_000, ratio=100)


def check(data, limits=WIDE):
    return check_archive(io.BytesIO(data), limits)


def test_an_ordinary_workbook_passes_and_its_members_are_named():
    assert "xl/workbook.xml" in check(xlsx([["样品", "结果"], ["S1", "<0.01"]]))


def test_too_many_members():
    data = zipped({f"{n}.txt": b"x" for n in range(101)})

    with pytest.raises(FileTooLarge, match="100 files"):
        check(data)


def test_too_much_in_all():
    data = zipped({"a": b"a" * 600, "b": b"b" * 600}, zipfile.ZIP_STORED)

    with pytest.raises(FileTooLarge, match="1000 bytes"):
        check(data, ArchiveLimits(members=10, bytes=1000, ratio=100))


def test_a_bomb_by_ratio():
    data = zipped({"zeros": bytes(8_000_000)})
    assert len(data) < 10_000

    with pytest.raises(FileTooLarge, match="100 times"):
        check(data)


def test_a_small_archive_may_be_packed_tightly():
    assert check(zipped({"zeros": bytes(1_000_000)})) == ("zeros",)


@pytest.mark.parametrize("declared", [10, 7_999_999, 8_000_001])
def test_a_header_that_lies_about_the_size_is_found(declared):
    data = with_declared_size(zipped({"zeros": bytes(8_000_000)}), declared)

    with pytest.raises((ArchiveRefused, FileTooLarge)):
        check(data)


def test_members_that_share_their_bytes_are_refused():
    data = bytearray(zipped({"a": b"x" * 5000}, zipfile.ZIP_STORED))
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = bytes(data[start:end])
    directory = entry + entry.removesuffix(b"a") + b"b"  # an entry ends with its name
    tail = bytearray(data[end:])
    struct.pack_into("<HHI", tail, 8, 2, 2, len(directory))

    with pytest.raises(ArchiveRefused, match="overlap"):
        check(bytes(data[:start]) + directory + bytes(tail))


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/passwd", "a/../../b", "..\\windows.txt"])
def test_paths_that_lead_outside_are_refused(name):
    with pytest.raises(ArchiveRefused, match="outside"):
        check(zipped({name: b"x"}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", "1")
        archive.writestr("a", "2")

    with pytest.raises(ArchiveRefused, match="one name"):
        check(out.getvalue())


def test_an_encrypted_archive_is_refused():
    data = bytearray(zipped({"a": b"x"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1

    with pytest.raises(ArchiveRefused, match="encrypted"):
        check(bytes(data))


@pytest.mark.parametrize("cut", [4, 30, 60, 200])
def test_a_truncated_archive_is_refused(cut):
    with pytest.raises(ArchiveRefused, match="damaged"):
        check(zipped({"a": bytes(range(256)) * 4, "b": b"y"})[:-cut])


def test_a_flipped_byte_is_found_by_the_checksum():
    data = bytearray(zipped({"a": bytes(range(256))}, zipfile.ZIP_STORED))
    data[100] ^= 1

    with pytest.raises(ArchiveRefused, match="damaged"):
        check(bytes(data))


def test_a_directory_of_countless_empty_members_is_never_built():
    data = zipped({f"{n}": b"" for n in range(20_000)}, zipfile.ZIP_STORED)
    tracemalloc.start()

    with pytest.raises(FileTooLarge, match="100 files"):
        check(data)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * len(data)  # the file itself and a chunk; the directory as objects would take ten times that
