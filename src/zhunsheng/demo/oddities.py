"""The oddities planted into the reports of a few demo laboratories, so that screening has something true to find: pure.

What is planted is made up, as the laboratories are. Two repeat old numbers under new samples, one of them changing a
last digit; one moves what is near a limit just inside it. Nothing else of a report changes.
"""

import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from zhunsheng.demo.laboratories import Laboratory
from zhunsheng.foundation.identifiers import parse_cma

Document = dict[str, Any]
COPIES, NEAR_COPIES, HUGGING = "copies", "near_copies", "hugging"
SHARE: Final = 0.25
NEAR_LIMIT: Final = Decimal("0.7")
PASSES: Final = "合格"


def chosen(laboratories: Sequence[Laboratory], spared: Laboratory) -> dict[str, str]:
    """Return who does what, by CMA number: busy laboratories in force whose reports hold many results.

    A laboratory whose number and name are of the field comes before one that tests it beside its own.
    """
    fitting = [one for one in laboratories if one is not spared and one.status == "active"]
    busy = sorted(fitting, key=lambda one: (-one.volume, one.place))
    found: dict[str, str] = {}
    for kind, field, place in ((COPIES, "13", ""), (NEAR_COPIES, "12", spared.division[:4]), (HUGGING, "12", "")):
        able = [one for one in busy if field in one.fields and one.cma not in found]
        here = [one for one in able if one.division.startswith(place)]
        one = next((one for one in here if parse_cma(one.cma).field == field), next(iter(here), None))
        if one is not None:
            found[one.cma] = kind
    return found


def altered(reports: Iterator[Document], kind: str, cma: str) -> Iterator[Document]:
    """Yield a laboratory's reports, some with numbers that are not their own."""
    rng = random.Random(f"zhunsheng-oddities-{cma}")
    before: dict[tuple[Any, ...], list[Document]] = {}
    for report in reports:
        if report["version"] == 1 and kind == HUGGING:
            _pull_inside(report)
        elif report["version"] == 1:
            key = tuple(line["parameter_code"] for line in report["results"])
            earlier = before.setdefault(key, [])
            if earlier and rng.random() < SHARE:
                _take_over(report, rng.choice(earlier), rng if kind == NEAR_COPIES else None)
            earlier.append(report)
        yield report


def _take_over(report: Document, earlier: Document, rng: random.Random | None) -> None:
    for line, old in zip(report["results"], earlier["results"], strict=True):
        line["value"] = old["value"]
        if "verdict" in old:
            line["verdict"] = old["verdict"]
        if rng is not None and not old["value"].startswith("<") and rng.random() < SHARE:
            value = Decimal(old["value"])
            step = Decimal(1).scaleb(int(value.as_tuple().exponent))
            line["value"] = str(value - step if value > 2 * step else value)
    if "conclusion" in earlier:
        report["conclusion"] = earlier["conclusion"]


def _pull_inside(report: Document) -> None:
    """Move what is near an upper limit, or beyond it, to a step or two inside; what failed passes then."""
    for line in report["results"]:
        most = line.get("limit", {}).get("max", "")
        if not most or line["value"].startswith("<"):
            continue
        value, limit = Decimal(line["value"]), Decimal(most)
        step = Decimal(1).scaleb(int(value.as_tuple().exponent))
        if limit > 5 * step and value > NEAR_LIMIT * limit:
            line["value"] = str((limit - step).quantize(step))
            line["verdict"] = PASSES
    if "conclusion" in report and all(line.get("verdict", PASSES) == PASSES for line in report["results"]):
        report["conclusion"] = "所检项目符合标准要求"
