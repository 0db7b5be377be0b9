"""How values are spread, end and lie to their limits, against peers."""

from collections import defaultdict
from typing import Any, Final

import ibis
import numpy as np
import pyarrow as pa
from ibis import _

from zhunsheng.foundation.stats.screening import peer_digit_test, upper_tail
from zhunsheng.oversight.screening.detectors.base import GROUP, Lines, Settings, Signal, numbers
from zhunsheng.oversight.screening.detectors.copies import signals_of_counts

Row = dict[str, Any]
DIGITS: Final = 10
MOST_SKEWED: Final = 4.0
RULED: Final = pa.schema([(key, pa.string()) for key in ("body", *GROUP)])


def little_spread(lines: Lines, settings: Settings) -> list[Signal]:
    """Find results of one client in a row that differ less than peers' do, over all the body tests."""
    cells = without_house_rules(numbers(lines), settings)
    order = ibis.window(group_by=["body", "client", *GROUP], order_by=["issued", "report"])
    chained = cells.mutate(before=cells.value.lag().over(order), sample_before=cells["sample"].lag().over(order))
    again = chained["sample"].notnull() & (chained["sample"] == chained.sample_before).fill_null(False)
    chained = chained.filter(chained.before.notnull() & ~again)
    floor = chained.step / 2
    apart = (chained.value - chained.before).abs()
    level = ibis.greatest((chained.value + chained.before) / 2, floor)
    chained = chained.mutate(relative=ibis.greatest(apart, floor) / level)
    summed = chained.group_by(["body", "client", *GROUP]).aggregate(
        pairs=_.count(), log=_.relative.ln().sum(), square=(_.relative.ln() ** 2).sum()
    )
    rows = summed.filter(summed.pairs >= int(settings["fewest_pairs"])).to_pyarrow().to_pylist()
    by_group: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        by_group[tuple(row[key] for key in GROUP)].append(row)
    z: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for members in by_group.values():
        means = np.array([row["log"] / row["pairs"] for row in members])
        spread = np.array(
            [max(row["square"] / row["pairs"] - (row["log"] / row["pairs"]) ** 2, 1e-6) for row in members]
        )
        typical, within = float(np.median(means)), float(np.median(spread))
        between = max(
            0.0, float(np.median((means - typical) ** 2)) / 0.4549 - within / np.median([r["pairs"] for r in members])
        )
        for row, mean in zip(members, means, strict=True):
            z[row["body"]].append(
                (row["client"] or "", float((typical - mean) / np.sqrt(within / row["pairs"] + between)))
            )
    return _of_scores("little_spread", {body: _without_one_client(found) for body, found in z.items()}, settings)


def _without_one_client(found: list[tuple[str, float]]) -> list[float]:
    """Leave out the client that speaks most for the signal: one good client's uniform product is no sign."""
    sums: dict[str, float] = defaultdict(float)
    for client, score in found:
        sums[client] += score
    if len(sums) < 3:
        return [score for _client, score in found]
    best = max(sorted(sums), key=lambda client: sums[client])
    return [score for client, score in found if client != best]


def _of_scores(name: str, scores: dict[str, list[float]], settings: Settings) -> list[Signal]:
    """Return a signal a body from many scores: their sum over sqrt(n), held against that of all bodies."""
    bodies = sorted(body for body, found in scores.items() if found)
    if not bodies:
        return []
    total = np.array(
        [np.clip(scores[body], -MOST_SKEWED, MOST_SKEWED).sum() / np.sqrt(len(scores[body])) for body in bodies]
    )
    p = upper_tail(total)
    return [
        Signal(name, body, float(p[n]), float(total[n]), float(np.median(total)), len(scores[body]))
        for n, body in enumerate(bodies)
    ]


def too_typical(lines: Lines, settings: Settings) -> list[Signal]:
    """Find reports whose every result lies near the body's own mean: what a hand writes that knows what is usual."""
    cells = numbers(lines)
    level = ibis.greatest(cells.value, cells.step / 2)
    cells = cells.mutate(level=ibis.ifelse(cells.value > 0, level.ln(), level))
    means = cells.group_by(["body", *GROUP]).aggregate(
        n=_.count(), mean=_.level.mean().round(10), sd=_.level.std(how="sample").round(10)
    )
    known = means.filter((means.n >= int(settings["fewest_reports"])) & (means.sd > 0))
    joined = cells.join(known, ["body", *GROUP])
    joined = joined.mutate(
        inside=((joined.level - joined.mean).abs() <= settings["typical_sds"] * joined.sd).cast("int64")
    )
    reports = joined.group_by(["body", "object", "report"]).aggregate(cells=_.count(), inside=_.inside.sum())
    enough = reports.filter(reports.cells >= int(settings["fewest_near_cells"]))
    marked = enough.mutate(typical=(enough.inside == enough.cells).cast("int64"))
    counted = marked.group_by(["body", "object", "cells"]).aggregate(reports=_.count(), typical=_.typical.sum())
    rows = counted.to_pyarrow().to_pylist()
    return _against_peers("too_typical", rows, ["object", "cells"], "typical", "reports", settings)


def odd_digits(lines: Lines, settings: Settings) -> list[Signal]:
    """Find last digits as written that differ from peers' with the same parameter and rounding."""
    cells = numbers(lines)
    keys = [*GROUP, "decimals"]
    digit = cells.mutate(digit=cells.cell.abs() % DIGITS)
    counted = digit.group_by(["body", *keys, "digit"]).aggregate(seen=_.count()).to_pyarrow().to_pylist()
    tables: dict[tuple[Any, ...], dict[str, np.ndarray]] = defaultdict(dict)
    for row in counted:
        own = tables[tuple(row[key] for key in keys)].setdefault(row["body"], np.zeros(DIGITS))
        own[int(row["digit"])] += row["seen"]
    scores: dict[str, list[float]] = defaultdict(list)
    for members in tables.values():
        everyone = np.sum(list(members.values()), axis=0)
        for body, own in sorted(members.items()):
            peers = everyone - own
            if own.sum() < settings["fewest_digits"] or peers.sum() < own.sum() or _by_house_rule(own, peers, settings):
                continue
            fit = peer_digit_test(own, peers)
            kinds = int(np.count_nonzero(everyone)) - 1
            if kinds > 0:
                scores[body].append((fit.statistic - kinds) / np.sqrt(2 * kinds))
    return _of_scores("odd_digits", scores, settings)


def _by_house_rule(own: np.ndarray, peers: np.ndarray, settings: Settings) -> bool:
    """Tell whether a body rounds to halves or tens by rule: nearly all its digits are 0 or 5, not so its peers'."""

    def round_share(counts: np.ndarray) -> float:
        return float((counts[0] + counts[5]) / counts.sum())

    return round_share(own) >= settings["round_digits_share"] > round_share(peers)


def without_house_rules(cells: Lines, settings: Settings) -> Lines:
    """Leave out the cells of bodies that round to halves or tens by rule where their peers don't."""
    keys = [*GROUP, "decimals"]
    digit = cells.cell.abs() % DIGITS
    counted = cells.mutate(even=((digit == 0) | (digit == DIGITS // 2)).cast("int64")).group_by(["body", *keys])
    rows = counted.aggregate(cells=_.count(), even=_.even.sum()).to_pyarrow().to_pylist()
    sums: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        total = sums[tuple(row[key] for key in keys)]
        total[0] += row["even"]
        total[1] += row["cells"]
    most = settings["round_digits_share"]
    ruled = []
    for row in rows:
        even, everyone = sums[tuple(row[key] for key in keys)]
        peers = everyone - row["cells"]
        if row["even"] >= most * row["cells"] and (not peers or (even - row["even"]) < most * peers):
            ruled.append({key: row[key] for key in ("body", *GROUP)})
    if not ruled:
        return cells
    return cells.anti_join(ibis.memtable(pa.Table.from_pylist(ruled, schema=RULED)), ["body", *GROUP])


def limit_hugging(lines: Lines, settings: Settings) -> list[Signal]:
    """Find more results just inside the limit than peers have, among those inside and near it."""
    cells = without_house_rules(numbers(lines), settings)
    upper = cells.filter(cells.limit_max.notnull() & (cells.limit_max > 0)).mutate(
        away=lambda t: ((t.limit_max - t.value) / t.step).round(), bound=lambda t: t.limit_max
    )
    lower = cells.filter(cells.limit_min.notnull() & (cells.limit_min > 0)).mutate(
        away=lambda t: ((t.value - t.limit_min) / t.step).round(), bound=lambda t: t.limit_min
    )
    columns = ["body", "report", *GROUP, "away", "bound", "step"]
    both = ibis.union(
        upper.select(*columns, side=ibis.literal("max")), lower.select(*columns, side=ibis.literal("min"))
    )
    width = ibis.greatest(
        (both.bound * settings["window_share"] / both.step).floor(), ibis.literal(settings["window_steps"])
    )
    near = both.filter((both.away >= 0) & (both.away <= width))
    hugging = (near.away < settings["just_inside_steps"]).cast("int64")
    keys = [*GROUP, "side"]
    counted = near.mutate(hugging=hugging).group_by(["body", *keys]).aggregate(near=_.count(), hugging=_.hugging.sum())
    rows = counted.to_pyarrow().to_pylist()
    return _against_peers("limit_hugging", rows, keys, "hugging", "near", settings)


def _against_peers(
    name: str, rows: list[Row], keys: list[str], odd: str, all_of: str, settings: Settings
) -> list[Signal]:
    """Return a signal a body: how many odd ones it has against what its peers' shares in each group would give."""
    sums: dict[tuple[Any, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows:
        total = sums[tuple(row[key] for key in keys)]
        total[0] += row[odd]
        total[1] += row[all_of]
    count: dict[str, int] = defaultdict(int)
    expected: dict[str, float] = defaultdict(float)
    for row in sorted(rows, key=lambda row: (row["body"], *(str(row[key]) for key in keys))):
        odd_all, all_all = sums[tuple(row[key] for key in keys)]
        peers = all_all - row[all_of]
        if peers >= row[all_of]:
            count[row["body"]] += int(row[odd])
            expected[row["body"]] += row[all_of] * (odd_all - row[odd] + 0.5) / (peers + 1.0)
    return signals_of_counts(name, count, expected, {}, {})


def few_failures(lines: Lines, settings: Settings) -> list[Signal]:
    """Find fewer failing results than peers have in the same tests: a sign only beside others."""
    judged = lines.filter(lines.verdict.isin(["pass", "fail"]))
    failed = (judged.verdict == "fail").cast("int64")
    counted = judged.mutate(failed=failed).group_by(["body", *GROUP]).aggregate(judged=_.count(), failed=_.failed.sum())
    rows = counted.to_pyarrow().to_pylist()
    sums: dict[tuple[Any, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows:
        total = sums[tuple(row[key] for key in GROUP)]
        total[0] += row["failed"]
        total[1] += row["judged"]
    seen: dict[str, float] = defaultdict(float)
    wanted: dict[str, float] = defaultdict(float)
    tested: dict[str, int] = defaultdict(int)
    for row in rows:
        failed_all, judged_all = sums[tuple(row[key] for key in GROUP)]
        peers = judged_all - row["judged"]
        if peers >= row["judged"]:
            seen[row["body"]] += row["failed"]
            wanted[row["body"]] += row["judged"] * (failed_all - row["failed"]) / peers
            tested[row["body"]] += row["judged"]
    bodies = sorted(body for body in wanted if wanted[body] >= 1)
    if not bodies:
        return []
    z = np.array([2 * (np.sqrt(wanted[body]) - np.sqrt(seen[body])) for body in bodies])
    p = upper_tail(z)
    return [
        Signal("few_failures", body, float(p[n]), seen[body], wanted[body], tested[body])
        for n, body in enumerate(bodies)
    ]
