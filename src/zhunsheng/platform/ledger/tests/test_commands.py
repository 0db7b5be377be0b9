"""`zhunsheng ledger …` says what it found and ends with the code that scripts rely on."""

import json

import pytest
from typer.testing import CliRunner

from zhunsheng.platform.ledger import keys, receipts, services
from zhunsheng.platform.ledger.commands import app
from zhunsheng.platform.ledger.models import Entry

pytestmark = pytest.mark.django_db


def run(*arguments):
    return CliRunner().invoke(app, arguments)


def test_an_audit_that_agrees_ends_with_0(append, now):
    append(5)
    services.seal_pending(now)

    plain, machine = run("audit"), run("audit", "--json")

    assert (plain.exit_code, machine.exit_code) == (0, 0)
    assert "5 sealed entries" in plain.stdout
    assert "everything agrees" in plain.stdout
    assert json.loads(machine.stdout)["ok"] is True


def test_an_audit_that_finds_something_names_it_and_ends_with_1(append, now, log):
    append(5)
    services.seal_pending(now)
    (log / "tile/0/000.p/5").write_bytes(bytes(160))

    plain, machine = run("audit"), run("audit", "--json")

    assert (plain.exit_code, machine.exit_code) == (1, 1)
    assert "DIFFERENCE ledger/tile/0/000.p/5, leaf 0, byte 0" in plain.stdout
    assert json.loads(machine.stdout)["first_difference"]["place"] == "ledger/tile/0/000.p/5"


def test_sealing_checkpoint_and_receipt_follow_one_another(append, tmp_path, digest):
    entry = append(1)[0]
    assert run("checkpoint").exit_code == 1
    assert run("receipt", str(entry.id)).exit_code == 1

    sealed = run("seal")

    assert "sealed 1" in sealed.stdout
    assert json.loads(run("seal", "--json").stdout) == {"sealed": 0, "repaired": 0, "size": 1}
    assert run("checkpoint").stdout.startswith("log.example/one\n1\n")
    facts = json.loads(run("checkpoint", "--json").stdout)
    assert (facts["size"], facts["key"]) == (1, keys.log_key().text)
    file = tmp_path / "receipt.json"
    assert run("receipt", str(entry.id), "--out", str(file)).exit_code == 0
    assert receipts.verify(file.read_bytes(), digest(0), run("key").stdout.strip()).ok
    assert json.loads(run("receipt", str(entry.id)).stdout) == json.loads(file.read_text())
    assert run("receipt", str(Entry.objects.count() + 10**6)).exit_code == 1


def test_bad_use_ends_with_2():
    assert run("receipt", "seven").exit_code == 2
