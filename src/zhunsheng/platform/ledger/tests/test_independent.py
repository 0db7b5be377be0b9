"""An independent public implementation of C2SP tlog (package aics-tlog, Python >= 3.12) agrees with this one."""

import base64

import pytest
from django.urls import reverse

from zhunsheng.foundation import signing
from zhunsheng.foundation.tlog.note import COSIGNATURE, Note, NoteKey
from zhunsheng.foundation.tlog.proofs import verify_consistency, verify_inclusion
from zhunsheng.platform.ledger import keys, selectors, services
from zhunsheng.platform.ledger.models import Checkpoint, Entry

aics_tlog = pytest.importorskip("aics_tlog", reason="the package aics-tlog (Python 3.12 or newer) is not installed")

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(append, now):
    """Seal a tree whose level 1 is partial, in three steps."""
    for first, count in [(0, 300), (300, 1), (301, 900)]:
        append(count, first=first)
        services.seal_pending(now)


def shown() -> selectors.Published:
    state = selectors.published()
    assert state is not None
    return state


def their_checkpoint():
    note = aics_tlog.parse_note(shown().note)
    verdict = aics_tlog.verify_checkpoint(
        note, aics_tlog.parse_vkey(keys.log_key().text), expected_origin="log.example/one"
    )
    assert verdict.ok, verdict.error
    return verdict


def test_it_reads_our_key_and_checkpoint(sealed):
    key = aics_tlog.parse_vkey(keys.log_key().text)

    assert aics_tlog.format_vkey(key) == keys.log_key().text
    assert (their_checkpoint().size, their_checkpoint().root) == (1201, bytes(Checkpoint.objects.get(size=1201).root))
    for row in Checkpoint.objects.all():
        assert aics_tlog.verify_checkpoint(aics_tlog.parse_note(row.note), key).ok


def test_it_refuses_our_checkpoint_under_another_key(sealed):
    stranger = NoteKey("log.example/one", signing.generate_key().public_bytes)
    verdict = aics_tlog.verify_checkpoint(aics_tlog.parse_note(shown().note), aics_tlog.parse_vkey(stranger.text))

    assert not verdict.ok


def test_every_tile_and_bundle_on_disk_leads_to_the_signed_root(sealed, log):
    signed = their_checkpoint()
    reader = aics_tlog.FileSystemTileReader(log)

    report = aics_tlog.audit_tiles(reader, signed.size, signed.root)

    assert (report.size, report.tiles, report.bundles) == (1201, 6, 5)
    leaves = [bytes(leaf) for leaf in Entry.objects.order_by("leaf_index").values_list("leaf", flat=True)]
    assert [aics_tlog.read_entry(reader, index, signed.size) for index in range(signed.size)] == leaves


def test_its_tree_over_our_leaves_has_our_roots_tiles_and_proofs(sealed, log):
    leaves = [bytes(leaf) for leaf in Entry.objects.order_by("leaf_index").values_list("leaf", flat=True)]
    tree = aics_tlog.MerkleTree(leaves)
    prover = shown().prover

    for row in Checkpoint.objects.all():
        assert tree.root(row.size) == bytes(row.root)
    for path, content in aics_tlog.TileWriter(leaves).materialise().items():
        assert (log / path).read_bytes() == content
    for index in range(0, 1201, 61):
        assert prover.inclusion(index) == tree.inclusion_proof(index)
    for earlier in (1, 255, 256, 300, 301, 1200, 1201):
        assert prover.consistency(earlier) == tree.consistency_proof(earlier)


def test_it_verifies_our_receipts(sealed):
    signed = their_checkpoint()
    for receipt in selectors.receipts_for(Entry.objects.values_list("id", flat=True)[::97]).values():
        note = aics_tlog.parse_note(receipt["checkpoint"])
        assert aics_tlog.verify_checkpoint(note, aics_tlog.parse_vkey(keys.log_key().text)).ok
        leaf = aics_tlog.leaf_hash(bytes.fromhex(receipt["leaf"]))
        proof = [base64.b64decode(part) for part in receipt["proof"]]
        assert aics_tlog.verify_inclusion(leaf, receipt["leaf_index"], signed.size, proof, signed.root)
        wrong = [proof[0][::-1], *proof[1:]]
        assert not aics_tlog.verify_inclusion(leaf, receipt["leaf_index"], signed.size, wrong, signed.root)


def test_we_verify_its_proofs(sealed):
    leaves = [bytes(leaf) for leaf in Entry.objects.order_by("leaf_index").values_list("leaf", flat=True)]
    tree = aics_tlog.MerkleTree(leaves)

    assert all(
        verify_inclusion(aics_tlog.leaf_hash(leaves[index]), index, 1201, tree.inclusion_proof(index), tree.root())
        for index in range(1201)
    )
    assert all(
        verify_consistency(size, tree.root(size), 1201, tree.root(), tree.consistency_proof(size))
        for size in range(1, 1202, 40)
    )


def test_what_we_serve_satisfies_a_client_that_verifies_every_tile(sealed, client):
    class OverHttp:
        def _get(self, path):
            answer = client.get(reverse("ledger:tile", args=[path.removeprefix("tile/")]))
            return answer.content if answer.status_code == 200 else None

        def read_tile(self, level, index, width):
            return self._get(aics_tlog.tiles.tile_path(level, index, width))

        def read_entry_bundle(self, index, width):
            return self._get(aics_tlog.tiles.entry_bundle_path(index, width))

    signed = their_checkpoint()

    assert aics_tlog.audit_tiles(OverHttp(), signed.size, signed.root).bundles == 5


def test_its_witness_cosignature_is_read_here(sealed):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    witness = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    signed = their_checkpoint()
    note = aics_tlog.parse_note(shown().note)
    _, line = aics_tlog.sign_cosignature(
        witness, "witness.example", 1_700_000_000, "log.example/one", signed.size, signed.root
    )
    cosigned = aics_tlog.Note(note.text, (*note.signatures, line))
    key = NoteKey("witness.example", witness.public_key().public_bytes_raw(), COSIGNATURE)

    assert key.text == aics_tlog.format_vkey(aics_tlog.cosignature_vkey("witness.example", witness.public_key()))
    assert Note.parse(cosigned.serialise()).cosigned_at(key) == 1_700_000_000
