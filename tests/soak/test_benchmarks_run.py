"""Every benchmark still runs and tells its figures, at sizes at which they mean nothing."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
ROOMS = sorted(path.stem.removeprefix("bench_") for path in BENCHMARKS.glob("bench_*.py"))
ALONE = {
    "applications": (["--applications", "200", "--sqlite"], r"p50 +[\d.]+ ms"),
    "cases": (["--cases", "40", "--files", "2", "--events", "5", "--sqlite"], r"p50 +[\d.]+ ms"),
    "grading": (["--bodies", "5"], r"5 bodies: (met|MISSED)"),
    "judged": ([], r"nDCG@5 [01]\.\d+, MRR [01]\.\d+"),
    "loading": (["--lines", "2000"], r"median [\d.]+ ms"),
    "matching fit": (["--names", "400", "--mentions", "200"], r"\d+ pairs, \d+ true, start"),
    "matching measure": (["--names", "400", "--mentions", "200"], r'"recall_suggested": [01]\.\d+'),
    "matching speed": (["--names", "400", "--mentions", "200"], r'"mentions_per_s": \d+'),
    "opendata": (["--lines", "2000"], r'"rows_per_s": \d+'),
    "screening speed": (["--millions", "0.05"], r"near_copies alone, of that by hand [\d.]+: [\d.]+ ×"),
    "screening worlds": (["--bodies", "10", "--months", "12", "--seeds", "201"], r"\| .*\d"),
    "searching": (["--lines", "5000", "--sqlite"], r"with facets: .*\d"),
}

OUT = {"matching fit", "screening speed", "screening worlds"}
"""Those that keep something: never in the checkout."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]


def run(module, *words, home):
    """Run a benchmark as people do, on a throwaway home, and return what it printed."""
    environment = {**os.environ, "ZHUNSHENG_HOME": str(home), "PYTHONPATH": "src", "DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=BENCHMARKS.parent, env=environment, capture_output=True, text=True, timeout=1800, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-1000:]
    return done.stdout


def test_every_stage_of_every_room_tells_a_ratio_to_its_floor(tmp_path):
    out = tmp_path / "figures.json"

    printed = run("benchmarks", "--smallest", "--rounds", "5", "--out", str(out), home=tmp_path)

    results = json.loads(out.read_text(encoding="utf-8"))["results"]
    assert len(results) > 2 * len(ROOMS)
    for result in results:
        assert 0 < result["lowest"] <= result["highest"]
        assert result["stage"] in printed


@pytest.mark.parametrize("name", ALONE)
def test_what_is_measured_alone_tells_its_figures(name, tmp_path):
    words, figures = ALONE[name]
    module, *what = name.split()
    kept = ["--out", str(tmp_path / "kept")] if name in OUT else []

    printed = run(f"benchmarks.{module}", *what, *words, *kept, home=tmp_path)

    assert re.search(figures, printed), printed


def test_no_benchmark_is_left_out():
    """A module that can be run has its place above; `real` of screening needs published data beside the checkout."""
    alone = {path.stem for path in BENCHMARKS.glob("*.py") if "__main__" in path.read_text(encoding="utf-8")}
    packages = {path.parent.name for path in BENCHMARKS.glob("*/__main__.py")}

    assert (alone | packages) - {"__main__"} == {name.split()[0] for name in ALONE}
