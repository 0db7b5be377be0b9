"""Real data: published water tests as they are and with made-up reports among them, and sets invented by people."""

import csv
import gzip
import tempfile
from argparse import Namespace
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.harness import say
from zhunsheng.foundation.stats import screening as stats
from zhunsheng.oversight.reports.format import read_report
from zhunsheng.oversight.reports.lake.rows import Hider, Kept, rows_of
from zhunsheng.oversight.reports.sources.ee_water_lines import EE_WATER_LINES
from zhunsheng.oversight.screening.running import Screening, screen
from zhunsheng.platform.lake import engines, tables
from zhunsheng.platform.lake.schema import LINES

DAY = date(2026, 11, 1)
ARRIVED = datetime(2026, 11, 1, tzinfo=UTC)
FEWEST_REPORTS = 20
SHARES = (0.05, 0.2, 0.5)
CHEATS = 3
SEEDS = range(3)
HUMAN_DIGITS = np.array([0.05, 0.09, 0.11, 0.13, 0.10, 0.08, 0.12, 0.14, 0.11, 0.07])
Row = dict[str, Any]
Random = np.random.Generator


def run(wanted: Namespace) -> None:
    """Print every figure on real data."""
    data = wanted.shared / "data"
    for group in ("laboratory", "sampler"):
        rows = list(water(data, group))
        found = screened(rows)
        leads = [one for one in found.leads if one.q <= found.settings["lead_q"]]
        say(f"water, by {group}: {len(rows)} lines, {len(found.leads)} bodies, {len(leads)} leads")
        for lead in leads:
            say(f"  {lead.body} q {lead.q:.1e}: " + ", ".join(f"{s.detector} {s.p:.1e}" for s in lead.signals[:3]))
    say(
        "\n| Made up among real lines | Share | Bodies | In the first 3 | In the first 10 | Leads |\n"
        "|---|---|---|---|---|---|"
    )
    rows = list(water(data, "sampler"))
    for kind in MAKING:
        for share in SHARES:
            say(injected(rows, kind, share))
    say("\n| Statistic | AUC: invented sets look more suspicious |\n|---|---|")
    for name, value in fabricated(data):
        say(f"| {name} | {value:.2f} |")


def water(data: Path, group: str = "laboratory") -> Iterator[Row]:
    """Yield the published lines as rows of the lake, from reports read as any other.

    The letters of the protocol's number stand for the laboratory; or the sampler does, which gives more bodies: then
    the facility is the client, and the sampling day the day of issue.
    """
    hider = Hider(b"published data")
    facility = _facilities(data) if group == "sampler" else {}
    for leaf, item in enumerate(EE_WATER_LINES.read(data / "ee_water" / "result_lines.csv.gz")):
        parsed = read_report(item.raw())
        sample = parsed.report.sample
        body = parsed.report.body.slug
        extra: Row = {}
        if group == "sampler":
            sampler, client, day = facility[sample.id]
            body, extra = sampler, {"client": client, "issued": day}
        for row in rows_of(parsed.report, Kept(leaf, parsed.digest, body, ARRIVED, "", False, {}), hider):
            yield row | extra


def _facilities(data: Path) -> dict[str, tuple[str, str, date]]:
    with gzip.open(data / "ee_water" / "result_lines.csv.gz", "rt", encoding="utf-8", newline="") as table:
        return {
            row["sample_id"]: (row["sampler_key"], row["object_id"], date.fromisoformat(row["sampled_at"][:10]))
            for row in csv.DictReader(table)
        }


def screened(rows: Sequence[Row]) -> Screening:
    """Screen rows of the lake."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines" / "all.parquet"
        path.parent.mkdir()
        pq.write_table(pa.Table.from_pylist(list(rows), schema=LINES), path)
        return screen(tables.open_folder(engines.connect(), Path(folder)), DAY)


def injected(rows: Sequence[Row], kind: str, share: float) -> str:
    """Return a row of the table: how many who make up a share of their reports come first among real ones."""
    reports: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        reports[row["body"]].add(row["report"])
    bodies = sorted(body for body, some in reports.items() if len(some) >= FEWEST_REPORTS)
    rows = [row for row in rows if row["body"] in set(bodies)]
    first = {3: 0, 10: 0}
    leads = 0
    for seed in SEEDS:
        random = np.random.default_rng([seed, 7])
        cheats = set(random.choice(bodies, size=CHEATS, replace=False))
        found = screened(_made_up(rows, cheats, MAKING[kind], share, random))
        for lead in found.leads:
            if lead.body in cheats:
                leads += lead.q <= found.settings["lead_q"]
                for most in first:
                    first[most] += lead.rank <= most
    total = CHEATS * len(SEEDS)
    return f"| {kind} | {share * 100:g} % | {total} among {len(bodies)} | {first[3]} | {first[10]} | {leads} |"


Making = Callable[[Sequence[Row], Sequence[Row], dict[Any, list[float]], Random], list[Row]]


def _made_up(rows: Iterable[Row], cheats: set[str], make: Making, share: float, random: Random) -> list[Row]:
    """Return the rows with a share of the cheats' reports made up, each from an earlier one with the same tests."""
    by_report: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_report[row["report"]].append(row)
    usual: dict[Any, list[float]] = defaultdict(list)
    for row in rows:
        if row["censor"] == "" and row["step"]:
            usual[(row["body"], row["parameter"], row["unit"])].append(row["value"])
    earlier: dict[Any, list[list[Row]]] = defaultdict(list)
    out: list[Row] = []
    for lines in by_report.values():
        key = (lines[0]["body"], tuple(sorted((row["parameter"], row["unit"] or "") for row in lines)))
        if lines[0]["body"] in cheats and earlier[key] and random.random() < share:
            out += make(lines, earlier[key][int(random.integers(len(earlier[key])))], usual, random)
        else:
            earlier[key].append(lines)
            out += lines
    return out


def _copied(lines: Sequence[Row], source: Sequence[Row], usual: dict[Any, list[float]], random: Random) -> list[Row]:
    given = {(row["parameter"], row["unit"]): row for row in source}
    keys = ("value", "value_text", "decimals", "step", "censor")
    return [row | {key: given[(row["parameter"], row["unit"])][key] for key in keys} for row in lines]


def _jittered(lines: Sequence[Row], source: Sequence[Row], usual: dict[Any, list[float]], random: Random) -> list[Row]:
    def moved(row: Row) -> float:
        sign = 1 if random.random() < 0.5 else -1
        return float(row["value"] * (1 + sign * random.uniform(0.005, 0.03)))

    copied = _copied(lines, source, usual, random)
    return [_with_value(row, moved(row)) if row["value"] is not None else row for row in copied]


def _typed(lines: Sequence[Row], source: Sequence[Row], usual: dict[Any, list[float]], random: Random) -> list[Row]:
    out = []
    for row in lines:
        seen = usual[(row["body"], row["parameter"], row["unit"])]
        if row["censor"] != "" or not row["step"] or len(seen) < 3:
            out.append(row)
            continue
        value = float(np.median(seen) + 0.35 * np.std(seen) * random.normal())
        tens = np.floor(max(value, 0.0) / row["step"] / 10) * 10
        out.append(_with_value(row, float((tens + random.choice(10, p=HUMAN_DIGITS)) * row["step"])))
    return out


def _with_value(row: Row, value: float) -> Row:
    if row["censor"] != "" or not row["step"]:
        return row
    return row | {"value": max(0.0, round(value / row["step"]) * row["step"])}


MAKING: dict[str, Making] = {"exact copies": _copied, "copies with jitter": _jittered, "typed": _typed}


def fabricated(data: Path) -> Iterator[tuple[str, float]]:
    """Yield the AUC of each statistic on sets that people invented and genuine ones, by the detectors' functions."""
    folder = data / "fabricated_vs_genuine"
    with (folder / "study2_published_test_results.csv").open(encoding="utf-8") as table:
        yield from _published(list(csv.DictReader(table)))
    with (folder / "summary_stats_sets.csv").open(encoding="utf-8") as table:
        yield from _summaries(list(csv.DictReader(table)))


def _published(rows: Sequence[dict[str, str]]) -> Iterator[tuple[str, float]]:
    sets: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in rows:
        sets[(row["type"], row["id"])][row["test"]] = float(row["result"])
    ten = [
        name for name in sorted({row["test"] for row in rows})
        if name.startswith(("Variance", "Terminal", "Multivariate"))
    ]  # fmt: skip
    for title, combine in (
        ("ten published tests, Fisher's combination", stats.fisher_combination),
        ("ten published tests, Cauchy combination", stats.cauchy_combination),
    ):
        score = {key: combine(np.clip([held[name] for name in ten], 1e-300, 1)) for key, held in sets.items()}
        yield (
            title,
            auc([-score[k] for k in score if k[0] == "Fabricated"], [-score[k] for k in score if k[0] == "Genuine"]),
        )
    digits = [name for name in ten if name.startswith("Terminal")]
    score = {key: stats.cauchy_combination([held[name] for name in digits]) for key, held in sets.items()}
    yield (
        "terminal digits alone",
        auc([-score[k] for k in score if k[0] == "Fabricated"], [-score[k] for k in score if k[0] == "Genuine"]),
    )


def _summaries(rows: Sequence[dict[str, str]]) -> Iterator[tuple[str, float]]:
    sets: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        sets[(row["label"], row["set_id"])].append(row)
    measures: dict[str, Callable[[list[dict[str, str]]], float]] = {
        "invented summaries: standard deviations too alike (little spread)": _too_alike,
        "invented summaries: last digits of means and deviations": _digits,
        "invented summaries: first digits of means (Benford)": _benford,
    }
    for title, measure in measures.items():
        score = {key: measure(held) for key, held in sets.items()}
        yield (
            title,
            auc(
                [score[key] for key in score if key[0] == "fabricated"],
                [score[key] for key in score if key[0] == "genuine"],
            ),
        )


def _numbers(rows: Iterable[dict[str, str]], key: str) -> list[float]:
    return [float(row[key]) for row in rows if row[key] not in {"", "NA"} and float(row[key]) > 0]


def _too_alike(rows: list[dict[str, str]]) -> float:
    """Return how far below its sampling spread the spread of a set's deviations is, study by study (Fisher's sum)."""
    p = []
    for study in sorted({row["study"] for row in rows}):
        some = [row for row in rows if row["study"] == study]
        deviations, sizes = _numbers(some, "anch_sd"), _numbers(some, "anch_n")
        if len(deviations) == len(sizes) and len(deviations) >= 3 and min(sizes) > 1:
            by_chance = float(np.mean([1 / (2 * (n - 1)) for n in sizes]))
            seen = float(np.var(np.log(deviations), ddof=1))
            p.append(float(stats.low_variance_p([max(seen, 1e-12)], [len(deviations) - 1], [by_chance], [1e6])[0]))
    return -stats.fisher_combination(np.clip(p, 1e-15, 1)) if p else 0.0


def _digits(rows: list[dict[str, str]]) -> float:
    values = _numbers(rows, "anch_m") + _numbers(rows, "anch_sd")
    return stats.goodness(stats.last_digits(np.round(values, 2), np.full(len(values), 2))).statistic


def _benford(rows: list[dict[str, str]]) -> float:
    return stats.goodness(stats.first_digits(_numbers(rows, "anch_m")), stats.benford_expected()).statistic


def auc(suspicious: Sequence[float], genuine: Sequence[float]) -> float:
    """Return the chance that one of the first scores higher than one of the second, half for ties."""
    a, b = np.asarray(suspicious)[:, None], np.asarray(genuine)[None]
    return float(np.mean(a > b) + 0.5 * np.mean(a == b))
