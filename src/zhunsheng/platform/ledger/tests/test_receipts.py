"""A receipt or a promise proves what it says to anyone who has the log's key, and nothing else does."""

import base64
import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhunsheng.foundation import signing
from zhunsheng.foundation.tlog.note import NoteKey
from zhunsheng.platform.ledger import keys, promises, receipts, selectors, services
from zhunsheng.platform.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(append, now, digest):
    """Return a receipt, the digest it is about, and the log's key as text."""
    entry = append(300)[123]
    services.seal_pending(now)
    return selectors.receipt_for(entry.id), digest(123), keys.log_key().text


def test_a_receipt_verifies_with_the_log_key_alone(made):
    receipt, digest, key = made

    verdict = receipts.verify(receipt, digest, key)

    assert verdict.ok, verdict
    assert (verdict.leaf_index, verdict.tree_size, verdict.kind, verdict.body) == (
        123,
        300,
        "thing.happened",
        "CMA-2019",
    )
    assert verdict.time == "2026-11-23T04:00:00.000000Z"
    assert receipts.verify(json.dumps(receipt), digest, key) == verdict


def test_the_whole_answer_to_a_report_serves_as_its_receipt(made):
    receipt, digest, key = made

    assert receipts.verify({"outcome": "accepted", "receipt": receipt}, digest, key).ok


@pytest.mark.parametrize(
    "answer",
    [{"digest": "ab" * 32, "sealed": False}, {"outcome": "accepted", "promise": {}}, {"format": "zhunsheng-promise/1"}],
)
def test_before_the_seal_it_is_said_that_the_receipt_is_still_to_come(made, answer):
    assert receipts.verify(answer, "ab" * 32, made[2]).problem == "unsealed"


def test_it_verifies_where_django_cannot_be_imported(made, tmp_path):
    receipt, digest, key = made
    (tmp_path / "r.json").write_text(json.dumps(receipt))
    program = (
        "import sys; sys.modules['django'] = None\n"
        "from zhunsheng.platform.ledger import receipts\n"
        "print(receipts.verify(open(sys.argv[1], 'rb').read(), sys.argv[2], sys.argv[3]).ok)"
    )
    source = str(Path(receipts.__file__).parents[3])
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "r.json"), digest, key],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": source},
    )

    assert done.stdout.strip() == "True"


def test_another_thing_or_another_log_is_told_apart(made, digest):
    receipt, right, key = made
    stranger = NoteKey(keys.log_origin(), signing.generate_key().public_bytes)

    assert receipts.verify(receipt, digest(124), key).problem == "digest"
    assert receipts.verify(receipt, right, stranger).problem == "checkpoint"
    assert receipts.verify({**receipt, "leaf_index": 124}, right, key).problem == "inclusion"
    assert receipts.verify({**receipt, "body": "CMA-2018"}, right, key).problem == "commitment"
    assert receipts.verify({**receipt, "log": 7}, right, key).problem == "format"
    assert receipts.verify({**receipt, "extra": 1}, right, key).problem == "format"
    assert receipts.verify({**receipt, "format": "zhunsheng-receipt/2"}, right, key).problem == "format"
    assert receipts.verify("not JSON", right, key).problem == "format"
    assert receipts.verify(b"\xff", right, key).problem == "format"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_changed_member_verifies(made, data):
    receipt, digest, key = made
    changed = copy.deepcopy(receipt)
    name = data.draw(st.sampled_from(["kind", "subject", "body", "time", "salt", "leaf", "checkpoint", "proof"]))
    if name == "proof":
        at = data.draw(st.integers(0, len(changed["proof"]) - 1))
        raw = bytearray(base64.b64decode(changed["proof"][at]))
        raw[data.draw(st.integers(0, 31))] ^= 1 << data.draw(st.integers(0, 7))
        changed["proof"][at] = base64.b64encode(raw).decode()
    else:
        text = changed[name]
        at = data.draw(st.integers(0, len(text) - 1))
        changed[name] = text[:at] + chr((ord(text[at]) + 1) % 0xD000 or 1) + text[at + 1 :]

    assert not receipts.verify(changed, digest, key).ok


def test_an_entry_has_no_receipt_before_it_is_sealed(append, now):
    entry = append(1)[0]
    assert selectors.receipt_for(entry.id) is None
    services.seal_pending(now)

    assert selectors.receipt_for(entry.id) is not None
    assert selectors.receipt_for(entry.id + 10**6) is None


def test_all_receipts_of_a_growing_log_verify(append, now, digest):
    key = keys.log_key()
    first = append(255)
    services.seal_pending(now)
    selectors.receipts_for([entry.id for entry in first])
    for count in (1, 1, 300):
        append(count, first=Entry.objects.count())
        services.seal_pending(now)
        found = selectors.receipts_for(Entry.objects.values_list("id", flat=True))
        assert all(receipts.verify(receipt, receipt["subject"], key).ok for receipt in found.values())
        assert len(found) == Entry.objects.count()


def test_many_receipts_need_one_query(made, django_assert_num_queries):
    ids = list(Entry.objects.values_list("id", flat=True))
    with django_assert_num_queries(1):
        assert len(selectors.receipts_for(ids)) == 300


def test_a_promise_is_signed_and_commits(append):
    entry = append(1)[0]
    promise = promises.promise_for(entry)

    assert promises.verify(promise, keys.log_key())
    assert promises.verify(json.loads(json.dumps(promise)), keys.log_key())
    assert promise == promises.promise_for(Entry.objects.get(pk=entry.id))
    for name in promise:
        assert not promises.verify({**promise, name: "x"}, keys.log_key()), name
        assert not promises.verify({key: value for key, value in promise.items() if key != name}, keys.log_key())
    assert not promises.verify(promise, NoteKey(keys.log_origin(), signing.generate_key().public_bytes))
