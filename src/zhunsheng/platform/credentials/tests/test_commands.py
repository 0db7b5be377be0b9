import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from zhunsheng.foundation.credentials.multibase import multikey
from zhunsheng.platform.credentials import commands, fetching, issuer, services
from zhunsheng.platform.credentials.lifecycle import Status
from zhunsheng.platform.credentials.models import StatusList
from zhunsheng.platform.credentials.services import set_status
from zhunsheng.platform.documents import files, identity

from .factories import NOON, NUMBER, make_credential

pytestmark = pytest.mark.django_db
LATER = "2026-04-01T12:00:00+08:00"


@pytest.fixture
def issued(tmp_path):
    """Return a credential, and a folder with all that somebody may hold of it."""
    credential = make_credential()
    folder = tmp_path / "held"
    folder.mkdir()
    (folder / "vc.json").write_bytes(bytes(credential.vc))
    (folder / "doc.pdf").write_bytes(files.read_by_digest(credential.pdf_id))
    (folder / "qr.txt").write_text(credential.printed, encoding="utf-8")
    (folder / "did.json").write_text(json.dumps(issuer.document()), encoding="utf-8")
    trust = identity.trust()
    (folder / "signers.pem").write_bytes(identity.pem([*trust.signers, *trust.roots]))
    (folder / "clocks.pem").write_bytes(identity.pem(trust.clocks))
    return credential, folder


def write_lists(folder, at):
    services.publish_lists(at=at)
    row = StatusList.objects.get()
    (folder / "r.json").write_bytes(bytes(row.revocation))
    (folder / "s.json").write_bytes(bytes(row.suspension))


@pytest.fixture
def run(settings, tmp_path_factory, monkeypatch):
    """Return a way to verify as somebody else, who has neither our keys nor a network."""

    def no_network(address):
        raise AssertionError(f"{address} was asked")

    def verify(*words, offline=True):
        settings.ZHUNSHENG_HOME = tmp_path_factory.mktemp("elsewhere")
        monkeypatch.setattr(fetching, "fetch", no_network)
        told = ["verify", *map(str, words), "--json", "--at", LATER, *(["--offline"] if offline else [])]
        result = CliRunner().invoke(commands.app, told)
        return result.exit_code, json.loads(result.stdout) if result.exit_code < 2 else result.output

    return verify


def test_data_document_and_qr_text_verify_with_the_issuers_key_and_nothing_else(issued, run):
    credential, folder = issued
    for name, keys in (("vc.json", ["did.json"]), ("doc.pdf", ["did.json", "signers.pem"]), ("qr.txt", ["did.json"])):
        code, answer = run(
            folder / name,
            *[word for key in keys for word in ("--key", folder / key)],
            *(["--clock", folder / "clocks.pem"] if name == "doc.pdf" else []),
        )
        assert (code, answer["ok"], answer.get("number")) == (0, True, NUMBER), (name, answer)
        assert answer["digest"] == credential.digest
    code, answer = run(credential.printed, "--key", multikey(next(iter(issuer.public_keys().values()))))
    assert code == 1  # the keys of another home

    code, answer = run(folder / "doc.pdf", "--key", folder / "signers.pem", "--clock", folder / "clocks.pem")
    assert (code, answer["code"], answer["status"]) == (0, credential.code, "not-checked")


def test_a_multikey_is_enough(issued, run):
    credential, _folder = issued
    key = multikey(next(iter(issuer.public_keys().values())))

    assert run(credential.printed, "--key", key)[0] == 0


def test_status_lists_tell_what_has_happened_since(issued, run):
    credential, folder = issued
    told = ["--key", folder / "did.json", "--key", folder / "signers.pem", "--status", folder / "r.json"]
    told += ["--clock", folder / "clocks.pem"]
    told += ["--status", folder / "s.json"]
    at = NOON + timedelta(days=30)
    write_lists(folder, at)
    home = issuer.settings.ZHUNSHENG_HOME
    assert run(folder / "vc.json", *told)[1]["status"] == "good"
    assert run(folder / "doc.pdf", *told)[1]["status"] == "good"

    issuer.settings.ZHUNSHENG_HOME = home
    set_status(credential_id=credential.pk, status=Status.SUSPENDED, why="整改", by=None, at=at)
    write_lists(folder, at)
    code, answer = run(folder / "vc.json", *told)
    assert (code, answer["problem"]) == (1, "suspended")

    issuer.settings.ZHUNSHENG_HOME = home
    set_status(credential_id=credential.pk, status=Status.REVOKED, why="撤销", by=None, at=at)
    write_lists(folder, at)
    for name in ("vc.json", "doc.pdf"):
        code, answer = run(folder / name, *told)
        assert (code, answer["problem"]) == (1, "revoked")


def test_altered_things_are_told(issued, run):
    _credential, folder = issued
    told = ["--key", folder / "did.json", "--key", folder / "signers.pem", "--clock", folder / "clocks.pem"]
    data = (folder / "vc.json").read_bytes()
    (folder / "vc.json").write_bytes(data.replace("珠江".encode(), "黄河".encode()))
    pdf = bytearray((folder / "doc.pdf").read_bytes())
    pdf[len(pdf) // 3] ^= 1
    (folder / "doc.pdf").write_bytes(bytes(pdf))
    text = (folder / "qr.txt").read_text()
    (folder / "qr.txt").write_text(text[:-6] + ("A" if text[-6] != "A" else "B") + text[-5:])

    assert run(folder / "vc.json", *told)[1]["problem"] == "signature"
    assert run(folder / "doc.pdf", *told)[1]["problem"] == "altered"
    assert run(folder / "qr.txt", *told)[1]["problem"] == "signature"


def test_bad_use_is_told_apart_from_a_bad_certificate(issued, run, tmp_path):
    _credential, folder = issued

    assert run(folder / "vc.json")[0] == 2  # offline, without a key
    assert run(folder / "none.json", "--key", folder / "did.json")[0] == 2
    assert run(folder / "vc.json", "--key", "z6Mk")[0] == 2
    assert run(folder / "vc.json", "--key", folder / "did.json", "--status", folder / "doc.pdf")[0] == 2
    assert run(folder / "did.json", "--key", folder / "did.json") == (
        1,
        {"file": str(folder / "did.json"), "ok": False, "kind": "data", "problem": "shape", "detail": "@context",
         "status": "not-checked"},
    )  # fmt: skip


def test_online_the_issuers_own_host_is_asked(issued, run, monkeypatch):
    _credential, folder = issued
    write_lists(folder, NOON + timedelta(days=30))
    base = "https://zhunsheng.example"
    there = {
        f"{base}/.well-known/did.json": "did.json",
        f"{base}/credentials/authority.pem": "signers.pem",
        f"{base}/credentials/clocks.pem": "clocks.pem",
        f"{base}/credentials/status/revocation-1": "r.json",
        f"{base}/credentials/status/suspension-1": "s.json",
    }
    number = StatusList.objects.get().pk
    there = {address.replace("-1", f"-{number}"): name for address, name in there.items()}
    asked = []

    def fetch(address):
        asked.append(address)
        return (folder / there[address]).read_bytes()

    monkeypatch.setattr(commands, "timezone", commands.timezone)
    for name in ("vc.json", "doc.pdf"):
        result = run_online(folder / name, fetch, monkeypatch, issuer)
        assert (result["ok"], result["status"]) == (True, "good"), result
    assert set(asked) == set(there)
    with pytest.raises(fetching.NotFetched, match="own host"):
        fetching.from_issuer("did:web:zhunsheng.example", "https://elsewhere.example/list")


def run_online(path, fetch, monkeypatch, issuer):
    monkeypatch.setattr(fetching, "fetch", fetch)
    monkeypatch.setattr(issuer, "did", lambda: "did:web:another.example")
    result = CliRunner().invoke(commands.app, ["verify", str(path), "--json", "--at", LATER])
    return json.loads(result.stdout)
