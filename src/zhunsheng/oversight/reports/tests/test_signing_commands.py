"""A body without signing software makes a key and signs its files with the command; OpenSSL judges the signature."""

import json
import shutil
import subprocess

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from zhunsheng.foundation import signing
from zhunsheng.oversight.reports.commands import app
from zhunsheng.oversight.reports.format import read_report, signed_bytes
from zhunsheng.oversight.reports.models import Assurance, Channel, Report
from zhunsheng.oversight.reports.permissions import OPERATOR
from zhunsheng.oversight.reports.services.intake import receive_many
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.registry.bodies.models import BodyKey

from .intake_factories import NOON, Laboratory, as_bytes, plain_report

pytestmark = pytest.mark.django_db


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def key_file(tmp_path):
    made = run("make-key", tmp_path / "body.pem", "--json")
    assert made.exit_code == 0, made.output
    return tmp_path / "body.pem", json.loads(made.stdout)["public_key"]


@pytest.fixture
def laboratory(key_file):
    found = Laboratory()
    with recorded(None, "test data"):
        BodyKey.objects.create(
            body=found.body, key_id="weiheng-2026", public_key=key_file[1], valid_from=NOON.replace(year=2020)
        )
    return found


def written(path, *reports):
    path.write_bytes(b"\n".join(as_bytes(report) for report in reports))
    return path


def kept(path):
    return list(
        receive_many(path.read_bytes().splitlines(), sender=OPERATOR, channel=Channel.COMMAND, at=timezone.now())
    )


def test_what_the_command_signs_is_taken_in_as_signed_data(tmp_path, key_file, laboratory):
    source = written(tmp_path / "reports.ndjson", plain_report(number="S-1"), plain_report(number="S-2"))
    signed = tmp_path / "signed.ndjson"

    done = run("sign", source, "--key-file", key_file[0], "--key", "weiheng-2026", "-o", signed)

    assert done.exit_code == 0, done.output
    assert [one.status for one in kept(signed)] == ["accepted", "accepted"]
    assert set(Report.objects.values_list("assurance", flat=True)) == {Assurance.SIGNED}


def test_a_batch_is_signed_once_by_the_manifest_on_its_first_line(tmp_path, key_file, laboratory):
    source = written(tmp_path / "reports.ndjson", plain_report(number="S-1"), plain_report(number="S-2"))
    signed = tmp_path / "signed.ndjson"

    run("sign", source, "--key-file", key_file[0], "--key", "weiheng-2026", "-o", signed, "--once")

    assert [one.status for one in kept(signed)] == ["manifest", "accepted", "accepted"]
    assert "proof" not in json.loads(signed.read_text().splitlines()[1])
    assert set(Report.objects.values_list("assurance", flat=True)) == {Assurance.SIGNED}


@pytest.mark.skipif(shutil.which("openssl") is None, reason="OpenSSL is not on this machine")
def test_openssl_agrees_with_the_signature(tmp_path, key_file):
    source = written(tmp_path / "r.json", plain_report())
    done = run("sign", source, "--key-file", key_file[0], "--key", "weiheng-2026")
    proof = json.loads(done.stdout)["proof"]
    message = signed_bytes(
        "zhunsheng-report/1", "weiheng-2026", proof["created"], read_report(as_bytes(plain_report())).digest
    )
    (tmp_path / "message").write_bytes(message)
    (tmp_path / "signature").write_bytes(signing.from_text(proof["signature"]))
    public = tmp_path / "public.pem"
    subprocess.run(["openssl", "pkey", "-in", key_file[0], "-pubout", "-out", public], check=True)

    judged = subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", public, "-rawin",
         "-in", tmp_path / "message", "-sigfile", tmp_path / "signature"],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip

    assert judged.returncode == 0, judged.stderr
    assert signing.public_text_of_pem(public.read_text()) == key_file[1]


def test_a_key_made_by_openssl_is_known_by_its_public_block():
    """The pair was made by `openssl genpkey -algorithm ed25519`; the last 32 bytes of the block are the key."""
    block = (
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAo+1HeFWGQIzyLxHpY0CkDVlkYUA14EJq19MZ7oGYYQI=\n"
        "-----END PUBLIC KEY-----"
    )

    assert signing.public_text_of_pem(block) == "o-1HeFWGQIzyLxHpY0CkDVlkYUA14EJq19MZ7oGYYQI"
    assert signing.public_text_of_pem(block.replace("MCow", "XXXX")).startswith("-----BEGIN")


def test_one_bad_report_leaves_the_whole_file_unsigned(tmp_path, key_file):
    source = written(tmp_path / "r.ndjson", plain_report(), plain_report() | {"numbr": "x"})
    signed = tmp_path / "signed.ndjson"

    done = run("sign", source, "--key-file", key_file[0], "--key", "k", "-o", signed)

    assert done.exit_code == 1
    assert json.loads(done.stderr)["field"] == "numbr"
    assert not signed.exists()


def test_a_private_key_is_never_written_over_and_only_its_owner_reads_it(key_file):
    path, _public = key_file
    before = path.read_bytes()

    assert run("make-key", path).exit_code == 2
    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_holds_no_key_is_named(tmp_path):
    source = written(tmp_path / "r.json", plain_report())

    done = run("sign", source, "--key-file", source, "--key", "k")

    assert done.exit_code == 2
    assert "holds no private key" in " ".join(done.output.replace("│", " ").split())
