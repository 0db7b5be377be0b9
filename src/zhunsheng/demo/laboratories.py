"""Makes the laboratories of the demo province: pure, the same for the same seed."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from zhunsheng.demo.tables import FIELDS, Method, methods, rows
from zhunsheng.foundation.identifiers import make_uscc

SURNAMES = "陈李黄张梁林王刘吴杨何罗郑谢周叶曾邓苏冯"
GIVEN = [
    "志明",
    "伟强",
    "丽华",
    "建国",
    "秀英",
    "嘉欣",
    "俊杰",
    "晓燕",
    "文辉",
    "敏仪",
    "国栋",
    "海燕",
    "永健",
    "思敏",
    "子轩",
    "雅婷",
]
WEIGHTS = {"00": 16, "02": 18, "05": 22, "10": 6, "11": 8, "12": 20, "13": 10}
"""How common each field is, after the field counts of the national brief for 2023 (law.md 9)."""
CERTIFICATE_YEARS = 6
VEHICLES = "05"
"""Who inspects vehicles tests nothing else, and nobody else inspects them."""


@dataclass(frozen=True)
class DemoSite:
    """A place of a laboratory; coordinates are WGS-84 degrees, near the middle of its county."""

    code: str
    name: str
    address: str
    division: str
    lat: float
    lon: float


@dataclass(frozen=True)
class DemoPerson:
    """Somebody on the staff; `fields` are the fields he or she may sign, empty for analysts."""

    code: str
    name: str
    title: str
    fields: tuple[str, ...]
    site: str


@dataclass(frozen=True)
class DemoInstrument:
    """An instrument with its last calibration."""

    code: str
    name: str
    site: str
    model: str
    serial: str
    calibrated_on: date
    due_on: date


@dataclass
class Laboratory:
    """A laboratory of the demo province with everything its reports rest on."""

    place: int
    uscc: str
    cma: str
    name: str
    name_en: str
    division: str
    fields: tuple[str, ...]
    valid_from: date
    valid_to: date
    sites: list[DemoSite]
    staff: list[DemoPerson]
    instruments: list[DemoInstrument]
    scope: list[tuple[Method, str]]
    status: str = "active"
    status_on: date | None = None
    volume: float = 1.0
    analysts: dict[str, list[DemoPerson]] = field(default_factory=dict)

    def signatories(self) -> list[DemoPerson]:
        """Return those who may sign."""
        return [person for person in self.staff if person.fields]

    def instrument_for(self, method: Method, site: str) -> DemoInstrument:
        """Return the instrument that does this method at this site."""
        return next(one for one in self.instruments if one.name == method.instrument and one.site == site)


@dataclass(frozen=True)
class County:
    """A county of the province with the point where its label stands."""

    code: str
    name: str
    city: str
    city_en: str
    lat: float
    lon: float


def make_laboratories(count: int, *, seed: int, counties: Sequence[County], today: date) -> list[Laboratory]:
    """Return `count` laboratories spread over the counties, larger cities having more.

    Raises: ValueError when there is no county to put them in.
    """
    if not counties:
        raise ValueError("a province needs at least one county")
    rng = random.Random(f"zhunsheng-demo-{seed}")
    brands = [(row["brand"], row["brand_en"]) for row in rows("names.csv")]
    serials: dict[str, int] = {}
    return [_laboratory(place, rng, counties, brands, serials, today) for place in range(count)]


def _laboratory(
    place: int,
    rng: random.Random,
    counties: Sequence[County],
    brands: Sequence[tuple[str, str]],
    serials: dict[str, int],
    today: date,
) -> Laboratory:
    county = counties[min(int(rng.expovariate(4.0) * len(counties)), len(counties) - 1)]
    main = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    drawn = set(rng.sample(sorted(FIELDS), rng.choice([0, 0, 1, 1, 2]))) - {VEHICLES}
    fields = (main,) if main == VEHICLES else tuple(sorted({main, *drawn}))
    valid_from = today - timedelta(days=rng.randrange(200, 365 * CERTIFICATE_YEARS - 200))
    brand, brand_en = brands[place % len(brands)]
    ordinal = place // len(brands) + 1
    tail = f"{ordinal}号" if ordinal > 1 else ""
    sector = FIELDS[main]
    stem = f"{valid_from.year % 100:02d}19{'00' if '00' in fields else main}11"
    serials[stem] = serials.get(stem, 0) + 1
    sites = _sites(rng, county, counties)
    staff = _staff(rng, fields, sites)
    scope = _scope(rng, fields, sites)
    laboratory = Laboratory(
        place=place,
        uscc=str(make_uscc(county.code, 10_000_000 + place)),
        cma=f"{stem}{serials[stem]:04d}",
        name=f"{county.city.removesuffix('市')}{brand}{sector[0]}检测{tail}有限公司（演示）",
        name_en=f"{brand_en} {sector[1]} Testing {ordinal} (demo), {county.city_en or county.city}",
        division=county.code,
        fields=fields,
        valid_from=valid_from,
        valid_to=_years_later(valid_from) - timedelta(days=1),
        sites=sites,
        staff=staff,
        instruments=_instruments(rng, scope, today),
        scope=scope,
        volume=rng.lognormvariate(0.0, 0.8),
    )
    laboratory.analysts = {s.code: [p for p in staff if p.site == s.code and not p.fields] for s in sites}
    return laboratory


def _years_later(day: date) -> date:
    try:
        return day.replace(year=day.year + CERTIFICATE_YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year + CERTIFICATE_YEARS, day=28)


def _sites(rng: random.Random, county: County, counties: Sequence[County]) -> list[DemoSite]:
    places = [county]
    if rng.random() < 0.25:
        neighbours = [one for one in counties if one.city == county.city and one.code != county.code]
        places += [rng.choice(neighbours)] if neighbours else []
    return [
        DemoSite(
            code=f"S{number}",
            name="总部" if number == 1 else "第二实验室",
            address=f"{place.city}{place.name}检测路{rng.randrange(1, 300)}号",
            division=place.code,
            lat=round(place.lat + rng.uniform(-0.02, 0.02), 5),
            lon=round(place.lon + rng.uniform(-0.02, 0.02), 5),
        )
        for number, place in enumerate(places, 1)
    ]


def _staff(rng: random.Random, fields: Sequence[str], sites: Sequence[DemoSite]) -> list[DemoPerson]:
    def person(number: int, title: str, signs: tuple[str, ...], site: str) -> DemoPerson:
        return DemoPerson(f"P{number:02d}", rng.choice(SURNAMES) + rng.choice(GIVEN), title, signs, site)

    staff = [person(1, "技术负责人 高级工程师", tuple(fields), sites[0].code)]
    staff += [person(2 + n, "授权签字人 工程师", (one,), sites[0].code) for n, one in enumerate(fields)]
    for site in sites:
        staff += [person(len(staff) + 1 + n, "检测员", (), site.code) for n in range(rng.randrange(2, 5))]
    return staff


def _scope(rng: random.Random, fields: Sequence[str], sites: Sequence[DemoSite]) -> list[tuple[Method, str]]:
    held: list[tuple[Method, str]] = []
    for method in methods():
        if method.field in fields and rng.random() < 0.92:
            held += [(method, site.code) for site in sites if site.code == "S1" or rng.random() < 0.5]
    return held or [(next(m for m in methods() if m.field in fields), "S1")]


def _instruments(rng: random.Random, scope: Sequence[tuple[Method, str]], today: date) -> list[DemoInstrument]:
    wanted: Mapping[tuple[str, str], None] = dict.fromkeys((site, method.instrument) for method, site in scope)
    made = []
    for number, (site, name) in enumerate(wanted, 1):
        done = today - timedelta(days=rng.randrange(110, 330))
        made.append(
            DemoInstrument(
                code=f"E{number:03d}",
                name=name,
                site=site,
                model=f"{rng.choice('ABCDEFGH')}{rng.randrange(100, 999)}",
                serial=f"{rng.randrange(10**7, 10**8)}",
                calibrated_on=done,
                due_on=done + timedelta(days=364),
            )
        )
    return made
