"""The audit passes on a whole log and names the first byte that is not as sealed."""

import pytest
from django.db import connection
from django.db.models import F

from zhunsheng.platform.ledger import auditing, differences, services
from zhunsheng.platform.ledger.models import Checkpoint, Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(append, now):
    """Seal 600 entries in three steps and leave two waiting."""
    for first, count in [(0, 100), (100, 290), (390, 210)]:
        append(count, first=first)
        services.seal_pending(now)
    append(2, first=9000)


def flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def first_difference() -> services.Difference:
    result = services.audit()
    assert not result.ok
    assert result.first_difference is not None
    return result.first_difference


def test_a_whole_log_agrees(sealed):
    result = services.audit()

    assert result.first_difference is None
    assert (result.entries, result.pending, result.checkpoints) == (600, 2, 3)
    assert result.tiles == 7


def test_an_empty_log_agrees():
    assert services.audit().ok


def test_progress_is_told_to_the_end(sealed):
    told = []
    services.audit(lambda done, total: told.append((done, total)))

    assert told[-1] == (600, 600)


@pytest.mark.parametrize("index", [0, 255, 256, 599])
def test_one_flipped_byte_of_a_salt_is_named(sealed, index):
    entry = Entry.objects.get(leaf_index=index)
    Entry.objects.filter(pk=entry.pk).update(salt=flip(bytes(entry.salt), 7))

    found = first_difference()

    assert found.place.startswith("ledger_entry (salt")
    assert (found.leaf_index, found.key) == (index, f"id {entry.pk}")


@pytest.mark.parametrize("column", ["kind", "subject", "body", "at"])
def test_one_changed_column_is_named(sealed, column):
    entry = Entry.objects.get(leaf_index=300)
    changed = {"kind": "thing.undone", "subject": "0" * 64, "body": "CMA-2018", "at": entry.at.replace(second=1)}
    Entry.objects.filter(pk=entry.pk).update(**{column: changed[column]})

    assert first_difference().key == f"id {entry.pk}"


@pytest.mark.parametrize("at", [0, 31])
def test_one_flipped_byte_of_a_leaf_is_named(sealed, at):
    entry = Entry.objects.get(leaf_index=270)
    Entry.objects.filter(pk=entry.pk).update(leaf=flip(bytes(entry.leaf), at))

    found = first_difference()

    assert (found.place, found.leaf_index, found.offset) == ("ledger_entry.leaf", 270, at)


@pytest.mark.parametrize(
    ("path", "at", "leaf"),
    [
        ("tile/0/000", 0, 0),
        ("tile/0/001", 8191, 511),
        ("tile/0/002.p/88", 33, 513),
        ("tile/1/000.p/2", 40, 256),
        ("tile/entries/000", 34 * 5 + 2, 5),
        ("tile/entries/001", 0, 256),
        ("tile/entries/002.p/88", 34 * 87, 599),
    ],
)
def test_one_flipped_byte_of_a_file_is_named(sealed, log, path, at, leaf):
    file = log / path
    file.write_bytes(flip(file.read_bytes(), at))

    found = first_difference()

    assert (found.place, found.offset, found.leaf_index) == (f"ledger/{path}", at, leaf)
    assert path in str(found)


@pytest.mark.parametrize("path", ["tile/0/001", "tile/entries/002.p/88", "tile/1/000.p/2", "checkpoint"])
def test_a_missing_file_is_named(sealed, log, path):
    (log / path).unlink()

    found = first_difference()

    assert found.place == f"ledger/{path}"
    assert "missing" in found.message


def test_a_partial_tile_of_an_earlier_size_is_compared_too(sealed, append, now, log):
    services.seal_pending(now)
    file = log / "tile/0/002.p/88"
    file.write_bytes(flip(file.read_bytes(), 0))

    assert first_difference().place == "ledger/tile/0/002.p/88"


@pytest.mark.parametrize("at", [0, 16, 30, 80, 140])
def test_one_flipped_byte_of_the_published_checkpoint_is_named(sealed, log, at):
    file = log / "checkpoint"
    file.write_bytes(flip(file.read_bytes(), at))

    found = first_difference()

    assert (found.place, found.offset) == ("ledger/checkpoint", at)


@pytest.mark.parametrize("size", [100, 390, 600])
def test_one_flipped_byte_of_a_stored_root_is_named(sealed, size):
    row = Checkpoint.objects.get(size=size)
    Checkpoint.objects.filter(size=size).update(root=flip(bytes(row.root), 3))

    found = first_difference()

    assert found.place.startswith("ledger_checkpoint")
    assert found.key == f"size {size}"


def test_a_flipped_byte_of_a_stored_signature_is_named(sealed):
    row = Checkpoint.objects.get(size=390)
    note = row.note[:-10] + ("A" if row.note[-10] != "A" else "B") + row.note[-9:]
    Checkpoint.objects.filter(size=390).update(note=note)

    found = first_difference()

    assert (found.place, found.key) == ("ledger_checkpoint", "size 390")


@pytest.mark.parametrize("index", [0, 300, 599])
def test_a_deleted_entry_is_named(sealed, index):
    Entry.objects.filter(leaf_index=index).delete()

    found = first_difference()

    assert (found.place, found.leaf_index) == ("ledger_entry", index)


def test_two_entries_swapped_are_named(sealed):
    Entry.objects.filter(leaf_index=3).update(leaf_index=10**9)
    Entry.objects.filter(leaf_index=4).update(leaf_index=3)
    Entry.objects.filter(leaf_index=10**9).update(leaf_index=4)

    found = first_difference()

    assert found.place.startswith(("ledger/tile/", "ledger_checkpoint"))


def test_a_forged_entry_beyond_the_checkpoints_is_named(sealed):
    Entry.objects.filter(leaf_index=None).update(leaf_index=F("id") + 10**6)

    assert first_difference().place == "ledger_entry.leaf_index"


def test_a_waiting_entry_is_checked_too(sealed):
    entry = Entry.objects.filter(leaf_index=None).earliest("id")
    Entry.objects.filter(pk=entry.pk).update(body="CMA-2018")

    assert first_difference().key == f"id {entry.pk}"


def test_auditors_of_the_apps_are_asked_about_their_kinds_in_batches(sealed, append, now, monkeypatch):
    monkeypatch.setattr(differences, "_auditors", {})
    monkeypatch.setattr(auditing, "_BATCH", 256)
    asked = []

    def auditor(entries):
        asked.append(len(entries))
        yield from (
            services.Difference("files/ab", "not the sealed content", entry.leaf_index)
            for entry in entries
            if entry.leaf_index == 400
        )

    services.register_auditor("other.", lambda entries: pytest.fail("not its kind"))
    services.register_auditor("thing.", auditor)

    assert first_difference() == services.Difference("files/ab", "not the sealed content", 400)
    assert asked == [256, 256]


def test_the_audit_reads_the_same_number_of_queries_for_a_longer_batch(
    sealed, append, now, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12 if connection.vendor == "sqlite" else 20):
        services.audit()
