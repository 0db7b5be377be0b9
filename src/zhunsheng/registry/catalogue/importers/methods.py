"""The table of methods: one line per parameter that a clause of an edition determines by a technique."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from zhunsheng.registry.catalogue.importers.shared import STANDARD, joined
from zhunsheng.registry.catalogue.importing import columns as read
from zhunsheng.registry.catalogue.importing.columns import Column
from zhunsheng.registry.catalogue.importing.running import Checked, Importer, Row
from zhunsheng.registry.catalogue.importing.writing import Key, Values, Written, upsert
from zhunsheng.registry.catalogue.models import Method, MethodParameter, Parameter
from zhunsheng.registry.catalogue.rules.units import misfit
from zhunsheng.registry.catalogue.selectors import Vocabulary

_METHOD = ("edition_id", "clause", "technique")


class MethodImporter(Importer):
    """Methods with the parameters that they determine."""

    kind = "methods"
    identity: ClassVar[tuple[str, ...]] = ("edition", "clause", "technique", "parameter")
    columns = (
        Column("edition", STANDARD, read.standard_with_year, required=True, example="GB/T 5750.6-2023"),
        Column("clause", ("条款", "章条号", "Clause"), read.text(60), example="4.5"),
        Column(
            "technique",
            ("方法名称", "检测技术", "Technique"),
            read.printed(200),
            example="电感耦合等离子体质谱法",
        ),
        Column("technique_en", ("方法英文名称", "English technique"), read.printed(200), example="ICP-MS"),
        Column("parameter", ("参数名称", "项目名称", "Parameter"), read.printed(200), required=True, example="铅"),
        Column("quantified_from", ("定量限", "LOQ"), read.decimal, example="0.0001"),
        Column("unit", ("单位", "Unit"), read.text(40), example="mg/L"),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Turn names into rows of the catalogue; name what it lacks and units of another kind."""
        words, checked = Vocabulary.current(), Checked()
        measured = {pk: (kind, unit) for pk, kind, unit in Parameter.objects.values_list("pk", "quantity_kind", "unit")}
        for row in rows:
            edition, parameter = words.edition(row.values["edition"]), words.parameter_id(row.values["parameter"])
            problem = _problem(
                row, known=(edition is not None, parameter is not None), measured=measured.get(parameter or 0)
            )
            if problem is not None or edition is None:
                checked.problems.append(row.problem(*(problem or ("edition", "", ""))))
                continue
            names = ("technique_en", "quantified_from", "unit")
            checked.rows.append(
                {name: row.values[name] for name in names if name in row.values}
                | {
                    "edition_id": edition.id,
                    "clause": row.values.get("clause", ""),
                    "technique": row.values.get("technique", ""),
                    "parameter_id": parameter,
                }
            )
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the methods, then what they determine; the counts are of lines."""
        methods: dict[Key, Values] = {}
        for row in rows:
            names = (*_METHOD, *(("technique_en",) if "technique_en" in row else ()))
            methods.setdefault(_method(row), {}).update({name: row[name] for name in names})
        changed = upsert(Method, list(methods.values()), _METHOD, at=at)
        editions = {row["edition_id"] for row in rows}
        ids = {
            tuple(found): pk
            for pk, *found in Method.objects.filter(edition_id__in=editions).values_list("pk", *_METHOD)
        }
        lines = [
            {name: row[name] for name in ("parameter_id", "quantified_from", "unit") if name in row}
            | {"method_id": ids[_method(row)]}
            for row in rows
        ]
        written = upsert(MethodParameter, lines, ("method_id", "parameter_id"), at=at)
        renamed = Written(changed=[key for key in changed.changed if key in methods])
        return joined(written, renamed, both=True)


def _method(row: Values) -> Key:
    return tuple(row[name] for name in _METHOD)


def _problem(row: Row, *, known: tuple[bool, bool], measured: tuple[str, str] | None) -> tuple[str, str, str] | None:
    import_first = _("Import it first, or correct the name.")
    if not known[0]:
        return "edition", _("The catalogue doesn't know this edition."), import_first
    if not known[1]:
        return "parameter", _("The catalogue doesn't know this parameter."), import_first
    kind, own = measured or ("", "")
    wanted = misfit(row.values.get("unit", ""), kind=kind, own_unit=own)
    if wanted is None:
        return None
    rule = _("“%(unit)s” is no unit of %(wanted)s.") % {"unit": row.values["unit"], "wanted": wanted}
    return "unit", rule, _("Correct the unit, or the parameter's kind of quantity.")
