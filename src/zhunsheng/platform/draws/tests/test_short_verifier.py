"""The short verifier of the documentation, which imports nothing of ours, agrees; and the worked example is true."""

import ast
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from zhunsheng.foundation.draws.verifying import verify_bytes
from zhunsheng.platform.draws.tests.factories import NEEDS, PANEL
from zhunsheng.platform.draws.tests.test_in_the_browser import random_panel, random_sample, transcript

DOCS = Path(__file__).parents[5] / "docs"
VERIFIER = DOCS / "verify_draw.py"
pytestmark = pytest.mark.skipif(not VERIFIER.exists(), reason="the documentation isn't beside the package")


def run(raw, folder):
    path = folder / "transcript.json"
    path.write_bytes(raw)
    return subprocess.run([sys.executable, "-I", str(VERIFIER), str(path)], capture_output=True, text=True, check=False)


def test_it_is_short_and_needs_the_standard_library_alone():
    text = VERIFIER.read_text()
    modules = {one.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import) for one in node.names}

    assert len(text.splitlines()) <= 100
    assert modules <= set(sys.stdlib_module_names)


def test_it_agrees_on_panels_and_sampford_samples(tmp_path):
    chance = random.Random(11)
    raws = [random_panel(chance, number) for number in range(8)]
    raws += [random_sample(chance, "sampford", number) for number in range(4)]
    large = [{"id": f"B{k:05d}", "size": str(chance.choice([1, 3, 10, 75]))} for k in range(5000)]
    raws.append(transcript(large, {"method": "sampford", "n": {"": 300}, "floor": "0.00001"}, "sample")[0])
    for raw in raws:
        done = run(raw, tmp_path)
        assert (done.returncode, done.stdout[:8]) == (0, "agrees: "), done.stderr


def test_it_names_what_was_changed(tmp_path):
    raw, found = transcript(PANEL, NEEDS)

    done = run(raw.replace(f'"leader":"{found["result"]["leader"]}"'.encode(), b'"leader":"GD-A-9999"'), tmp_path)
    assert done.returncode == 1
    assert "DIFFERENCE result.leader" in done.stderr
    assert "DIFFERENCE transcript_sha256" in done.stderr
    for place in range(0, len(raw), 97):
        changed = bytearray(raw)
        changed[place] ^= 1
        assert run(bytes(changed), tmp_path).returncode == 1


def test_the_worked_example_of_the_documentation_is_true(tmp_path):
    text = (DOCS / "draws.md").read_text()
    raw = (DOCS / "formats" / "draw-example.json").read_bytes()
    found = json.loads(raw)

    assert verify_bytes(raw) == []
    assert run(raw, tmp_path).returncode == 0
    for told in (
        found["seed"], found["commitment_sha256"], found["commitment"]["frame_sha256"], found["transcript_sha256"],
        found["result"]["leader"], *found["result"]["members"],
    ):  # fmt: skip
        assert told in text
    frame = re.search(r"```csv\n(.*?)```", text, re.DOTALL)
    assert frame is not None
    assert frame[1] == found["frame"]
