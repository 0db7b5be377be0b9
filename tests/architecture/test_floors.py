"""The house: imports and foreign keys point down, and the linter notices when they don't."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, OneToOneField

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ["foundation", "platform", "registry", "oversight", "services", "demo", "web"]
HEIGHT = {name: height for height, name in enumerate(FLOORS, 1)} | {"admission": 4}
INSIDE = {
    "accounts": 1, "ledger": 2, "documents": 2, "draws": 3, "credentials": 3, "notices": 4, "jobs": 5,
    "catalogue": 1, "bodies": 2, "national": 2, "library": 3, "credit": 3, "matching": 4, "schedules": 4,
    "capabilities": 4, "opendata": 5,
    "certificates": 1, "licensing": 2, "reviews": 3,
    "reports": 1, "leads": 2, "enforcement": 3, "inspections": 4, "visits": 5, "screening": 5,
}  # fmt: skip


def floor_of(module: str) -> int | None:
    parts = module.split(".")
    return HEIGHT[parts[1]] if parts[0] == "zhunsheng" else None


def test_every_foreign_key_points_down_or_stays_in_its_app():
    wrong = []
    for model in apps.get_models():
        own = floor_of(model.__module__)
        for field in model._meta.get_fields():
            if own is None or not isinstance(field, ForeignKey | OneToOneField):
                continue
            target = field.remote_field.model
            other = floor_of(target.__module__)
            if other is None or target._meta.app_label == model._meta.app_label:
                continue
            same_floor_down = own == other and INSIDE[target._meta.app_label] < INSIDE[model._meta.app_label]
            if not (other < own or same_floor_down):
                wrong.append(f"{model.__name__}.{field.name} -> {target.__name__}")
    assert not wrong


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("foundation/astray.py", "import django\n"),
        ("foundation/astray.py", "import zhunsheng.platform.accounts.models\n"),
        ("registry/catalogue/astray.py", "import zhunsheng.oversight.reports.models\n"),
        ("registry/catalogue/models.py", "import zhunsheng.registry.catalogue.selectors\n"),
        ("annex/__init__.py", ""),
    ],
)
def test_the_import_contracts_fail_when_they_are_broken(tmp_path: Path, place: str, line: str):
    copy = tmp_path / "src"
    left_out = shutil.ignore_patterns("__pycache__", "static", "locale", "data", "geodata", "*.egg-info", "tests")
    shutil.copytree(ROOT / "src", copy, ignore=left_out)
    path = copy / "zhunsheng" / place
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write("\n" + line)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    linter = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run(
        [str(linter), "--no-cache", "--config", str(tmp_path / "pyproject.toml")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert "BROKEN" in done.stdout or "annex" in done.stdout + done.stderr
