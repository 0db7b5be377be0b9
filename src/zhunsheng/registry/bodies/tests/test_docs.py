"""docs/formats/imports.md is true: every column is in it, and its examples load in its order."""

import re
from pathlib import Path

import pytest

from zhunsheng.platform.accounts.tests.factories import make_division
from zhunsheng.registry.bodies import services as bodies
from zhunsheng.registry.bodies.importers import IMPORTERS as BODIES
from zhunsheng.registry.bodies.tests.factories import NOON
from zhunsheng.registry.catalogue import services as catalogue
from zhunsheng.registry.catalogue.importers import IMPORTERS as CATALOGUE

PAGE = Path(__file__).parents[5] / "docs" / "formats" / "imports.md"
ORDER = (
    "editions", "standards", "replacements", "objects", "parameters", "synonyms", "methods", "limits",
    "institutions", "names", "sites", "persons", "signatories", "offices",
    "instruments", "calibrations", "materials", "accreditations", "periods",
    "scope", "keys", "experts", "specialities", "trainings", "employments", "assignments", "evaluations", "measures",
)  # fmt: skip


def sections():
    parts = re.split(r"^### `(\w+)`$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_kind_and_every_column_is_described():
    described = sections()

    assert list(described) == [*CATALOGUE, *BODIES]
    for kind, importer in (CATALOGUE | BODIES).items():
        for column in importer.columns:
            assert f"| `{column.name}` | {' · '.join(column.titles)} |" in described[kind]


@pytest.mark.django_db
def test_the_examples_load_one_after_the_other(tmp_path):
    make_division("440106")
    above = [{"code": "W", "name": "水"}]
    catalogue.import_rows(kind="objects", rows=above, by=None, at=NOON, why="test")
    newer = [{"code": "GB 5749-2022", "status": "现行"}, {"code": "GB/T 5750.8-2006"}, {"code": "GB/T 5750.8-2023"}]
    newer += [{"code": "GB/T 5750.6-2023"}]
    catalogue.import_rows(kind="editions", rows=newer, by=None, at=NOON, why="test")
    described = sections()
    assert set(ORDER) == set(described)

    for kind in ORDER:
        path = tmp_path / f"{kind}.csv"
        path.write_text(re.search(r"```csv\n(.*?)```", described[kind], re.DOTALL)[1], encoding="utf-8")
        room = catalogue if kind in CATALOGUE else bodies
        outcome = room.import_table(kind=kind, path=path, by=None, at=NOON, why="test")
        assert (outcome.problems, outcome.read, outcome.created + outcome.updated + outcome.unchanged) == ([], 1, 1), (
            kind
        )
