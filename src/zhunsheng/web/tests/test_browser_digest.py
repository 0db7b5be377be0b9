"""The digest that a browser computes of a dropped file is the digest that the server keeps."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from zhunsheng.foundation.canonical import canonical_bytes
from zhunsheng.oversight.reports.format import read_report
from zhunsheng.oversight.reports.tests.intake_factories import plain_report

FRONTEND = Path(__file__).resolve().parents[4] / "frontend" / "src"
NODE = shutil.which("node")
SCRIPT = """
import { sha256InScript } from "%(digest)s";
import { readReport } from "%(canonical)s";
const bytes = new Uint8Array(Buffer.from(await new Response(process.stdin).arrayBuffer()));
const report = readReport(bytes);
console.log(JSON.stringify({
  digest: sha256InScript(report ? report.bytes : bytes), report: Boolean(report), names: report && report.names,
}));
"""

pytestmark = pytest.mark.skipif(NODE is None or not FRONTEND.is_dir(), reason="no node, or no sources of the scripts")


def in_browser(content, tmp_path):
    module = tmp_path / "run.mjs"
    names = {name: (FRONTEND / f"{name}.js").as_uri() for name in ("digest", "canonical")}
    module.write_text(SCRIPT % names, encoding="utf-8")
    run = subprocess.run(
        [NODE or "node", "--no-warnings", str(module)], input=content, capture_output=True, check=True, timeout=60
    )
    return json.loads(run.stdout)


@pytest.mark.parametrize("length", [0, 1, 55, 56, 63, 64, 65, 119, 120, 1_000_003])
def test_the_scripts_sha_256_is_sha_256(tmp_path, length):
    content = bytes((number * 31 + 7) % 256 for number in range(length))

    assert in_browser(content, tmp_path)["digest"] == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"number": 'NO "7" \\ é 中 \U0001f600 \u2028'},
        {"conclusion": "合格\t\n\u007f"},
        {"proof": {"type": "ed25519", "key": "k", "created": "2026-03-02T04:00:00Z", "signature": "x"}},
    ],
)
def test_a_report_has_the_same_digest_in_the_browser_and_here(tmp_path, changes):
    report = plain_report() | changes
    content = json.dumps(report, ensure_ascii=True, indent=3).encode()

    found = in_browser(content, tmp_path)

    without_proof = {key: value for key, value in report.items() if key != "proof"}
    assert found["digest"] == hashlib.sha256(canonical_bytes(without_proof)).hexdigest()
    assert found["names"] == {"body": report["body"]["cma"], "number": report["number"], "version": 1}


def test_the_digest_is_the_one_under_which_the_server_keeps_the_report(tmp_path):
    content = json.dumps(plain_report(), ensure_ascii=False).encode()

    assert in_browser(content, tmp_path)["digest"] == read_report(content).digest


def test_a_file_with_a_repeated_key_is_not_taken_for_the_report_it_imitates(tmp_path):
    content = json.dumps(plain_report()).encode()
    forged = content.replace(b'"number": "R-1"', b'"number": "R-9", "numb\\u0065r": "R-1"')

    found = in_browser(forged, tmp_path)

    assert not found["report"]
    assert found["digest"] == hashlib.sha256(forged).hexdigest()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b'{"format": "other"}', b"[1,2", b'\xff\xfe{"format"', b"null"])
def test_any_other_file_is_hashed_as_it_is(tmp_path, content):
    found = in_browser(content, tmp_path)

    assert not found["report"]
    assert found["digest"] == hashlib.sha256(content).hexdigest()
