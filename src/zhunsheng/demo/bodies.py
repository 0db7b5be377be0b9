"""Enters the laboratories of the demo province into the register, through the ordinary importers."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from django.db import transaction

from zhunsheng.demo.catalogue import WHY, checked
from zhunsheng.demo.laboratories import County, DemoInstrument, Laboratory
from zhunsheng.demo.tables import FIELDS, objects, rows
from zhunsheng.foundation.signing import PrivateKey, generate_key, load_private, public_text, save_private
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Division, Kind, Level, Organisation
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.services.imports import import_rows

LARGE = ["4401", "4403", "4406", "4419", "4413", "4420", "4404", "4407"]
"""Prefixes of the cities with the most laboratories: Guangzhou, Shenzhen, Foshan, Dongguan and their neighbours."""

AT_ONCE = 200
"""Laboratories entered in one transaction."""


def places(maps: Path) -> list[County]:
    """Return the province's counties, and its cities without counties, each with a point inside; larger cities first.

    Args:
        maps: the folder with guangdong.json (cities) and guangdong-counties.json (GeoJSON).
    """
    points = {**_points(maps / "guangdong.json"), **_points(maps / "guangdong-counties.json")}
    divisions = Division.objects.filter(code__startswith="44").select_related("parent")
    parents = {division.parent_id for division in divisions}
    found = []
    for division in divisions:
        city = division.parent if division.level == Level.COUNTY else division
        if division.code in points and division.code not in parents and city is not None:
            lat, lon = points[division.code]
            found.append(County(division.code, division.name, city.name, city.name_en, lat, lon))
    return sorted(found, key=lambda one: (LARGE.index(one.code[:4]) if one.code[:4] in LARGE else 99, one.code))


def _points(path: Path) -> dict[str, tuple[float, float]]:
    shapes = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {shape["properties"]["code"]: _middle(shape) for shape in shapes}


def _middle(shape: Mapping[str, object]) -> tuple[float, float]:
    geometry = shape["geometry"]
    if not isinstance(geometry, dict):
        raise TypeError("a GeoJSON feature needs a geometry")
    rings = [polygon[0] for polygon in geometry["coordinates"]]
    outline = max(rings, key=len)
    return sum(p[1] for p in outline) / len(outline), sum(p[0] for p in outline) / len(outline)


def key_of(laboratory: Laboratory, folder: Path) -> PrivateKey:
    """Return the private key of a demo laboratory, made at first use and kept outside the database."""
    path = folder / f"{laboratory.cma}.key"
    if path.exists():
        return load_private(path)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = generate_key()
    save_private(key, path)
    return key


def key_name(laboratory: Laboratory) -> str:
    """Return the name under which the register holds the key."""
    return f"{laboratory.cma}-1"


def load_bodies(laboratories: Sequence[Laboratory], *, keys: Path, at: datetime) -> Iterator[int]:
    """Enter laboratories with sites, staff, instruments, certificates, scope and keys; yield how many are in.

    Raises: DemoRefused.
    """
    for start in range(0, len(laboratories), AT_ONCE):
        part = laboratories[start : start + AT_ONCE]
        with transaction.atomic():
            for kind, lines in _tables(part, keys):
                checked(import_rows(kind=kind, rows=lines, by=None, at=at, why=WHY))
            _join_organisations(part)
        yield start + len(part)


def _join_organisations(laboratories: Sequence[Laboratory]) -> None:
    """Give each body the organisation whose members may act for it."""
    bodies = {body.cma: body for body in Body.objects.filter(cma__in=[one.cma for one in laboratories])}
    with recorded(None, WHY):
        for one in laboratories:
            body = bodies[one.cma]
            body.organisation = Organisation.objects.create(
                kind=Kind.BODY, name=one.name, name_en=one.name_en, uscc=one.uscc, division_id=one.division
            )
            body.save(update_fields=["organisation"])


def _tables(laboratories: Iterable[Laboratory], keys: Path) -> Iterator[tuple[str, list[dict[str, str]]]]:
    listed = list(laboratories)
    yield "institutions", [_institution(one) for one in listed]
    yield "sites", [line for one in listed for line in _sites(one)]
    yield "accreditations", [_accreditation(one) for one in listed]
    yield "persons", [_person(one, person.code, person.name, person.title) for one in listed for person in one.staff]
    yield "signatories", [line for one in listed for line in _signatories(one)]
    yield "instruments", [line for one in listed for line in _instruments(one)]
    yield "calibrations", [line for one in listed for line in _calibrations(one)]
    yield "scope", [line for one in listed for line in _scope(one)]
    yield "keys", [_key(one, keys) for one in listed]


def _institution(one: Laboratory) -> dict[str, str]:
    return {
        "uscc": one.uscc,
        "cma": one.cma,
        "name": one.name,
        "name_en": one.name_en,
        "kind": "testing",
        "division": one.division,
        "address": one.sites[0].address,
        "generated": "是",
        "source": "演示省生成",
    }


def _sites(one: Laboratory) -> list[dict[str, str]]:
    return [
        {
            "body": one.cma,
            "code": site.code,
            "name": site.name,
            "address": site.address,
            "division": site.division,
            "lat": f"{site.lat:.5f}",
            "lon": f"{site.lon:.5f}",
        }
        for site in one.sites
    ]


def _accreditation(one: Laboratory) -> dict[str, str]:
    line = {
        "body": one.cma,
        "number": one.cma,
        "status": one.status,
        "valid_from": one.valid_from.isoformat(),
        "valid_to": one.valid_to.isoformat(),
    }
    return line | ({"status_on": one.status_on.isoformat()} if one.status_on else {})


def _person(one: Laboratory, code: str, name: str, title: str) -> dict[str, str]:
    return {"body": one.cma, "code": code, "name": name, "title": title, "valid_from": one.valid_from.isoformat()}


def _signatories(one: Laboratory) -> list[dict[str, str]]:
    return [
        {"body": one.cma, "code": person.code, "field": FIELDS[field][0], "valid_from": one.valid_from.isoformat()}
        for person in one.signatories()
        for field in person.fields
    ]


def _instruments(one: Laboratory) -> list[dict[str, str]]:
    return [
        {"body": one.cma, "site": it.site, "code": it.code, "name": it.name, "model": it.model, "serial": it.serial}
        for it in one.instruments
    ]


def certificate_of(laboratory: Laboratory, instrument: DemoInstrument) -> str:
    """Return the number of an instrument's calibration certificate, the same every time."""
    tail = hashlib.sha256((laboratory.cma + instrument.code).encode()).hexdigest()[:6].upper()
    return f"JZ{instrument.calibrated_on:%Y}-{tail}"


def _calibrations(one: Laboratory) -> list[dict[str, str]]:
    return [
        {
            "body": one.cma,
            "code": it.code,
            "certificate_no": certificate_of(one, it),
            "agency": "演示计量院",
            "calibrated_on": it.calibrated_on.isoformat(),
            "due_on": it.due_on.isoformat(),
            "result": "pass",
        }
        for it in one.instruments
    ]


def _scope(one: Laboratory) -> list[dict[str, str]]:
    in_force = {row["code"]: row["effective_from"] for row in rows("editions.csv")}
    return [
        {
            "body": one.cma,
            "accreditation": one.cma,
            "site": site,
            "domain": FIELDS[method.field][0],
            "category": objects()[method.object],
            "object_text": objects()[method.object],
            "parameter_text": method.name,
            "method_text": method.method,
            "valid_from": max(one.valid_from.isoformat(), in_force[method.method]),
            "valid_to": one.valid_to.isoformat(),
        }
        for method, site in one.scope
    ]


def _key(one: Laboratory, folder: Path) -> dict[str, str]:
    since = datetime.combine(max(one.valid_from, date(2020, 1, 1)), time(0), UTC) + timedelta(days=1)
    return {
        "body": one.cma,
        "key_id": key_name(one),
        "algorithm": "ed25519",
        "public_key": public_text(key_of(one, folder)),
        "valid_from": since.isoformat(),
    }
