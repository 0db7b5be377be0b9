"""The tables of the catalogue: standards, editions, objects, parameters, synonyms, limits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from zhunsheng.foundation.identifiers import normalise_name, parse_standard
from zhunsheng.registry.catalogue.importing import columns as read
from zhunsheng.registry.catalogue.importing.columns import Column
from zhunsheng.registry.catalogue.importing.running import Checked, Importer, Row
from zhunsheng.registry.catalogue.importing.writing import Values, Written, upsert
from zhunsheng.registry.catalogue.models import (
    EditionStatus,
    Language,
    Limit,
    LimitRule,
    ObjectSynonym,
    Parameter,
    ParameterSynonym,
    Standard,
    StandardEdition,
    TestObject,
)
from zhunsheng.registry.catalogue.selectors import Vocabulary

_STATUS = {
    "即将实施": "coming", "未实施": "coming", "现行": "in_force", "现行有效": "in_force", "有效": "in_force",
    "被代替": "replaced", "已代替": "replaced", "废止": "withdrawn", "作废": "withdrawn",
}  # fmt: skip
_LANGUAGE = {"中文": "zh", "英文": "en", "chinese": "zh", "english": "en"}
_CODE = ("编码", "代码", "Code")
_ENGLISH = ("英文名称", "English name")
_FROM, _TO = ("实施日期", "生效日期", "Effective from"), ("废止日期", "失效日期", "Effective to")


def _synonym_kind(cell: str) -> str:
    kinds = {
        "参数": "parameter",
        "项目": "parameter",
        "parameter": "parameter",
        "对象": "object",
        "检测对象": "object",
        "object": "object",
    }
    found = kinds.get(normalise_name(cell))
    if found is None:
        raise read.CellError(_("This value isn't in the list."), "parameter, object")
    return found


class StandardImporter(Importer):
    """Standards without their years."""

    kind = "standards"
    identity: ClassVar[tuple[str, ...]] = ("base_code",)
    columns = (
        Column("base_code", ("标准编号", "标准号", "Standard"), read.standard_base, required=True, example="GB 5749"),
        Column("title", ("标准名称", "Title"), read.printed(300), required=True, example="生活饮用水卫生标准"),
        Column("title_en", ("英文名称", "English title"), read.printed(300), example="Standards for drinking water"),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Return the rows as they are."""
        return Checked([row.values for row in rows])

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the standards."""
        return upsert(Standard, rows, ("base_code",), at=at)


class EditionImporter(Importer):
    """Editions; a standard that the catalogue lacks is made with the edition's title."""

    kind = "editions"
    identity: ClassVar[tuple[str, ...]] = ("code",)
    columns = (
        Column(
            "code", ("标准编号", "标准号", "Standard"), read.standard_with_year, required=True, example="GB 5749-2006"
        ),
        Column("title", ("标准名称", "Title"), read.printed(300), example="生活饮用水卫生标准"),
        Column(
            "status",
            ("状态", "标准状态", "Status"),
            read.choice(EditionStatus, _STATUS),
            required=True,
            example="被代替",
        ),
        Column("effective_from", _FROM, read.day, example="2007-07-01"),
        Column("effective_to", _TO, read.day, example="2023-03-31"),
        Column(
            "replaced_by",
            ("由何标准代替", "被以下标准代替", "Replaced by"),
            read.standard_with_year,
            example="GB 5749-2022",
        ),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Name successors that neither the catalogue nor the table has, and periods that end before they begin."""
        codes = {row.values["code"] for row in rows}
        codes |= set(StandardEdition.objects.values_list("code", flat=True))
        checked = Checked()
        for row in rows:
            first, last = row.values.get("effective_from"), row.values.get("effective_to")
            successor = row.values.get("replaced_by")
            if first and last and last < first:
                checked.problems.append(
                    row.problem("effective_to", _("It ends before it begins."), _("Check both dates."))
                )
            elif successor and (successor not in codes or successor == row.values["code"]):
                rule, remedy = _("The replacing edition isn't known."), _("Add it to the table as a line of its own.")
                checked.problems.append(row.problem("replaced_by", rule, remedy))
            else:
                checked.rows.append(row.values)
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write standards that are new, then editions, then who replaces whom."""
        bases = {row["code"]: parse_standard(row["code"]) for row in rows}
        titles = {bases[row["code"]].base_code: row.get("title", "") for row in rows}
        known = set(Standard.objects.filter(base_code__in=titles).values_list("base_code", flat=True))
        fresh = [{"base_code": base, "title": title} for base, title in titles.items() if base not in known]
        upsert(Standard, fresh, ("base_code",), at=at)
        ids = dict(Standard.objects.filter(base_code__in=titles).values_list("base_code", "pk"))
        plain = [
            {name: value for name, value in row.items() if name not in {"title", "replaced_by"}}
            | {"standard_id": ids[bases[row["code"]].base_code], "year": bases[row["code"]].year}
            for row in rows
        ]
        written = upsert(StandardEdition, plain, ("code",), at=at)
        editions = dict(StandardEdition.objects.values_list("code", "pk"))
        links = [
            {"code": row["code"], "replaced_by_id": editions[row["replaced_by"]]}
            for row in rows
            if "replaced_by" in row
        ]
        return _joined(written, upsert(StandardEdition, links, ("code",), at=at))


class ObjectImporter(Importer):
    """Test objects with the object above each."""

    kind = "objects"
    identity: ClassVar[tuple[str, ...]] = ("code",)
    columns = (
        Column("code", _CODE, read.text(40), required=True, example="W-DRINK"),
        Column("name", ("检测对象", "名称", "Name"), read.printed(200), required=True, example="生活饮用水"),
        Column("name_en", _ENGLISH, read.printed(200), example="drinking water"),
        Column("parent", ("上级编码", "上级", "Parent"), read.text(40), example="W"),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Name parents that don't exist and circles."""
        above: dict[str, str] = dict(TestObject.objects.exclude(parent=None).values_list("code", "parent__code"))
        codes = set(TestObject.objects.values_list("code", flat=True)) | {row.values["code"] for row in rows}
        above |= {row.values["code"]: row.values["parent"] for row in rows if "parent" in row.values}
        checked = Checked()
        for row in rows:
            parent = row.values.get("parent")
            if parent and parent not in codes:
                rule, remedy = _("The object above isn't known."), _("Add it to the table as a line of its own.")
                checked.problems.append(row.problem("parent", rule, remedy))
            elif _circular(row.values["code"], above):
                rule, remedy = _("The object would stand above itself."), _("Choose another object above.")
                checked.problems.append(row.problem("parent", rule, remedy))
            else:
                checked.rows.append(row.values)
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the objects, then what stands above them."""
        plain = [{name: value for name, value in row.items() if name != "parent"} for row in rows]
        written = upsert(TestObject, plain, ("code",), at=at)
        ids = dict(TestObject.objects.values_list("code", "pk"))
        links = [{"code": row["code"], "parent_id": ids[row["parent"]]} for row in rows if "parent" in row]
        return _joined(written, upsert(TestObject, links, ("code",), at=at))


class ParameterImporter(Importer):
    """Parameters."""

    kind = "parameters"
    identity: ClassVar[tuple[str, ...]] = ("code",)
    columns = (
        Column("code", _CODE, read.text(40), required=True, example="PB"),
        Column("name", ("参数名称", "项目名称", "Name"), read.printed(200), required=True, example="铅"),
        Column("name_en", _ENGLISH, read.printed(200), example="lead"),
        Column("cas", ("CAS号", "CAS"), read.cas, example="7439-92-1"),
        Column("quantity_kind", ("量的种类", "Quantity kind"), read.text(60), example="mass concentration"),
        Column("unit", ("单位", "Unit"), read.text(40), example="mg/L"),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Return the rows as they are."""
        return Checked([row.values for row in rows])

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the parameters."""
        return upsert(Parameter, rows, ("code",), at=at)


class SynonymImporter(Importer):
    """Other names of parameters and objects. A name means one thing only."""

    kind = "synonyms"
    identity: ClassVar[tuple[str, ...]] = ("kind", "text")
    columns = (
        Column("kind", ("类型", "Kind"), _synonym_kind, required=True, example="参数"),
        Column("of", ("编码", "标准名称", "Of"), read.text(200), required=True, example="PB"),
        Column("text", ("别名", "同义词", "Synonym"), read.printed(300), required=True, example="总铅"),
        Column("language", ("语言", "Language"), read.choice(Language, _LANGUAGE), example="zh"),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Name what isn't known and synonyms that already mean something else."""
        words, checked = Vocabulary.current(), Checked()
        for row in rows:
            ids = words.parameter_id if row.values["kind"] == "parameter" else words.object_id
            owner, holder = ids(row.values["of"]), ids(row.values["text"])
            if owner is None:
                rule, remedy = _("The catalogue doesn't know this entry."), _("Import it first, or correct the code.")
                checked.problems.append(row.problem("of", rule, remedy))
            elif holder not in (None, owner):
                rule, remedy = _("This name already means another entry."), _("Choose a name that means one thing.")
                checked.problems.append(row.problem("text", rule, remedy))
            else:
                checked.rows.append(row.values | {"owner": owner})
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the synonyms of both kinds."""
        written = Written()
        models: tuple[tuple[str, str, Any], ...] = (
            ("parameter", "parameter_id", ParameterSynonym),
            ("object", "object_id", ObjectSynonym),
        )
        for kind, owner, model in models:
            values = [
                {
                    owner: row["owner"],
                    "text": row["text"],
                    "normalised": normalise_name(row["text"]),
                    "language": row.get("language", Language.ZH.value),
                }
                for row in rows
                if row["kind"] == kind
            ]
            written = _joined(written, upsert(model, values, ("normalised",), at=at), both=True)
        return written


class LimitImporter(Importer):
    """Limits of product standards."""

    kind = "limits"
    identity: ClassVar[tuple[str, ...]] = ("edition", "object", "parameter", "effective_from")
    columns = (
        Column(
            "edition",
            ("标准编号", "标准号", "Standard"),
            read.standard_with_year,
            required=True,
            example="GB 5749-2022",
        ),
        Column("object", ("检测对象", "Object"), read.printed(200), example="生活饮用水"),
        Column("parameter", ("参数名称", "项目名称", "Parameter"), read.printed(200), required=True, example="铅"),
        Column("minimum", ("下限", "最小值", "Minimum"), read.decimal),
        Column("maximum", ("上限", "最大值", "限值", "Maximum"), read.decimal, example="0.01"),
        Column("unit", ("单位", "Unit"), read.text(40), example="mg/L"),
        Column("rule", ("判定规则", "Decision rule"), read.choice(LimitRule, {"简单": "simple", "保护带": "guarded"})),
        Column("effective_from", _FROM, read.day, example="2023-04-01"),
        Column("effective_to", _TO, read.day),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Turn names into rows of the catalogue and name those it lacks."""
        words, checked = Vocabulary.current(), Checked()
        for row in rows:
            problem = _limit_problem(row, words)
            if problem is not None:
                checked.problems.append(row.problem(*problem))
                continue
            edition = words.edition(row.values["edition"])
            kept: Values = {
                name: row.values[name]
                for name in ("minimum", "maximum", "unit", "rule", "effective_to")
                if name in row.values
            }
            kept |= {
                "edition_id": edition.id if edition else None,
                "object_id": words.object_id(row.values["object"]) if "object" in row.values else None,
                "parameter_id": words.parameter_id(row.values["parameter"]),
                "effective_from": row.values.get("effective_from"),
            }
            checked.rows.append(kept)
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the limits."""
        return upsert(Limit, rows, ("edition_id", "object_id", "parameter_id", "effective_from"), at=at)


def _limit_problem(row: Row, words: Vocabulary) -> tuple[str, str, str] | None:
    import_first = _("Import it first, or correct the name.")
    if words.edition(row.values["edition"]) is None:
        return "edition", _("The catalogue doesn't know this edition."), import_first
    if words.parameter_id(row.values["parameter"]) is None:
        return "parameter", _("The catalogue doesn't know this parameter."), import_first
    if "object" in row.values and words.object_id(row.values["object"]) is None:
        return "object", _("The catalogue doesn't know this object."), import_first
    if "minimum" not in row.values and "maximum" not in row.values:
        return "maximum", _("A limit needs a minimum or a maximum."), _("Fill in one of them.")
    return None


def _circular(code: str, above: dict[str, str]) -> bool:
    seen, here = {code}, above.get(code)
    while here is not None:
        if here in seen:
            return True
        seen.add(here)
        here = above.get(here)
    return False


def _joined(first: Written, second: Written, *, both: bool = False) -> Written:
    """Return the counts of two passes: over the same rows a row changed twice counts once; `both` adds other rows."""
    made = first.made + [one for one in second.made if one not in set(first.made)]
    changed = list(dict.fromkeys([*first.changed, *(one for one in second.changed if one not in set(first.made))]))
    unchanged = first.unchanged + second.unchanged if both else first.unchanged - (len(changed) - len(first.changed))
    return Written(made, changed, unchanged)


IMPORTERS: dict[str, type[Importer]] = {
    one.kind: one
    for one in (StandardImporter, EditionImporter, ObjectImporter, ParameterImporter, SynonymImporter, LimitImporter)
}
