"""Tables of institutions, sites and signing keys."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from zhunsheng.foundation.identifiers import IdentifierError, parse_cma, parse_uscc
from zhunsheng.foundation.identifiers.near import near_uscc
from zhunsheng.platform.accounts.models import Division
from zhunsheng.registry.bodies.importers.guesses import remedies
from zhunsheng.registry.bodies.importers.owned import BODY, FROM, TO, bodies_named, place_under_bodies
from zhunsheng.registry.bodies.models import Body, BodyKey, BodyKind, Site
from zhunsheng.registry.bodies.rules.keys import KeyProblem, readable_key
from zhunsheng.registry.catalogue.importing import columns as read
from zhunsheng.registry.catalogue.importing.columns import Column
from zhunsheng.registry.catalogue.importing.running import Checked, Importer, Row
from zhunsheng.registry.catalogue.importing.writing import Values, Written, upsert

_KINDS = {"检验检测机构": "testing", "检测机构": "testing", "校准实验室": "calibration", "认证机构": "certification"}
_DIVISION = Column("division", ("行政区划代码", "区划代码", "Division"), read.text(6), example="440106")
_ADDRESS = Column("address", ("地址", "机构地址", "Address"), read.printed(300), example="广州市天河区示范路1号")


def _uscc(cell: str) -> str:
    try:
        return str(parse_uscc(cell))
    except IdentifierError as error:
        raise read.not_read(error, read.meant(near_uscc(cell))) from error


def _cma(cell: str) -> str:
    try:
        return parse_cma(cell).code
    except IdentifierError as error:
        raise read.not_read(error) from error


class InstitutionImporter(Importer):
    """Institutions: at least one of credit code, CMA number, or register with its number."""

    kind = "institutions"
    identity: ClassVar[tuple[str, ...]] = ("uscc", "cma", "register", "register_id")
    columns = (
        Column("uscc", ("统一社会信用代码", "信用代码", "USCC"), _uscc, example="914401060010000102"),
        Column("cma", ("资质认定编号", "证书编号", "CMA"), _cma, example="231912050001"),
        Column("register", ("境外登记机关", "Register"), read.text(60)),
        Column("register_id", ("境外登记号", "Register number"), read.text(60)),
        Column("name", ("机构名称", "名称", "Name"), read.printed(200), required=True, example="示范检测有限公司"),
        Column("name_en", ("英文名称", "English name"), read.printed(200), example="Example Testing Ltd"),
        Column("kind", ("机构类别", "Kind"), read.choice(BodyKind, _KINDS), example="检验检测机构"),
        _DIVISION,
        _ADDRESS,
        Column("approval_no", ("认证机构批准号", "批准号", "Approval number"), read.text(40)),
        Column("valid_from", ("成立日期", "Founded on"), read.day),
        Column("generated", ("演示数据", "Generated"), read.yes),
        Column("source", ("来源", "Source"), read.printed(200), example="省局公示名录"),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Find each row's slug (kept once given) and division; name rows without any identifier."""
        divisions = set(Division.objects.filter(code__in=_given(rows, "division")).values_list("code", flat=True))
        slugs, checked = _known_slugs(rows), Checked()
        for row in rows:
            values = dict(row.values)
            names = _identifiers(values)
            if not names:
                rule, remedy = _("The institution has no identifier."), _("Give its credit code or its CMA number.")
                checked.problems.append(row.problem("uscc", rule, remedy))
            elif len({slugs[name] for name in names if name in slugs}) > 1:
                rule, remedy = _("The identifiers belong to two institutions."), _("Correct one of them.")
                checked.problems.append(row.problem("uscc", rule, remedy))
            elif "division" in values and values["division"] not in divisions:
                rule, remedy = _("The division isn't known."), _("Use a six-digit code such as 440106.")
                checked.problems.append(row.problem("division", rule, remedy))
            else:
                values["slug"] = next((slugs[name] for name in names if name in slugs), names[0][1])
                if "division" in values:
                    values["division_id"] = values.pop("division")
                checked.rows.append(values)
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the institutions."""
        return upsert(Body, rows, ("slug",), at=at)


def _given(rows: Sequence[Row], name: str) -> set[str]:
    return {row.values[name] for row in rows if name in row.values}


def _identifiers(values: Values) -> list[tuple[str, str]]:
    """Return the identifiers of a row in the order in which they become its slug."""
    found = [(name, str(values[name])) for name in ("cma", "uscc") if values.get(name)]
    if values.get("register") and values.get("register_id"):
        found.append(("register", f"{values['register']}:{values['register_id']}"))
    return found


def _known_slugs(rows: Sequence[Row]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for name in ("cma", "uscc"):
        held = Body.objects.filter(**{f"{name}__in": _given(rows, name)}).values_list(name, "slug")
        found |= {(name, number): slug for number, slug in held}
    held_abroad = Body.objects.filter(register__in=_given(rows, "register")).exclude(register="")
    for register, number, slug in held_abroad.values_list("register", "register_id", "slug"):
        found["register", f"{register}:{number}"] = slug
    return found


class SiteImporter(Importer):
    """Sites."""

    kind = "sites"
    identity: ClassVar[tuple[str, ...]] = ("body", "code")
    columns = (
        BODY,
        Column("code", ("场所编号", "场所代码", "Site code"), read.text(40), required=True, example="A"),
        Column("name", ("场所名称", "Name"), read.printed(200), example="天河实验室"),
        _ADDRESS,
        _DIVISION,
        FROM,
        TO,
        Column("lat", ("纬度", "Latitude"), read.degrees, example="23.129110"),
        Column("lon", ("经度", "Longitude"), read.degrees, example="113.264385"),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Find bodies and divisions."""
        divisions = set(Division.objects.filter(code__in=_given(rows, "division")).values_list("code", flat=True))
        good, checked = place_under_bodies(rows)
        for row, values in good:
            if "division" in values and values["division"] not in divisions:
                rule, remedy = _("The division isn't known."), _("Use a six-digit code such as 440106.")
                checked.problems.append(row.problem("division", rule, remedy))
            else:
                if "division" in values:
                    values["division_id"] = values.pop("division")
                checked.rows.append(values)
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the sites."""
        return upsert(Site, rows, ("body_id", "code"), at=at)

    def touched(self, written: Written) -> frozenset[int]:
        """Return the bodies of changed sites: scope lines name sites."""
        return frozenset(key[0] for key in written.changed)


class KeyImporter(Importer):
    """Public keys with which bodies sign."""

    kind = "keys"
    identity: ClassVar[tuple[str, ...]] = ("key_id",)
    columns = (
        BODY,
        Column("key_id", ("密钥标识", "Key"), read.text(80), required=True, example="231912050001-2026"),
        Column("algorithm", ("算法", "Algorithm"), read.text(20), example="ed25519"),
        Column(
            "public_key",
            ("公钥", "Public key"),
            read.text(200),
            required=True,
            example="11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        ),
        Column(
            "valid_from", ("生效时间", "Valid from"), read.moment, required=True, example="2026-01-01T00:00:00+08:00"
        ),
        Column("valid_to", ("失效时间", "Valid to"), read.moment),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Find bodies; name keys that can't be read and names that another body uses."""
        holders = dict(BodyKey.objects.filter(key_id__in=_given(rows, "key_id")).values_list("key_id", "body_id"))
        bodies, checked = bodies_named(rows), Checked()
        advice = remedies({row.values["body"] for row in rows} - set(bodies))
        for row in rows:
            body = bodies.get(row.values["body"])
            try:
                readable_key(row.values.get("algorithm", "ed25519"), row.values["public_key"])
            except KeyProblem as problem:
                checked.problems.append(row.problem(problem.field or "public_key", problem, problem.remedy))
                continue
            if body is None:
                rule, remedy = _("The register doesn't know this body."), advice[row.values["body"]]
                checked.problems.append(row.problem("body", rule, remedy))
            elif holders.get(row.values["key_id"], body) != body:
                rule, remedy = _("Another body has a key of this name."), _("Choose another name.")
                checked.problems.append(row.problem("key_id", rule, remedy))
            else:
                kept = {name: value for name, value in row.values.items() if name != "body"}
                checked.rows.append(kept | {"body_id": body})
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the keys."""
        return upsert(BodyKey, rows, ("key_id",), at=at)
