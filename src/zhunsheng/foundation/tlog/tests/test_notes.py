"""Signed notes, checkpoints and cosignatures follow their C2SP documents."""

import pytest

from zhunsheng.foundation import signing
from zhunsheng.foundation.tlog.checkpoint import Checkpoint, open_checkpoint
from zhunsheng.foundation.tlog.note import COSIGNATURE, Note, NoteKey, NoteProblem, SignatureLine

# The Go package golang.org/x/mod/sumdb/note publishes this key and note in its documentation.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ORIGIN = "zhunsheng.local/log"
SIGNER = signing.Ed25519Key.from_seed(bytes(range(32)))
KEY = NoteKey(ORIGIN, SIGNER.public_bytes)
CHECKPOINT = Checkpoint(ORIGIN, 20852163, bytes(range(32)))


def test_the_note_published_with_the_go_implementation_verifies():
    key = NoteKey.parse(GO_KEY)
    note = Note.parse(GO_NOTE)

    assert key.text == GO_KEY
    assert note.verify([key]) == [key]
    assert str(note) == GO_NOTE


@pytest.mark.parametrize("at", range(0, len(GO_NOTE), 7))
def test_a_changed_note_does_not_verify(at):
    changed = GO_NOTE[:at] + ("A" if GO_NOTE[at] != "A" else "B") + GO_NOTE[at + 1 :]
    with pytest.raises(NoteProblem):
        Note.parse(changed).verify([NoteKey.parse(GO_KEY)])


def test_a_signed_checkpoint_opens_with_the_log_key_alone():
    note = str(CHECKPOINT.signed(SIGNER))

    assert open_checkpoint(note, [KEY]) == CHECKPOINT
    assert note.startswith(f"{ORIGIN}\n20852163\n")
    other = signing.generate_key()
    with pytest.raises(NoteProblem, match="no known key"):
        open_checkpoint(note, [NoteKey(ORIGIN, other.public_bytes)])
    with pytest.raises(NoteProblem, match="no known key"):
        open_checkpoint(note, [])


def test_signatures_of_unknown_keys_are_passed_over_and_kept():
    stranger = signing.generate_key()
    note = CHECKPOINT.signed(SIGNER).signed("stranger.example", stranger)

    assert open_checkpoint(str(note), [KEY]) == CHECKPOINT
    assert str(Note.parse(str(note))) == str(note)


def test_a_checkpoint_signed_under_another_name_is_of_another_log():
    note = Note(CHECKPOINT.text).signed("other.example/log", SIGNER)
    with pytest.raises(NoteProblem, match="another log"):
        open_checkpoint(str(note), [NoteKey("other.example/log", SIGNER.public_bytes)])


def test_a_witness_cosignature_verifies_and_a_wrong_one_is_refused():
    witness = signing.Ed25519Key.from_seed(bytes(32))
    key = NoteKey("witness.example", witness.public_bytes, COSIGNATURE)
    time = (1_700_000_000).to_bytes(8, "big")
    note = CHECKPOINT.signed(SIGNER)
    signature = witness.sign(b"cosignature/v1\ntime 1700000000\n" + note.text.encode())
    cosigned = Note(note.text, (*note.signatures, SignatureLine(key.name, key.key_id, time + signature)))

    assert Note.parse(str(cosigned)).cosigned_at(key) == 1_700_000_000
    assert note.cosigned_at(key) is None
    forged = Note(note.text, (SignatureLine(key.name, key.key_id, b"\xff" + time[1:] + signature),))
    with pytest.raises(NoteProblem):
        forged.cosigned_at(key)
    short = Note(note.text, (SignatureLine(key.name, key.key_id, signature),))
    with pytest.raises(NoteProblem):
        short.cosigned_at(key)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\n",
        f"a\n01\n{'A' * 43}=\n",
        f"a\n-1\n{'A' * 43}=\n",
        f"a\n٣\n{'A' * 43}=\n",
        "a\n1\nAAAA\n",
        f"a\n1\n{'A' * 43}=",
        f"a\n1\n{'A' * 42}B=\n",
        f"\n1\n{'A' * 43}=\n",
        f"a\n1\n{'A' * 43}=\n\n",
        f"a\n9999999999999999999\n{'A' * 43}=\n",
    ],
)
def test_a_malformed_checkpoint_is_refused(text):
    with pytest.raises(NoteProblem):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "source",
    [
        b"\xff\n\n\xe2\x80\x94 a AAAAAAAA\n",
        "text\n",
        "text\n\n",
        "text\n\n— a AAAAAAAA",
        "text\n\n- a AAAAAAAA\n",
        "text\n\n— a AAAA\n",
        "text\n\n— a+b AAAAAAAA\n",
        "text\n\n— a  AAAAAAAA\n",
        "te\txt\n\n— a AAAAAAAA\n",
        "text\n\n— a AAAAAAB=\n",
        "t\n\n" + "— a AAAAAAAA\n" * 101,
    ],
)
def test_a_malformed_note_is_refused(source):
    with pytest.raises(NoteProblem):
        Note.parse(source)


@pytest.mark.parametrize("text", ["", "a+b", "name+00000000+AQ==", GO_KEY.replace("c74f20a3", "c74f20a4"), "a b+c+d"])
def test_a_malformed_key_is_refused(text):
    with pytest.raises(NoteProblem):
        NoteKey.parse(text)


def test_a_repeated_signature_of_a_known_key_is_refused():
    note = CHECKPOINT.signed(SIGNER)
    with pytest.raises(NoteProblem):
        Note(note.text, note.signatures * 2).verify([KEY])
