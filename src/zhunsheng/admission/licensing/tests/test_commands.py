"""Signing at the command line."""

import json

import pytest
from typer.testing import CliRunner

from zhunsheng.admission.licensing.commands import app
from zhunsheng.admission.licensing.selectors import missing, signing
from zhunsheng.admission.licensing.services import filing
from zhunsheng.admission.licensing.tests.applicants import NOON, TODAY, complete, make_applicant
from zhunsheng.foundation import signing as keys
from zhunsheng.registry.bodies.services.keys import add_key


@pytest.mark.django_db
def test_what_the_command_signs_the_page_accepts(tmp_path):
    applicant = make_applicant(lines=1)
    made, key = complete(applicant, signed=False), keys.generate_key()
    keys.save_private(key, tmp_path / "key.pem")
    add_key(
        body_id=applicant.body.pk, key_id="K1", public_key=keys.public_text(key), by=applicant.manager, at=NOON,
        why="test",
    )  # fmt: skip
    (tmp_path / "to-sign.json").write_bytes(signing.statement_of(made, TODAY).message)

    done = CliRunner().invoke(
        app, ["sign", str(tmp_path / "to-sign.json"), "--key-file", str(tmp_path / "key.pem"), "--json"]
    )

    assert done.exit_code == 0, done.output
    kept = filing.sign_commitment(
        application_id=made.pk, by=applicant.manager, at=NOON, key_id="K1",
        signature=json.loads(done.output)["signature"],
    )  # fmt: skip
    assert kept.level == "key"
    assert "signature" not in {one.field for one in missing.missing_of(made, TODAY)}


@pytest.mark.parametrize("content", [b"{}", b"no json", b'{"format": "zhunsheng-application-signature/1"}'])
def test_nothing_else_is_signed(tmp_path, content):
    keys.save_private(keys.generate_key(), tmp_path / "key.pem")
    (tmp_path / "x.json").write_bytes(content)

    done = CliRunner().invoke(app, ["sign", str(tmp_path / "x.json"), "--key-file", str(tmp_path / "key.pem")])

    assert done.exit_code == 2
    assert "signature:" not in done.output
