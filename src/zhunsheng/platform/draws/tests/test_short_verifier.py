"""The short verifiers of the documentation, which import nothing of ours, agree; and the worked example is true."""

import ast
import importlib.util
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from zhunsheng.foundation.draws.tests.test_assignments import person, visit
from zhunsheng.foundation.draws.verifying import verify_bytes
from zhunsheng.platform.draws.tests.factories import NEEDS, PANEL
from zhunsheng.platform.draws.tests.test_in_the_browser import random_panel, random_sample, transcript

DOCS = Path(__file__).parents[5] / "docs"
VERIFIER, OTHER = DOCS / "verify_draw.py", DOCS / "verify_other_draws.py"
"""Inspections: bodies and inspectors; panels and the random pivotal method."""
STAY = [
    visit("T-1", seat="leader:I-1"), visit("T-2", seat="second:I-2"), visit("T-3", fields=""),
    *(person(f"I-{k}", role="leader" if k % 2 else "member", room="2") for k in range(1, 7)),
]  # fmt: skip
pytestmark = pytest.mark.skipif(not VERIFIER.exists(), reason="the documentation isn't beside the package")


def run(raw, folder, verifier=VERIFIER):
    path = folder / "transcript.json"
    path.write_bytes(raw)
    return subprocess.run([sys.executable, "-I", str(verifier), str(path)], capture_output=True, text=True, check=False)


def loaded(verifier):
    """Return the verifier as a module, to ask it thousands of times."""
    spec = importlib.util.spec_from_file_location(verifier.stem, verifier)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def told(module, raw):
    """Return the places that differ, as the file itself tells them."""
    try:
        return module.differences(raw.decode("utf-8"))
    except Exception as error:
        return [f"file: {error!r}"]


def small(kind):
    chance = random.Random(5)
    if kind == "panel":
        return transcript(PANEL, NEEDS)[0]
    if kind == "inspectors":
        return transcript(STAY, {}, "inspectors")[0]
    rows = [{"id": f"B{k:02d}", "size": str(chance.choice([1, 5, 20])), "stratum": f"{k % 2}"} for k in range(14)]
    return transcript(rows, {"method": kind, "n": {"0": 3, "1": 2}, "floor": "0.01"}, "sample")[0]


@pytest.mark.parametrize("verifier", [VERIFIER, OTHER])
def test_it_is_short_and_needs_the_standard_library_alone(verifier):
    text = verifier.read_text()
    modules = {one.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import) for one in node.names}

    assert len(text.splitlines()) <= 100
    assert max(map(len, text.splitlines())) <= 120
    assert modules <= set(sys.stdlib_module_names)


def test_it_agrees_on_the_bodies_of_an_inspection(tmp_path):
    chance = random.Random(11)
    raws = [random_sample(chance, "sampford", number) for number in range(4)]
    large = [{"id": f"B{k:05d}", "size": str(chance.choice([1, 3, 10, 75]))} for k in range(5000)]
    raws.append(transcript(large, {"method": "sampford", "n": {"": 300}, "floor": "0.00001"}, "sample")[0])
    for raw in raws:
        done = run(raw, tmp_path)
        assert (done.returncode, done.stdout) == (0, "agrees\n"), done.stderr


def test_the_other_agrees_on_panels_and_samples_by_the_pivotal_method(tmp_path):
    chance = random.Random(11)
    raws = [random_panel(chance, number) for number in range(8)]
    raws += [random_sample(chance, "random_pivotal", number) for number in range(6)]
    large = [{"id": f"B{k:05d}", "size": str(chance.choice([1, 3, 10, 75]))} for k in range(9000)]
    raws.append(transcript(large, {"method": "random_pivotal", "n": {"": 300}, "floor": "0.00001"}, "sample")[0])
    for raw in raws:
        done = run(raw, tmp_path, OTHER)
        assert (done.returncode, done.stdout) == (0, "agrees\n"), done.stderr


def test_it_names_what_was_changed(tmp_path):
    raw, found = transcript(PANEL, NEEDS)
    changed = raw.replace(f'"leader":"{found["result"]["leader"]}"'.encode(), b'"leader":"GD-A-9999"')

    done = run(changed, tmp_path, OTHER)

    assert done.returncode == 1
    assert "DIFFERENCE result.leader" in done.stderr
    assert "DIFFERENCE transcript_sha256" in done.stderr


@pytest.mark.parametrize(
    ("verifier", "kind"),
    [(VERIFIER, "sampford"), (VERIFIER, "inspectors"), (OTHER, "panel"), (OTHER, "random_pivotal")],
)
def test_one_changed_bit_anywhere_fails_and_is_named(verifier, kind, tmp_path):
    raw, module = small(kind), loaded(verifier)
    assert told(module, raw) == []

    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= 1 << (place % 8)
        assert all(told(module, bytes(changed)) or [""]), (place, raw[max(0, place - 20) : place + 20])
    done = run(raw[:200] + b"x" + raw[201:], tmp_path, verifier)
    assert (done.returncode, done.stderr[:11]) == (1, "DIFFERENCE ")


def test_the_worked_example_of_the_documentation_is_true(tmp_path):
    text = (DOCS / "draws.md").read_text()
    raw = (DOCS / "formats" / "draw-example.json").read_bytes()
    found = json.loads(raw)

    assert verify_bytes(raw) == []
    assert run(raw, tmp_path, OTHER).returncode == 0
    for said in (
        found["seed"], found["commitment_sha256"], found["commitment"]["frame_sha256"], found["transcript_sha256"],
        found["result"]["leader"], *found["result"]["members"],
    ):  # fmt: skip
        assert said in text
    frame = re.search(r"```csv\n(.*?)```", text, re.DOTALL)
    assert frame is not None
    assert frame[1] == found["frame"]
