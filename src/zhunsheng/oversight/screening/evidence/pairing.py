"""Which reports of a body to lay side by side first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any, Final

from zhunsheng.oversight.screening.evidence.comparing import NEAR, SAME, nearness

Row = dict[str, Any]
MOST_PAIRS: Final = 20
FEWEST_CELLS: Final = 2


def nearest_pairs(rows: Iterable[Row], most: int = MOST_PAIRS) -> list[dict[str, Any]]:
    """Return the pairs of reports of which most results agree, those with most in common first.

    Args:
        rows: lines of the lake with report, sample, line, parameter, method, unit and value_text.
    """
    reports: dict[str, dict[tuple[Any, ...], Row]] = defaultdict(dict)
    samples: dict[str, Any] = {}
    issued: dict[str, str] = {}
    for row in rows:
        reports[row["report"]].setdefault((row["parameter"], row["method"], row["unit"]), row)
        samples[row["report"]] = row["sample"]
        issued[row["report"]] = str(row.get("issued") or "")
    found = []
    for one, two in combinations(sorted(reports, key=lambda digest: (issued[digest], digest)), 2):
        if samples[one] is not None and samples[one] == samples[two]:
            continue
        pair = _paired(one, two, reports[one], reports[two])
        if pair is not None:
            found.append(pair)
    found.sort(key=lambda pair: (-len(pair["same"]), -len(pair["near"]), pair["left"], pair["right"]))
    return _each_report_seldom(found, most)


def _paired(
    one: str, two: str, left: dict[tuple[Any, ...], Row], right: dict[tuple[Any, ...], Row]
) -> dict[str, Any] | None:
    shared = [key for key in left if key in right]
    same, near = [], []
    for key in shared:
        mark = nearness(left[key]["value_text"] or "", right[key]["value_text"] or "")
        if mark == SAME:
            same.append(left[key]["line"])
        elif mark == NEAR:
            near.append(left[key]["line"])
    if len(shared) < FEWEST_CELLS or 2 * len(same + near) <= len(shared):
        return None
    return {"left": one, "right": two, "shared": len(shared), "same": same, "near": near}


def _each_report_seldom(pairs: Sequence[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """Keep the first pairs in which no report stands for the third time: many reports are told, not one again."""
    times: dict[str, int] = defaultdict(int)
    kept = []
    for pair in pairs:
        if max(times[pair["left"]], times[pair["right"]]) >= 2:
            continue
        times[pair["left"]] += 1
        times[pair["right"]] += 1
        kept.append(pair)
        if len(kept) == most:
            break
    return kept
