"""Entries are sealed once, in order, and whatever a crash leaves is made good by the next run."""

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError

from zhunsheng.foundation.tlog import store
from zhunsheng.foundation.tlog.checkpoint import open_checkpoint
from zhunsheng.foundation.tlog.hashing import leaf_hashes, tree_root
from zhunsheng.platform.ledger import keys, publication, sealing, selectors, services
from zhunsheng.platform.ledger.models import Checkpoint, Entry

pytestmark = pytest.mark.django_db


class PowerCut(Exception):
    pass


def test_pending_entries_become_leaves_in_the_order_of_their_ids(append, now, log):
    entries = append(300)

    result = services.seal_pending(now)

    assert (result.sealed, result.size) == (300, 300)
    assert list(Entry.objects.order_by("leaf_index").values_list("id", flat=True)) == [entry.id for entry in entries]
    signed = open_checkpoint(store.read_checkpoint(log) or "", [keys.log_key()])
    assert signed.size == 300
    assert signed.root == tree_root(leaf_hashes([entry.leaf for entry in entries]))


def test_a_run_with_nothing_to_seal_signs_nothing(append, now):
    append(3)
    services.seal_pending(now)
    before = list(Checkpoint.objects.values())

    assert services.seal_pending(now).sealed == 0
    assert list(Checkpoint.objects.values()) == before


def test_small_batches_lead_to_the_same_root_as_one(append, now):
    leaves = [entry.leaf for entry in append(700)]

    sealing.seal(now, batch=37)

    last = Checkpoint.objects.latest("size")
    assert (last.size, bytes(last.root)) == (700, tree_root(leaf_hashes(leaves)))
    assert Checkpoint.objects.count() == 19
    assert services.audit().ok


def test_partial_tiles_of_full_tiles_are_tidied_away(append, now, log):
    append(200)
    services.seal_pending(now)
    append(100, first=200)
    services.seal_pending(now)

    assert not (log / "tile/0/000.p").exists()
    assert (log / "tile/0/001.p/44").exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_is_appended_only_in_a_transaction_and_vanishes_with_it(digest, now):
    with pytest.raises(TransactionManagementError):
        services.append(kind="a", subject=digest(1), body="", at=now)
    with transaction.atomic():
        services.append(kind="a", subject=digest(1), body="", at=now)
        transaction.set_rollback(True)

    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"kind": "Report received"}, {"kind": ""}, {"subject": "ab"}, {"subject": "G" * 64}, {"body": "x" * 201}],
)
def test_what_is_no_entry_is_refused_and_nothing_stored(change, digest, now):
    plain = {"kind": "thing.happened", "subject": digest(1), "body": "b", "at": now}
    with pytest.raises(services.NotAnEntry):
        services.append(**{**plain, **change})

    assert not Entry.objects.exists()


def test_sealing_inside_a_transaction_is_refused(append, now):
    append(1)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        services.seal_pending(now)

    assert not Checkpoint.objects.exists()


STEPS = [
    ("zhunsheng.platform.ledger.sealing._store", "before"),
    ("zhunsheng.platform.ledger.sealing._number", "after"),
    ("zhunsheng.platform.ledger.sealing._store", "after"),
    ("zhunsheng.foundation.tlog.store.TileWriter.write", "before"),
    ("zhunsheng.foundation.tlog.store.TileWriter.write", "after"),
    ("zhunsheng.foundation.tlog.store.TileWriter.publish", "before"),
    ("zhunsheng.foundation.tlog.store.TileWriter.publish", "after"),
    ("zhunsheng.foundation.tlog.store.TileWriter.forget_partials", "before"),
    ("zhunsheng.platform.ledger.sealing.publication.publish", "after"),
]


@pytest.mark.parametrize(("step", "moment"), STEPS)
def test_a_crash_at_any_step_is_repaired_by_the_next_run(step, moment, append, now, log, monkeypatch, cut_at):
    """Each crash is a power cut for the running sealer: what it had in memory is lost with it."""
    leaves = [entry.leaf for entry in append(290)]
    services.seal_pending(now)
    shown = {store.read_checkpoint(log) or ""}
    leaves += [entry.leaf for entry in append(600, first=1000)]
    with monkeypatch.context() as patched:
        cut_at(patched, step, moment, PowerCut)
        with pytest.raises(PowerCut):
            services.seal_pending(now)
    sealing._edges.clear()
    shown.add(store.read_checkpoint(log) or "")
    leaves += [entry.leaf for entry in append(7, first=2000)]

    services.seal_pending(now)

    shown.add(store.read_checkpoint(log) or "")
    signed = [open_checkpoint(note, [keys.log_key()]) for note in shown]
    assert len({checkpoint.size for checkpoint in signed}) == len(shown)
    assert max(signed, key=lambda c: c.size).root == tree_root(leaf_hashes(leaves))
    result = services.audit()
    assert (result.ok, result.entries, result.pending) == (True, 897, 0), str(result.first_difference)
    assert len(selectors.receipts_for(Entry.objects.values_list("id", flat=True))) == 897


def test_a_half_written_tile_is_replaced(append, now, log, monkeypatch):
    append(300)
    whole = store._write

    def torn(path, content, **how):
        whole(path, content[: len(content) // 2], **how)
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(store, "_write", torn)
        with pytest.raises(PowerCut):
            services.seal_pending(now)
    services.seal_pending(now)

    assert services.audit().ok


def test_lost_tiles_are_written_again_from_the_database(append, now, log):
    append(600)
    services.seal_pending(now)
    log.rename(log.with_name("lost"))

    assert services.seal_pending(now).repaired == 600
    for path in log.with_name("lost").rglob("*"):
        if path.is_file():
            assert (log / path.relative_to(log.with_name("lost"))).read_bytes() == path.read_bytes()


def test_tampered_edge_tiles_are_not_built_upon(append, now, log):
    append(300)
    services.seal_pending(now)
    path = log / "tile/0/001.p/44"
    path.write_bytes(b"\x00" + path.read_bytes()[1:])
    sealing._edges.clear()
    leaves = [bytes(e.leaf) for e in Entry.objects.order_by("leaf_index")] + [e.leaf for e in append(5, first=900)]

    services.seal_pending(now)

    assert bytes(Checkpoint.objects.latest("size").root) == tree_root(leaf_hashes(leaves))


def test_an_older_database_under_a_newer_log_is_refused(append, now):
    append(10)
    services.seal_pending(now)
    Checkpoint.objects.all().delete()
    Entry.objects.update(leaf_index=None)

    with pytest.raises(publication.LedgerBroken, match="restore a newer database"):
        services.seal_pending(now)


def test_a_strange_key_signs_nothing_more(append, now, tmp_path):
    append(10)
    services.seal_pending(now)
    (tmp_path / "keys" / "log.key").unlink()
    keys._signer_in.cache_clear()
    append(1, first=50)

    with pytest.raises(publication.LedgerBroken, match="not signed by this log's key"):
        services.seal_pending(now)


def test_a_changed_leaf_is_not_built_upon_when_tiles_are_lost(append, now, log):
    append(10)
    services.seal_pending(now)
    log.rename(log.with_name("lost"))
    Entry.objects.filter(leaf_index=4).update(leaf=bytes(32))

    with pytest.raises(publication.LedgerBroken, match="do not lead to the root"):
        services.seal_pending(now)


def test_two_leaves_never_share_an_index(append, now):
    append(2)
    services.seal_pending(now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.update(leaf_index=0)
