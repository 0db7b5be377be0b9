"""Loads the judged province: the demo's catalogue with `objects.csv`, `methods.csv` and the rest, and 160 bodies."""

import csv
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from zhunsheng.demo.catalogue import checked, load_catalogue
from zhunsheng.demo.commands import DIVISIONS
from zhunsheng.demo.tables import FIELDS, methods, objects
from zhunsheng.foundation.identifiers import make_uscc
from zhunsheng.platform.accounts.services.divisions import import_divisions
from zhunsheng.registry.bodies import services as bodies
from zhunsheng.registry.catalogue import services as catalogue

HERE = Path(__file__).parent
AT = datetime(2026, 11, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = AT.date()
BODIES = 160
WHY = "judged queries"
PLACES = (
    "440106", "440104", "440112", "440305", "440306", "440310", "440604", "440606", "441900", "441900", "440402",
    "440507", "441302", "442000", "440703", "441202", "440803", "440902", "441802", "440203", "441402",
)  # fmt: skip
"""Counties and cities in turn, those with many bodies more than once."""
PRINTED = {"铅": "铅（Pb）", "镉": "镉（Cd）", "生活饮用水": "生活饮用水及水源水", "污水": "废水", "pH": "pH值"}
"""What schedules print for names of the catalogue; the third is in no catalogue."""

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """Return the rows of one table of the judged province."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load() -> None:
    """Load everything through the ordinary importers."""
    import_divisions(DIVISIONS)
    load_catalogue(AT)
    held = tests()
    for kind, table in (
        ("editions", sorted(rows("editions.csv"), key=lambda row: row["replaced_by"])),
        ("objects", rows("objects.csv")),
        ("parameters", list({row["code"]: _parameter(row) for row in rows("methods.csv")}.values())),
        ("synonyms", rows("synonyms.csv")),
    ):
        checked(catalogue.import_rows(kind=kind, rows=table, by=None, at=AT, why=WHY))
    listed = list(made_bodies(held))
    for kind in ("institutions", "accreditations", "scope"):
        table = [line for body in listed for line in body[kind]]
        checked(bodies.import_rows(kind=kind, rows=table, by=None, at=AT, why=WHY))


def tests() -> list[Row]:
    """Return every test of the judged province: domain, object and parameter by name, method."""
    names = objects() | {row["code"]: row["name"] for row in rows("objects.csv")}
    own = [
        {"domain": FIELDS[one.field][0], "object": one.object, "name": one.name, "method": one.method}
        for one in methods()
    ]
    more = [{name: row[name] for name in ("domain", "object", "name", "method")} for row in rows("methods.csv")]
    return [row | {"object": names[row["object"]]} for row in (*own, *more)]


def made_bodies(held: list[Row]) -> Iterator[dict[str, list[Row]]]:
    """Yield bodies with certificate and schedule: one to three domains each, most of the tests of each."""
    draw = random.Random("judged queries")
    domains = sorted({row["domain"] for row in held})
    older = {row["replaced_by"]: row["code"] for row in rows("editions.csv") if row["replaced_by"]}
    for number in range(BODIES):
        cma = f"24190011{number + 1:04d}"
        chosen = {domains[number % len(domains)], *draw.sample(domains, draw.choice([0, 0, 1, 2]))}
        lines = [row for row in held if row["domain"] in chosen and draw.random() < 0.8]
        yield {
            "institutions": [_institution(number, cma)],
            "accreditations": [_certificate(number, cma)],
            "scope": [_line(cma, row, older, draw) for row in lines],
        }


def _institution(number: int, cma: str) -> Row:
    place = PLACES[number * 5 % len(PLACES)]
    return {
        "uscc": str(make_uscc(place, 30_000_000 + number)),
        "cma": cma,
        "name": f"评测机构{number + 1:03d}",
        "kind": "testing",
        "division": place,
        "generated": "是",
    }


def _certificate(number: int, cma: str) -> Row:
    line = {"body": cma, "number": cma, "status": "active", "valid_from": "2024-01-01", "valid_to": "2029-12-31"}
    if number % 17 == 0:
        line |= {"status": "suspended", "status_on": (DAY - timedelta(days=30)).isoformat()}
    if number % 41 == 7:
        line |= {"valid_from": "2019-01-01", "valid_to": "2024-12-31"}
    return line


def _line(cma: str, row: Row, older: dict[str, str], draw: random.Random) -> Row:
    method = older[row["method"]] if row["method"] in older and draw.random() < 0.15 else row["method"]
    tested, name = row["object"], row["name"]
    if draw.random() < 0.2:
        tested, name = PRINTED.get(tested, tested), PRINTED.get(name, name)
    return {
        "body": cma,
        "accreditation": cma,
        "domain": row["domain"],
        "category": row["object"],
        "object_text": tested,
        "parameter_text": name,
        "method_text": method,
        "valid_from": "2024-01-01",
        "valid_to": "2026-06-30" if draw.random() < 0.05 else "2029-12-31",
    }


def _parameter(row: Row) -> Row:
    return {name: row[name] for name in ("code", "name", "name_en", "cas")}
