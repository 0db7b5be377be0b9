"""Tables of test objects, parameters and their synonyms."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.registry.catalogue.importers.shared import CODE, ENGLISH, circular, joined
from zhunsheng.registry.catalogue.importing import columns as read
from zhunsheng.registry.catalogue.importing.columns import Column
from zhunsheng.registry.catalogue.importing.running import Checked, Importer, Row
from zhunsheng.registry.catalogue.importing.writing import Values, Written, upsert
from zhunsheng.registry.catalogue.models import (
    Language,
    Limit,
    MethodParameter,
    ObjectSynonym,
    Parameter,
    ParameterSynonym,
    TestObject,
)
from zhunsheng.registry.catalogue.rules.units import misfit
from zhunsheng.registry.catalogue.selectors import Vocabulary

_LANGUAGE = {"中文": "zh", "英文": "en", "chinese": "zh", "english": "en"}


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


_MEASURED = ("quantity_kind", "unit")


class ObjectImporter(Importer):
    """Test objects with the object above each."""

    kind = "objects"
    identity: ClassVar[tuple[str, ...]] = ("code",)
    columns = (
        Column("code", CODE, read.text(40), required=True, example="W-DRINK"),
        Column("name", ("检测对象", "名称", "Name"), read.printed(200), required=True, example="生活饮用水"),
        Column("name_en", ENGLISH, read.printed(200), example="drinking water"),
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
            elif circular(row.values["code"], above):
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
        return joined(written, upsert(TestObject, links, ("code",), at=at))


class ParameterImporter(Importer):
    """Parameters."""

    kind = "parameters"
    identity: ClassVar[tuple[str, ...]] = ("code",)
    columns = (
        Column("code", CODE, read.text(40), required=True, example="PB"),
        Column("name", ("参数名称", "项目名称", "Name"), read.printed(200), required=True, example="铅"),
        Column("name_en", ENGLISH, read.printed(200), example="lead"),
        Column("cas", ("CAS号", "CAS"), read.cas, example="7439-92-1"),
        Column("quantity_kind", ("量的种类", "Quantity kind"), read.quantity_kind, example="mass concentration"),
        Column("unit", ("单位", "Unit"), read.text(40), example="mg/L"),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Name units of another kind than the parameter's, and kinds that its limits and methods contradict."""
        codes = [row.values["code"] for row in rows]
        held = {one["code"]: one for one in Parameter.objects.filter(code__in=codes).values("code", *_MEASURED)}
        used: dict[str, set[str]] = {}
        for model in (Limit, MethodParameter):
            pairs = model._default_manager.filter(parameter__code__in=codes).values_list("parameter__code", "unit")
            for code, unit in pairs.distinct():
                used.setdefault(code, set()).add(unit)
        checked = Checked()
        for row in rows:
            known = held.get(row.values["code"], {}) | row.values
            problem = _unit_problem(known, used.get(row.values["code"], set()))
            if problem is not None:
                checked.problems.append(row.problem(*problem))
            else:
                checked.rows.append(row.values)
        return checked

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
            written = joined(written, upsert(model, values, ("normalised",), at=at), both=True)
        return written


def _unit_problem(known: Values, used: set[str]) -> tuple[str, str, str] | None:
    kind, unit = known.get("quantity_kind", ""), known.get("unit", "")
    wanted = misfit(unit, kind=kind, own_unit="")
    if wanted is not None:
        rule = _("“%(unit)s” is no unit of %(wanted)s.") % {"unit": unit, "wanted": wanted}
        return "unit", rule, _("Correct the unit or the kind of quantity.")
    for other in sorted(used):
        wanted = misfit(other, kind=kind, own_unit=unit)
        if wanted is not None:
            rule = _("A limit or method of this parameter is in “%(unit)s”, which is no unit of %(wanted)s.")
            column = "quantity_kind" if kind else "unit"
            return column, rule % {"unit": other, "wanted": wanted}, _("Correct the unit or the kind of quantity.")
    return None
