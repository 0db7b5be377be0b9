"""The table of limits of product standards."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext as _

from zhunsheng.registry.catalogue.importers.shared import FROM, STANDARD, TO
from zhunsheng.registry.catalogue.importing import columns as read
from zhunsheng.registry.catalogue.importing.columns import Column
from zhunsheng.registry.catalogue.importing.running import Checked, Importer, Row
from zhunsheng.registry.catalogue.importing.writing import Values, Written, upsert
from zhunsheng.registry.catalogue.models import Limit, LimitRule, Parameter
from zhunsheng.registry.catalogue.rules.units import misfit
from zhunsheng.registry.catalogue.selectors import Vocabulary

Subject = tuple[int | None, int | None, int | None]
Periods = dict[date | None, date | None]


class LimitImporter(Importer):
    """Limits of product standards."""

    kind = "limits"
    identity: ClassVar[tuple[str, ...]] = ("edition", "object", "parameter", "effective_from")
    columns = (
        Column(
            "edition",
            STANDARD,
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
        Column("effective_from", FROM, read.day, example="2023-04-01"),
        Column("effective_to", TO, read.day),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Turn names into rows of the catalogue; name what it lacks, units of another kind, and overlapping periods."""
        words, checked = Vocabulary.current(), Checked()
        measured = {pk: (kind, unit) for pk, kind, unit in Parameter.objects.values_list("pk", "quantity_kind", "unit")}
        held = _periods(row.values["edition"] for row in rows)
        for row in rows:
            problem = _limit_problem(row, words) or _bounds_problem(row) or _unit_problem(row, words, measured)
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
            others = held.setdefault((kept["edition_id"], kept["object_id"], kept["parameter_id"]), {})
            clash = _clash(kept["effective_from"], kept.get("effective_to"), others)
            if clash is not None:
                rule = _("Another limit holds on some of these days (from %(day)s).") % {"day": clash or "—"}
                checked.problems.append(row.problem("effective_from", rule, _("End the earlier limit first.")))
                continue
            others[kept["effective_from"]] = kept.get("effective_to")
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


def _bounds_problem(row: Row) -> tuple[str, str, str] | None:
    first, last = row.values.get("effective_from"), row.values.get("effective_to")
    if first and last and last < first:
        return "effective_to", _("It ends before it begins."), _("Check both dates.")
    low, high = row.values.get("minimum"), row.values.get("maximum")
    if low is not None and high is not None and Decimal(low) > Decimal(high):
        return "minimum", _("The minimum is above the maximum."), _("Check both values.")
    return None


def _unit_problem(row: Row, words: Vocabulary, measured: Mapping[int, tuple[str, str]]) -> tuple[str, str, str] | None:
    unit = row.values.get("unit", "")
    kind, own = measured.get(words.parameter_id(row.values["parameter"]) or 0, ("", ""))
    wanted = misfit(unit, kind=kind, own_unit=own)
    if wanted is None:
        return None
    rule = _("“%(unit)s” is no unit of %(wanted)s.") % {"unit": unit, "wanted": wanted}
    return "unit", rule, _("Correct the unit, or the parameter's kind of quantity.")


def _periods(editions: Iterable[str]) -> dict[Subject, Periods]:
    """Return the periods of the limits of some editions, by first day, by what they limit."""
    found: dict[Subject, Periods] = {}
    rows = Limit.objects.filter(edition__code__in=set(editions)).values_list(
        "edition_id", "object_id", "parameter_id", "effective_from", "effective_to"
    )
    for edition, tested, parameter, first, last in rows:
        found.setdefault((edition, tested, parameter), {})[first] = last
    return found


def _clash(first: date | None, last: date | None, others: Periods) -> str | None:
    """Return the first day of another period that shares a day with this one ("" where it has none), else None."""
    for start, end in others.items():
        if start == first:  # the same limit, about to be updated
            continue
        begins_in_time = start is None or last is None or start <= last
        if begins_in_time and (end is None or first is None or first <= end):
            return start.isoformat() if start else ""
    return None
