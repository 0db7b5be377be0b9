"""Charts in words and as tables: what the eye sees must also be readable and printable."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Cell:
    """One cell of a chart's table; numbers align to the right, some cells lead somewhere."""

    value: Any
    href: str = ""
    number: bool = False


@dataclass(frozen=True)
class DataTable:
    """The data behind a chart."""

    head: list[Any]
    rows: list[list[Cell]]


def data_table(spec: Mapping[str, Any]) -> DataTable:
    """Return the chart's data as rows; a map has a row per division, series a row per category or point."""
    if spec["kind"] == "map":
        rows = [
            [Cell(area["name"], area.get("href", "")), Cell(area["value"], number=True)]
            for area in sorted(spec["regions"], key=lambda area: -(area["value"] or 0))
        ]
        return DataTable([_("Division"), spec.get("unit", "")], rows)
    if spec["kind"] == "heatmap":
        return _heatmap_table(spec)
    if spec["kind"] == "scatter":
        return _scatter_table(spec)
    links = spec.get("links") or []
    rows = []
    for at, name in enumerate(spec["x"]["values"]):
        first = Cell(name, links[at] if at < len(links) and links[at] else "")
        rows.append([first, *(Cell(series["values"][at], number=True) for series in spec["series"])])
    return DataTable([spec["x"].get("name", ""), *(series["name"] for series in spec["series"])], rows)


def _heatmap_table(spec: Mapping[str, Any]) -> DataTable:
    across, down = spec["x"]["values"], spec["y"]["values"]
    values = {(cell[0], cell[1]): cell[2] for cell in spec["series"][0]["values"]}
    rows = [
        [Cell(name), *(Cell(values.get((at, line), ""), number=True) for at in range(len(across)))]
        for line, name in enumerate(down)
    ]
    return DataTable([spec["y"].get("name", ""), *across], rows)


def _scatter_table(spec: Mapping[str, Any]) -> DataTable:
    rows = [
        [Cell(series["name"]), Cell(point[0], number=True), Cell(point[1], number=True)]
        for series in spec["series"]
        for point in series["values"]
    ]
    return DataTable([_("Series"), spec["x"].get("name", ""), spec["y"].get("name", "")], rows)


def described(spec: Mapping[str, Any]) -> str:
    """Return the chart in one sentence for those who do not see it: its own words, else the first rows."""
    if spec.get("description"):
        return str(spec["description"])
    table = data_table(spec)
    first = "; ".join(" ".join(str(cell.value) for cell in row) for row in islice(table.rows, 5))
    return f"{spec['title']}: {first}" if first else str(spec["title"])
