"""Through a real server and worker: the answers that only a real stream, a real seal and a real process can give."""

import gzip
import http.client
import json
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from tests.crash_rig import ROOT, Installation, batch_of
from zhunsheng.foundation.signing import generate_key, public_text
from zhunsheng.oversight.reports.format import read_report, sign_manifest
from zhunsheng.oversight.reports.tests.intake_factories import as_bytes, plain_report
from zhunsheng.platform.ledger import receipts

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    installation = Installation(tmp_path_factory.mktemp("home"))
    installation.start()
    yield installation
    installation.close()


def call(server, path, body, headers=None, method="POST"):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request(method, path, body, {"Authorization": f"Bearer {server.token()}", **(headers or {})})
    response = connection.getresponse()
    return response.status, response.read()


def command(server, *arguments, given=b""):
    done = subprocess.run(
        [sys.executable, "-m", "zhunsheng.web", *arguments],
        env=server.environment, cwd=ROOT, input=given, capture_output=True, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def log_key(server):
    return command(server, "ledger", "key")[1].strip()


def test_waiting_brings_the_receipt_with_the_answer(server):
    started = time.monotonic()
    status, body = call(server, "/api/v1/reports", as_bytes(plain_report(number="W-1")), {"Prefer": "wait=20"})
    answer = json.loads(body)

    assert status == 201
    assert time.monotonic() - started < 20
    assert receipts.verify(answer["receipt"], answer["digest"], log_key(server)).ok


def test_who_sends_everything_before_reading_anything_is_not_left_waiting(server):
    """1,500 reports and their answers are more than any buffer on the way holds."""
    lines = [as_bytes(plain_report(number=f"A-{n}", remarks="长" * 900)) for n in range(1500)]
    status, body = call(server, "/api/v1/reports/batch", b"\n".join(lines), {"Content-Type": "application/x-ndjson"})
    answers = [json.loads(line) for line in body.splitlines()]

    assert status == 200
    assert [answer["line"] for answer in answers] == list(range(1, 1501))
    assert {answer["outcome"] for answer in answers} == {"accepted"}
    assert [answer["digest"] for answer in answers] == [read_report(line).digest for line in lines]


def test_senders_at_the_same_time_are_each_answered_with_their_own_report(server):
    documents = [as_bytes(plain_report(number=f"T-{n}")) for n in range(40)]
    documents[7] = b'{"format": "no report"}'
    with ThreadPoolExecutor(max_workers=16) as senders:
        answers = list(senders.map(lambda document: call(server, "/api/v1/reports", document), documents))

    assert answers[7][0] == 422
    del answers[7], documents[7]
    assert {status for status, _ in answers} == {201}
    assert [json.loads(body)["digest"] for _, body in answers] == [read_report(one).digest for one in documents]
    assert call(server, "/api/v1/reports", documents[-1])[0] == 200


def test_answers_come_while_the_batch_is_still_being_sent(server):
    lines = batch_of(77, 150)
    stream = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    head = (
        f"POST /api/v1/reports/batch HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {server.token()}\r\n"
        "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    stream.sendall(head.encode())
    for line in lines:
        stream.sendall(b"%x\r\n%s\n\r\n" % (len(line) + 1, line))
    received = b""
    while b'"line":64' not in received:
        block = stream.recv(65536)
        assert block, "the server answered nothing before the end of the batch"
        received += block
    stream.sendall(b"0\r\n\r\n")
    while not received.endswith(b"0\r\n\r\n"):
        received += stream.recv(65536)
    stream.close()

    assert received.count(b'"outcome":"accepted"') == 150


def test_a_stream_cut_in_the_middle_of_a_report_leaves_no_half_of_it(server):
    lines = [as_bytes(plain_report(number=f"CUT-{n}")) for n in range(3)]
    body = b"\n".join(lines)
    stream = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    head = (
        f"POST /api/v1/reports/batch HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {server.token()}\r\n"
        f"Content-Type: application/x-ndjson\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    stream.sendall(head.encode() + body[:-50])
    time.sleep(0.5)
    stream.close()
    time.sleep(2)

    assert call(server, f"/api/v1/reports/{read_report(lines[2]).digest}", b"", method="GET")[0] == 404
    status, answer = call(server, "/api/v1/reports/batch", gzip.compress(body), {"Content-Encoding": "gzip"})
    outcomes = [json.loads(line)["outcome"] for line in answer.splitlines()]
    assert status == 200
    assert len(outcomes) == 3
    assert outcomes[2] == "accepted"


def test_a_file_is_submitted_to_a_server_sealed_and_verified_offline(server, tmp_path):
    file = tmp_path / "reports.ndjson"
    reports = [plain_report(number=f"CLI-{n}") for n in range(3)]
    file.write_bytes(b"\n".join(map(as_bytes, reports)) + b"\n")
    address = ("--server", f"http://127.0.0.1:{server.port}")
    client = ("--client-id", server.client["id"], "--client-secret", server.client["secret"])
    code, out, err = command(server, "reports", "submit", str(file), *address, *client, "--json")
    answers = [json.loads(line) for line in out.splitlines()]

    assert code == 0, err
    assert [answer["outcome"] for answer in answers] == ["accepted"] * 3
    one, receipt = tmp_path / "one.json", tmp_path / "receipt.json"
    one.write_bytes(as_bytes(reports[1]))
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        status, proof = call(server, f"/api/v1/reports/{answers[1]['digest']}/proof", b"", method="GET")
        if status == 200:
            break
        time.sleep(0.2)
    receipt.write_bytes(proof)
    arguments = ("reports", "verify", str(one), "--receipt", str(receipt), "--offline", "--key", log_key(server))

    assert command(server, *arguments)[0] == 0
    one.write_bytes(as_bytes(reports[1]).replace(b"<0.001", b"<0.002"))
    code, out, _ = command(server, *arguments, "--json")
    assert code == 1
    assert json.loads(out)["problem"] == "digest"


def test_a_signed_manifest_is_taken_from_a_file_by_the_operator(server, tmp_path):
    key = generate_key()
    enter = (
        "import django; django.setup()\n"
        "from datetime import UTC, datetime\n"
        "from zhunsheng.platform.accounts.history import recorded\n"
        "from zhunsheng.registry.bodies.models import Body, BodyKey\n"
        "with recorded(None, 'test data'):\n"
        f"    BodyKey.objects.create(body=Body.objects.get(), key_id='m1', public_key='{public_text(key)}',"
        " valid_from=datetime(2020, 1, 1, tzinfo=UTC))\n"
    )
    done = subprocess.run([sys.executable, "-c", enter], env=server.environment, cwd=ROOT, capture_output=True)
    assert done.returncode == 0, done.stderr
    lines = [as_bytes(plain_report(number=f"M-{n}")) for n in range(3)]
    signed = sign_manifest([read_report(line).digest for line in lines], key, "m1", datetime.now(UTC))
    file = tmp_path / "signed.ndjson"
    file.write_bytes(b"\n".join([json.dumps(signed).encode(), *lines]) + b"\n")
    code, out, err = command(server, "reports", "submit", str(file), "--json")
    answers = [json.loads(line) for line in out.splitlines()]

    assert code == 0, err
    assert [answer["outcome"] for answer in answers] == ["manifest", "accepted", "accepted", "accepted"]
    assert {answer["assurance"] for answer in answers[1:]} == {"signed"}
    assert [answer["file"].rpartition(":")[2] for answer in answers] == ["1", "2", "3", "4"]
    address = ("--server", f"http://127.0.0.1:{server.port}")
    client = ("--client-id", server.client["id"], "--client-secret", server.client["secret"])
    code, out, err = command(server, "reports", "submit", str(file), *address, *client, "--json")
    assert code == 0, err
    assert [json.loads(line)["outcome"] for line in out.splitlines()] == ["manifest", "known", "known", "known"]


def test_commands_tell_bad_use_from_problems(server, tmp_path):
    missing = command(server, "reports", "check", str(tmp_path / "nowhere.json"))
    no_key = command(server, "reports", "verify", __file__, "--receipt", __file__, "--offline")
    refused = command(server, "reports", "submit", "-", "--json", given=as_bytes(plain_report(number="OP-1")))
    checked = command(server, "reports", "check", "-", "--lang", "en", given=as_bytes(plain_report(number="OP-1")))

    assert (missing[0], no_key[0]) == (2, 2)
    assert refused[0] == 1
    assert json.loads(refused[1])["rule"] == "unsigned"
    assert checked[0] in {0, 1}
    assert "OP-1" in checked[1]
