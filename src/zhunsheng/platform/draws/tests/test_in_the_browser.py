"""The script of a draw's page gives the same answer as Python: run by Node, as the browser would run it."""

import copy
import json
import random
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zhunsheng.foundation.canonical import canonical_bytes, canonical_digest
from zhunsheng.foundation.draws import frames, samples, transcripts
from zhunsheng.foundation.draws.verifying import verify
from zhunsheng.platform.draws.tests.factories import NEEDS, PANEL, SECRETS, make_reference

SCRIPT = Path(__file__).parents[5] / "frontend" / "src" / "draws" / "verify.js"
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None or not SCRIPT.exists(), reason="Node or the page's source is not here")

RUN = """
const { verifyTranscript } = await import(process.argv[1]);
const { readFileSync } = await import("node:fs");
const answers = [];
for (const path of process.argv.slice(2)) answers.push(await verifyTranscript(new Uint8Array(readFileSync(path))));
console.log(JSON.stringify(answers));
"""


def in_javascript(raws, folder):
    """Return what the page's script finds wrong with each of these files."""
    paths = []
    for place, raw in enumerate(raws):
        paths.append(folder / f"{place}.json")
        paths[-1].write_bytes(raw)
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", RUN, SCRIPT.as_uri(), *map(str, paths)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def transcript(rows, parameters, kind="panel", number=1, **more):
    text = frames.frame_csv(rows)
    commitment = {
        "format": "zhunsheng-draw/1", "number": f"D2026-{number:06d}", "kind": kind, "engine": "1", "title": "抽取 𠮷",
        "frame_sha256": frames.frame_sha256(text), "frame_rows": len(rows), "parameters": parameters,
        "source": "two_party", "reference": make_reference(), "known_at": "", "committed_at": "2026-03-02T04:00:00Z",
        "replaces": "", "why": "",
    } | more.pop("commitment", {})  # fmt: skip
    material = more.get("material", SECRETS)
    parts = more.get("parts", sorted(material))
    return transcripts.transcript_bytes(
        commitment=commitment, frame=text, material=material,
        entered=[
            {"part": part, "at": "2026-03-02T14:00:00Z", "person": 2 + place} for place, part in enumerate(parts)
        ],
        drawn_at=datetime(2026, 3, 2, 15, tzinfo=UTC), drawn_by=2,
    )  # fmt: skip


def random_panel(chance, number):
    fields = [f"F{k:02d}" for k in range(40)]
    rows = [
        {
            "id": f"GD-{k:04d}", "fields": " ".join(chance.sample(fields[:8], 3)), "rank": chance.choice("ABC"),
            "barred": chance.choice(["", "", "", "employer", "family last_panel"]), "load": str(chance.randrange(9)),
            "rest": str(chance.randrange(4)),
        }
        for k in range(120)
    ]  # fmt: skip
    needs = {
        "size": chance.randrange(4, 8), "fields": chance.sample(fields[:8], chance.randrange(1, 7)),
        "leader_ranks": ["A", "B"], "load_weights": [32, 16, 8, 4, 2, 1, 0], "rest_weights": [1, 2, 3],
    }  # fmt: skip
    return transcript(rows, needs, number=number)[0]


def random_sample(chance, method, number):
    rows = [
        {
            "id": f"B{k:04d}", "size": f"{chance.lognormvariate(1, 1) + 0.001:.3f}",
            "stratum": chance.choice(["食品", "环境", "7"]),
        }
        for k in range(150)
    ]  # fmt: skip
    parameters = {"method": method, "n": {"食品": 9, "环境": 12, "7": 5}, "floor": chance.choice(["0", "0.02"])}
    return transcript(rows, parameters, "sample", number)[0]


def test_every_kind_of_draw_is_the_same_to_the_bit(tmp_path):
    chance = random.Random(20261127)
    raws = [random_panel(chance, number) for number in range(25)]
    raws += [random_sample(chance, method, number) for method in samples.METHODS for number in range(5)]
    numbers = {"source": "public_numbers", "reference": "双色球", "known_at": "2026-03-02T13:15:00Z"}
    raws.append(
        transcript(
            PANEL, NEEDS, commitment=numbers, material={"numbers": "3.7.12.18.25.33./9./"}, parts=["numbers"] * 2
        )[0]
    )
    large = [{"id": f"B{k:05d}", "size": str(chance.choice([1, 3, 10, 75]))} for k in range(5000)]
    raws.append(transcript(large, {"method": "sampford", "n": {"": 300}}, "sample")[0])
    for raw in raws:
        assert verify(json.loads(raw)) == []

    assert in_javascript(raws, tmp_path) == [[]] * len(raws)


def sealed_again(found):
    found["commitment_sha256"] = canonical_digest(found["commitment"])
    found.pop("transcript_sha256")
    found["transcript_sha256"] = canonical_digest(found)
    return canonical_bytes(found)


CHANGES = {
    "frame: its SHA-256": lambda t: t.update(frame=t["frame"].replace('"employer"', '""')),
    "frame: line 3": lambda t: t.update(frame=t["frame"].replace('"GD-A-0001"', '"GD-A-0000"')),
    "seed:": lambda t: t["commitment"].update(title="别的"),
    "result.leader:": lambda t: t["result"].update(leader="GD-A-9999"),
    "result.members[0]:": lambda t: t["result"]["members"].__setitem__(0, "GD-A-0005"),
    "result.steps:": lambda t: t["result"]["steps"].pop(),
    "result.note:": lambda t: t["result"].update(note="x"),
    "material.b:": lambda t: t["material"].update(b=SECRETS["a"]),
    "uniforms:": lambda t: t.update(uniforms=2),
    "commitment.kind:": lambda t: t["commitment"].update(engine="2"),
    "entered[0].at:": lambda t: t["entered"][0].update(at="2026-03-02T03:00:00Z"),
    "entered: the person": lambda t: t.update(drawn_by=1),
}


def test_what_a_forger_changes_is_named_in_the_browser_too(tmp_path):
    raws = []
    for change in CHANGES.values():
        found = copy.deepcopy(transcript(PANEL, NEEDS)[1])
        change(found)
        raws.append(sealed_again(found))

    for place, problems in zip(CHANGES, in_javascript(raws, tmp_path), strict=True):
        assert any(one.startswith(place) for one in problems), (place, problems)


def test_one_changed_byte_fails_in_the_browser_too(tmp_path):
    raw = transcript(PANEL, NEEDS)[0]
    changed = []
    for place in range(0, len(raw), 61):
        other = bytearray(raw)
        other[place] ^= 1
        changed.append(bytes(other))

    assert all(in_javascript([*changed, raw + b"\n", b"", b"{}", b"[]"], tmp_path))
