"""SM2 beside Ed25519: signed where a key was made, shown on the page, verified at the command line by the key alone."""

import json
import os

import pytest
from typer.testing import CliRunner

from zhunsheng.foundation import signing, sm2
from zhunsheng.foundation.credentials.issuers import keys_of, sm2_keys_of
from zhunsheng.platform.credentials import beside, commands, issuer
from zhunsheng.platform.documents import files

from .factories import make_credential

pytestmark = pytest.mark.django_db
if not sm2.available() and os.environ.get("CI") != "true":
    pytest.skip("the extra sm2 isn't installed", allow_module_level=True)
LATER = "2026-04-01T12:00:00+08:00"


@pytest.fixture(autouse=True)
def own_algorithms(monkeypatch):
    monkeypatch.setattr(signing, "_ALGORITHMS", {"ed25519": signing._ALGORITHMS["ed25519"]})


def keygen():
    made = CliRunner().invoke(commands.app, ["keygen", "--sm2"])
    assert made.exit_code == 0, made.output
    return made.output.strip()


def held(credential):
    found = beside.check(credential.beside, bytes(credential.vc), issuer.keys_beside())
    return [(one.method, one.held) for one in found]


def test_without_a_key_nothing_stands_beside():
    assert make_credential().beside == []


def test_a_key_signs_from_then_on_and_older_signatures_hold_after_the_next():
    first = keygen()
    credential = make_credential()
    second = keygen()
    later = make_credential(number="2")

    assert (first, second) == ("did:web:zhunsheng.example#sm2-0001", "did:web:zhunsheng.example#sm2-0002")
    assert held(credential) == [(first, "holds")]
    assert held(later) == [(second, "holds")]
    credential.vc = bytes(credential.vc) + b" "
    assert held(credential) == [(first, "wrong")]


def test_the_issuers_document_lists_both_kinds_of_keys():
    named = keygen()
    document = issuer.document()

    assert list(keys_of(document)) == ["did:web:zhunsheng.example#0001"]
    assert sm2_keys_of(document) == {named: beside.public_keys()["sm2-0001"]}


def test_without_the_library_nothing_is_issued_with_half_its_signatures(monkeypatch):
    keygen()
    monkeypatch.setattr(sm2, "available", lambda: False)
    signing._ALGORITHMS.pop("sm2")
    with pytest.raises(signing.KeyProblem):
        make_credential()


def test_the_page_shows_it_and_gives_the_signature(client):
    keygen()
    credential = make_credential()
    page = client.get(f"/v/{credential.code}", headers={"accept-language": "zh-hans"}).content.decode()

    assert "国密签名（SM2/SM3）" in page
    assert client.get(f"/v/{credential.code}/signatures.json").json() == credential.beside


@pytest.mark.parametrize("kind", ["json", "pdf"])
def test_the_command_verifies_it_with_the_issuers_document_alone(kind, tmp_path, settings):
    named = keygen()
    credential = make_credential()
    held_by = tmp_path / "somebody"
    held_by.mkdir()
    content = bytes(credential.vc) if kind == "json" else files.read_by_digest(credential.pdf_id)
    (held_by / "file").write_bytes(content)
    (held_by / "signatures.json").write_text(json.dumps(credential.beside))
    (held_by / "did.json").write_text(json.dumps(issuer.document()))
    settings.ZHUNSHENG_HOME = tmp_path / "elsewhere"
    told = ["verify", str(held_by / "file"), "--key", str(held_by / "did.json"), "--offline", "--json", "--at", LATER]
    told += ["--beside", str(held_by / "signatures.json")]
    answer = CliRunner().invoke(commands.app, told)

    assert json.loads(answer.stdout)["beside"] == [{"method": named, "held": "holds"}]
    assert answer.exit_code == (0 if kind == "json" else 1)  # the PDF's own signer was not named
    forged = [{**credential.beside[0], "signature": "A" * 86}]
    (held_by / "signatures.json").write_text(json.dumps(forged))
    answer = CliRunner().invoke(commands.app, told)
    assert (answer.exit_code, json.loads(answer.stdout)["beside"][0]["held"]) == (1, "wrong")
    (held_by / "signatures.json").write_text("{}")
    assert CliRunner().invoke(commands.app, told).exit_code == 2
