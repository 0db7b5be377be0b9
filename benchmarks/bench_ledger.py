"""The log: appending against hashing, proving against verifying, sealing against writing the same rows."""

import os
import random
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from django.db import transaction

from benchmarks.harness import Stage, Work
from zhunsheng.foundation.tlog.edge import Edge
from zhunsheng.foundation.tlog.hashing import leaf_hash
from zhunsheng.foundation.tlog.proofs import verify_inclusion
from zhunsheng.foundation.tlog.prover import Prover
from zhunsheng.foundation.tlog.store import TileWriter
from zhunsheng.platform.database.bulk import insert_rows
from zhunsheng.platform.ledger import promises, sealing, services
from zhunsheng.platform.ledger.models import Entry

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
BATCHES = ((1_000, 20), (10_000, 4), (65_536, 1))
"""Entries at once, and how often."""
IN_MEMORY, LEAVES, PROOFS, PROMISES, SEALED = 10_000, 100_000, 5_000, 500, 5_000
SMALLEST = {"BATCHES": ((300, 2),), "IN_MEMORY": 100, "LEAVES": 500, "PROOFS": 50, "PROMISES": 20, "SEALED": 50}
COLUMNS = ("kind", "subject", "body", "at", "salt", "leaf", "leaf_index")


def stages(scale: int) -> Iterator[Stage]:
    """Yield the stages; each is measured before the next is made."""
    with tempfile.TemporaryDirectory(prefix="zhunsheng-tiles-") as folder:
        for batch, batches in BATCHES:
            for durable in (False, True):
                yield _append_stage(Path(folder), batch, batches * scale, durable=durable)
    if find_spec("pymerkle"):
        yield _pymerkle_stage(IN_MEMORY * scale)
    yield _proof_stage(LEAVES * scale)
    yield _promise_stage(PROMISES)
    yield _seal_stage(SEALED * scale)


def _append_stage(folder: Path, batch: int, batches: int, *, durable: bool) -> Stage:
    """Grow one living log from turn to turn, writing all that the sealer writes but the signature."""
    entries = [os.urandom(32) for _ in range(batch)]
    edge = Edge()
    writer = TileWriter(folder / f"{batch}-{durable}", durable=durable)
    writer.write(edge.append([b"before"] * 301))

    def ours() -> int:
        before = edge.size
        for _ in range(batches):
            made = edge.append(entries)
            if len(edge.root) == 32:
                writer.write(made)
        return edge.size - before

    def floor() -> int:
        return sum(len([leaf_hash(entry) for entry in entries]) for _ in range(batches))

    words = "on disk, waited for" if durable else "written"
    return Stage(
        name=f"log: append + tiles {words}, batches of {batch:,}",
        ours=Work(ours),
        floor_name="leaf hash of each entry",
        floor=Work(floor),
        items=batch * batches,
        target=0.3,
        note="syncfs before the checkpoint is shown" if durable else "the system writes the files out later",
    )


def _pymerkle_stage(size: int) -> Stage:
    from pymerkle import InmemoryTree

    entries = [os.urandom(32) for _ in range(size)]

    def theirs() -> int:
        tree = InmemoryTree(algorithm="sha256")
        for entry in entries:
            tree.append_entry(entry)
        return int(tree.get_size()) if tree.get_state() else 0

    def ours() -> int:
        edge = Edge()
        edge.append(entries)
        return edge.size if edge.root else 0

    return Stage("log: append in memory", Work(ours), "pymerkle InmemoryTree", Work(theirs), size, target=5.0)


def _proof_stage(size: int) -> Stage:
    tiles = dict((edge := Edge()).append([os.urandom(32) for _ in range(size)]))
    prover = Prover(size, tiles.get)
    chosen = random.Random(7).sample(range(size), PROOFS)
    leaves = [prover.leaf(index) for index in chosen]
    made = [prover.inclusion(index) for index in chosen]
    root = edge.root

    def ours() -> int:
        return len([prover.inclusion(index) for index in chosen])

    def floor() -> int:
        return sum(map(verify_inclusion, leaves, chosen, [size] * len(chosen), made, [root] * len(chosen)))

    return Stage(
        f"inclusion proofs, warm tiles, {size:,} leaves",
        Work(ours),
        "proof verification",
        Work(floor),
        PROOFS,
        target=0.4,
    )


def _promise_stage(number: int) -> Stage:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    with transaction.atomic():
        appended = services.append_many(_new(number))

    def ours() -> int:
        return len([promises.promise_for(entry) for entry in appended])

    def floor() -> int:
        return len([key.sign(entry.leaf * 8) for entry in appended])

    return Stage("promises", Work(ours), "Ed25519 signing of 256 bytes", Work(floor), number)


def _new(number: int) -> list[services.NewEntry]:
    return [services.NewEntry("report.received", os.urandom(32).hex(), "201919124512", NOON) for _ in range(number)]


def _seal_stage(number: int) -> Stage:
    """Append and seal against the bare rows; both on the database that DATABASE_URL names."""

    def ours(new: Sequence[services.NewEntry]) -> int:
        with transaction.atomic():
            services.append_many(new)
        return sealing.seal(NOON).sealed

    def rows() -> list[tuple[object, ...]]:
        Entry.objects.filter(leaf_index__lt=0).delete()
        return [
            (entry.kind, entry.subject, entry.body, entry.at, os.urandom(16), os.urandom(32), -1 - place)
            for place, entry in enumerate(_new(number))
        ]

    def floor(prepared: Sequence[tuple[object, ...]]) -> int:
        with transaction.atomic():
            return insert_rows(Entry, COLUMNS, prepared)

    sealing.seal(NOON)
    return Stage(
        "log: append, commit, seal and publish",
        Work(ours, lambda: _new(number)),
        "COPY or executemany of the same rows",
        Work(floor, rows),
        number,
    )
