"""The mistakes planted into a few reports of the demo province, so that there is something to find: pure.

Each names itself; none is a detector's threshold. A report carries at most one. The kinds are those that arrival checks
must tell apart; made-up data, which needs screening, is not among them.
"""

import copy
import random
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from zhunsheng.demo.laboratories import Laboratory
from zhunsheng.demo.tables import methods, rows

Document = dict[str, Any]
Fault = Callable[[Document, Laboratory, random.Random], bool]


def edition_superseded(report: Document, _lab: Laboratory | None, _rng: random.Random | None) -> bool:
    """Cite the edition that the one in the schedule replaced."""
    older = {row["replaced_by"]: row["code"] for row in rows("editions.csv") if row["replaced_by"]}
    for line in report["results"]:
        if line["method"] in older:
            line["method"] = older[line["method"]]
            return True
    return False


def parameter_not_held(report: Document, lab: Laboratory, rng: random.Random) -> bool:
    """Report a parameter that the schedule does not list."""
    held = {method.code for method, _ in lab.scope}
    foreign = [method for method in methods() if method.code not in held]
    if not foreign:
        return False
    method = rng.choice(foreign)
    line = report["results"][-1]
    line.update(parameter=method.name, parameter_code=method.code, method=method.method, unit=method.unit)
    line.pop("limit", None)
    line.pop("verdict", None)
    line.pop("loq", None)
    return True


def signatory_outside_field(report: Document, lab: Laboratory, _rng: random.Random) -> bool:
    """Sign in a field that the signatory has no authority for."""
    code = next((method.field for method, _ in lab.scope if method.code == report["results"][0]["parameter_code"]), "")
    others = [person for person in lab.signatories() if code not in person.fields]
    if not others:
        return False
    report["signatory"] = {"code": others[0].code, "name": others[0].name}
    return True


def verdict_turned(report: Document, _lab: Laboratory | None, _rng: random.Random | None) -> bool:
    """Call a value that breaks its limit a pass."""
    for line in report["results"]:
        limit = line.get("limit", {})
        if limit.get("max") and Decimal(limit["max"]) > 0 and not line["value"].startswith("<"):
            line["value"] = str((Decimal(limit["max"]) * Decimal("1.6")).normalize().quantize(Decimal(limit["max"])))
            line["verdict"] = "合格"
            if Decimal(line["value"]) > Decimal(limit["max"]):
                return True
    return False


def issued_before_finished(report: Document, _lab: Laboratory | None, _rng: random.Random | None) -> bool:
    """Date the report before its last determination ended."""
    finished = date.fromisoformat(report["dates"]["finished"])
    report["dates"]["issued"] = (finished - timedelta(days=1)).isoformat()
    return True


def two_places(report: Document, lab: Laboratory, _rng: random.Random) -> bool:
    """Let the analyst of this report work at the other site during the same minutes, for a report of its own."""
    other = next((site.code for site in lab.sites if site.code != report["site"]), None)
    held = {method.code: method for method, site in lab.scope if site == other}
    lines = [
        line for line in report["results"] if line["parameter_code"] in held and held[line["parameter_code"]].attended
    ]
    if other is None or not lines:
        return False
    for place, line in enumerate(lines, 1):
        line["line"] = place
        line["instrument"] = lab.instrument_for(held[line["parameter_code"]], other).code
    failing = any(line.get("verdict") == "不合格" for line in lines)
    report.update(site=other, number=f"{report['number']}-B", results=lines)
    report["sample"]["id"] += "B"
    if "conclusion" in report:
        report["conclusion"] = "所检项目不符合标准要求" if failing else "所检项目符合标准要求"
    return True


def unknown_instrument(report: Document, _lab: Laboratory | None, _rng: random.Random | None) -> bool:
    """Name an instrument that the register does not know."""
    report["results"][0]["instrument"] = "E999"
    return True


def beyond_calibration(report: Document, lab: Laboratory, _rng: random.Random) -> bool:
    """Backdate the test to before the instrument's calibration began."""
    used = {line["instrument"] for line in report["results"]}
    found = [one for one in lab.instruments if one.code in used]
    if not found:
        return False
    target = min(one.calibrated_on for one in found) - timedelta(days=20)
    shift = date.fromisoformat(report["dates"]["started"]) - target
    if shift <= timedelta(0) or target <= lab.valid_from:
        return False
    for line in report["results"]:
        for key in ("started", "finished"):
            line[key] = (datetime.fromisoformat(line[key]) - shift).isoformat()
    for part, keys in (("dates", ("received", "started", "finished")), ("sample", ("sampled", "received"))):
        for key in keys:
            report[part][key] = (date.fromisoformat(report[part][key]) - shift).isoformat()
    return True


TWINS = frozenset({"two_places"})
"""Mistakes that need the sound report beside them to be seen."""

FAULTS: Mapping[str, Fault] = {
    "edition_superseded": edition_superseded,
    "parameter_not_held": parameter_not_held,
    "signatory_outside_field": signatory_outside_field,
    "verdict_turned": verdict_turned,
    "issued_before_finished": issued_before_finished,
    "two_places": two_places,
    "unknown_instrument": unknown_instrument,
    "beyond_calibration": beyond_calibration,
}


def plant(report: Document, laboratory: Laboratory, rng: random.Random, kind: str) -> Document | None:
    """Return a copy of the report with one mistake, or None where this report has no room for it."""
    changed = copy.deepcopy(report)
    return changed if FAULTS[kind](changed, laboratory, rng) else None
