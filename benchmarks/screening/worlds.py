"""Five worlds with dishonest bodies and two without: what is found, what is said wrongly, what honest oddities cost."""

import json
import shutil
import tempfile
from argparse import Namespace
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.harness import say
from zhunsheng.demo.simulator.specs import FRAUDS, INTENSITIES, FraudSpec, WorldSpec
from zhunsheng.demo.simulator.writing import write_world
from zhunsheng.oversight.screening.running import screen
from zhunsheng.platform.lake import engines, tables

DISHONEST = (201, 202, 203, 204, 205)
HONEST = (301, 302)
"""Seeds that no setting was chosen by. A world whose seed is 300 or more has only honest bodies."""

SHARE = 0.03
REPORTS = 40.0
FIRST = (20, 50, 100)
DAY = date(2026, 11, 1)
MENTIONED = 0.01
Row = dict[str, Any]


def run(wanted: Namespace) -> None:
    """Screen every world that was not screened yet, one at a time, and print the tables over all of them."""
    wanted.out.mkdir(parents=True, exist_ok=True)
    found = []
    for seed in wanted.seeds or (*DISHONEST, *HONEST):
        kept = wanted.out / f"world-{seed}-{wanted.bodies}-{wanted.months}.json"
        if not kept.exists():
            kept.write_text(json.dumps(screened(seed, wanted), indent=1) + "\n")
        found.append(json.loads(kept.read_text()))
        one = found[-1]
        say(f"seed {seed}: {one['lines']} lines, {one['seconds']} s, {sum(b['lead'] for b in one['bodies'])} leads")
    say("\n" + tables_of(found))


def frauds_of(seed: int, bodies: int) -> tuple[FraudSpec, ...]:
    """Return one dishonest body for each of some cells of kind and intensity; other seeds begin at other cells."""
    cells = [(kind, intensity) for intensity in reversed(INTENSITIES) for kind in FRAUDS]
    count = round(SHARE * bodies)
    first = (seed - DISHONEST[0]) * count
    return tuple(FraudSpec(*cells[(first + n) % len(cells)], 1 / bodies) for n in range(count))


def screened(seed: int, wanted: Namespace) -> Row:
    """Make one world, screen it, and return how each body came out, with what is true of it."""
    folder = wanted.out / "lakes" / f"w{seed}" if wanted.keep else Path(tempfile.mkdtemp(dir=wanted.out)) / "w"
    try:
        if not (folder / "truth.json").exists():
            frauds = () if seed >= HONEST[0] else frauds_of(seed, wanted.bodies)
            write_world(WorldSpec(wanted.bodies, wanted.months, REPORTS, seed, frauds=frauds), folder, lake_only=True)
        truth = {one["body"]: one for one in json.loads((folder / "truth.json").read_text())["bodies"]}
        rows = tables.open_folder(engines.connect(memory=wanted.memory), folder / "lake")
        lines = int(rows.count().to_pyarrow().as_py())
        result = screen(rows, DAY)
    finally:
        if not wanted.keep:
            shutil.rmtree(folder.parent)
    limit = result.settings["lead_q"]
    bodies = [
        {
            "rank": lead.rank, "p": lead.p, "lead": lead.q <= limit, "reports": truth[lead.body]["reports"],
            "kind": truth[lead.body]["kind"], "intensity": truth[lead.body].get("intensity", 0),
            "made_up": len(truth[lead.body].get("made_up", ())), "unusual": truth[lead.body]["unusual"],
            "signs": [[one.detector, one.p] for one in lead.signals if one.p <= MENTIONED],
        }
        for lead in result.leads
    ]  # fmt: skip
    return {
        "seed": seed, "months": wanted.months, "lines": lines, "settings": result.settings.name,
        "seconds": round(sum(result.seconds.values()), 1), "bodies": bodies,
    }  # fmt: skip


def tables_of(found: Sequence[Row]) -> str:
    """Return the tables of docs/screening.md as Markdown."""
    years = found[0]["months"] / 12
    parts = [_recall(found), _wrong(found, years), _confounders(found)]
    return "\n\n".join(
        [f"Settings {found[0]['settings']}; worlds {', '.join(str(one['seed']) for one in found)}.", *parts]
    )


def _recall(found: Iterable[Row]) -> str:
    cells: dict[tuple[str, float], list[Row]] = defaultdict(list)
    for world in found:
        for body in world["bodies"]:
            if body["kind"]:
                cells[(body["kind"], body["intensity"])].append(body)
    caught = {kind: _share([b for (k, _i), bs in cells.items() if k == kind for b in bs]) for kind in FRAUDS}
    head = "| Kind | Share made up | Bodies | Made-up reports, each | First 20 | 50 | 100 | Leads (q ≤ 0.05) | Ranks |"
    rows = [head, "|---|---|---|---|---|---|---|---|---|"]
    for kind, intensity in sorted(cells, key=lambda cell: (caught[cell[0]], cell[0], cell[1])):
        bodies = sorted(cells[(kind, intensity)], key=lambda body: body["rank"])
        first = " | ".join(str(sum(body["rank"] <= most for body in bodies)) for most in FIRST)
        made = ", ".join(str(body["made_up"]) for body in bodies)
        ranks = ", ".join(str(body["rank"]) for body in bodies)
        leads = sum(body["lead"] for body in bodies)
        rows.append(f"| {kind} | {intensity * 100:g} % | {len(bodies)} | {made} | {first} | {leads} | {ranks} |")
    everyone = [body for bodies in cells.values() for body in bodies]
    for name, some in (
        ("all", everyone),
        ("all with ten made-up reports or more", [body for body in everyone if body["made_up"] >= 10]),
    ):
        first = " | ".join(f"{sum(body['rank'] <= most for body in some)}" for most in FIRST)
        rows.append(f"| **{name}** | | {len(some)} | | {first} | {sum(body['lead'] for body in some)} | |")
    return "\n".join(rows)


def _share(bodies: Sequence[Row]) -> float:
    made = [body for body in bodies if body["made_up"]]
    return sum(body["rank"] <= FIRST[1] for body in made) / max(1, len(made))


def _wrong(found: Iterable[Row], years: float) -> str:
    head = "| World | Honest bodies | Leads | Of them honest | False discoveries | False per 100 honest bodies a year |"
    rows = [head, "|---|---|---|---|---|---|"]
    sums = [0, 0, 0]
    for world in found:
        honest = [body for body in world["bodies"] if not body["kind"]]
        leads = sum(body["lead"] for body in world["bodies"])
        false = sum(body["lead"] for body in honest)
        dishonest = len(world["bodies"]) - len(honest)
        if dishonest:
            sums = [sums[0] + len(honest), sums[1] + leads, sums[2] + false]
        rows.append(
            _wrong_row(f"{world['seed']}" + ("" if dishonest else ", all honest"), len(honest), leads, false, years)
        )
    if sums[0]:
        rows.append(_wrong_row("**those with dishonest bodies**", *sums, years))
    return "\n".join(rows)


def _wrong_row(name: str, honest: int, leads: int, false: int, years: float) -> str:
    observed = f"{100 * false / leads:.1f} %" if leads else "–"
    return f"| {name} | {honest} | {leads} | {false} | {observed} | {100 * false / honest / years:.2f} |"


def _confounders(found: Iterable[Row]) -> str:
    held: dict[str, list[Row]] = defaultdict(list)
    for world in found:
        for body in world["bodies"]:
            if not body["kind"]:
                held[body["unusual"] or "(nothing unusual)"].append(body)
    rows = ["| Honest oddity | Bodies | Leads | In the first 20 | Signs at p ≤ 0.01 |", "|---|---|---|---|---|"]
    for name in sorted(held):
        signs: dict[str, int] = defaultdict(int)
        for body in held[name]:
            for detector, _p in body["signs"]:
                signs[detector] += 1
        told = ", ".join(f"{key} {value}" for key, value in sorted(signs.items(), key=lambda one: -one[1])) or "–"
        leads, first = sum(b["lead"] for b in held[name]), sum(b["rank"] <= FIRST[0] for b in held[name])
        rows.append(f"| {name} | {len(held[name])} | {leads} | {first} | {told} |")
    return "\n".join(rows)
