"""Tables of standards and editions, and of what replaced what."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from zhunsheng.foundation.identifiers import parse_standard
from zhunsheng.registry.catalogue.importers.shared import FROM, STANDARD, TO, circular, joined
from zhunsheng.registry.catalogue.importing import columns as read
from zhunsheng.registry.catalogue.importing.columns import Column
from zhunsheng.registry.catalogue.importing.running import Checked, Importer, Row
from zhunsheng.registry.catalogue.importing.writing import Values, Written, upsert
from zhunsheng.registry.catalogue.models import EditionStatus, PartialReplacement, Standard, StandardEdition
from zhunsheng.registry.catalogue.rules.standing import Dates, contradicted, standing

_STATUS = {
    "即将实施": "coming", "未实施": "coming", "现行": "in_force", "现行有效": "in_force", "有效": "in_force",
    "被代替": "replaced", "已代替": "replaced", "废止": "withdrawn", "作废": "withdrawn",
}  # fmt: skip


Refusal = tuple[str, str, str]


class StandardImporter(Importer):
    """Standards without their years."""

    kind = "standards"
    identity: ClassVar[tuple[str, ...]] = ("base_code",)
    columns = (
        Column("base_code", STANDARD, read.standard_base, required=True, example="GB 5749"),
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
        Column("code", STANDARD, read.standard_with_year, required=True, example="GB 5749-2006"),
        Column("title", ("标准名称", "Title"), read.printed(300), example="生活饮用水卫生标准"),
        Column(
            "status",
            ("状态", "标准状态", "Status"),
            read.choice(EditionStatus, _STATUS),
            example="被代替",
        ),
        Column("published_on", ("发布日期", "公布日期", "Published"), read.day, example="2006-12-29"),
        Column("effective_from", FROM, read.day, example="2007-07-01"),
        Column("effective_to", TO, read.day, example="2023-03-31"),
        Column(
            "replaced_by",
            ("由何标准代替", "被以下标准代替", "Replaced by"),
            read.standard_with_year,
            example="GB 5749-2022",
        ),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Name unknown, older and circular successors, and statuses that the dates contradict."""
        whole = _held()
        for row in rows:
            whole[row.values["code"]] = whole.get(row.values["code"], {}) | row.values
        after = {code: known["replaced_by"] for code, known in whole.items() if "replaced_by" in known}
        checked = Checked()
        for row in rows:
            known = whole[row.values["code"]]
            problem = _period_problem(known) or _successor_problem(known, whole, after)
            problem = problem or self._contradiction(row.values, known, whole)
            if problem is not None:
                checked.problems.append(row.problem(*problem))
            else:
                checked.rows.append(row.values | {"status": standing(_dates(known, whole), self.day)})
        return checked

    def _contradiction(self, given: Values, known: Values, whole: Mapping[str, Values]) -> Refusal | None:
        dates = _dates(known, whole)
        if "status" not in given:
            return None
        found = contradicted(dates, self.day)
        if found is None:
            return None
        rule = _("The dates make this edition “%(found)s” on %(day)s.") % {
            "found": EditionStatus(found).label,
            "day": self.day.isoformat(),
        }
        return "status", rule, _("Correct the status or the dates; an empty status follows the dates.")

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write standards that are new, then editions, then who replaces whom."""
        bases = {row["code"]: parse_standard(row["code"]) for row in rows}
        titles: dict[str, str] = {}
        for row in rows:
            base = bases[row["code"]].base_code
            titles[base] = titles.get(base) or row.get("title", "")
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
        return joined(written, upsert(StandardEdition, links, ("code",), at=at))


class ReplacementImporter(Importer):
    """Parts of editions that other editions took over, as where one standard is divided among several."""

    kind = "replacements"
    identity: ClassVar[tuple[str, ...]] = ("edition", "by")
    columns = (
        Column("edition", STANDARD, read.standard_with_year, required=True, example="GB/T 5750.8-2006"),
        Column(
            "by",
            ("部分代替标准", "被以下标准部分代替", "Partly replaced by"),
            read.standard_with_year,
            required=True,
            example="GB/T 5750.8-2023",
        ),
        Column("part", ("代替部分", "Part"), read.printed(300), example="第4章"),
        Column("since", ("代替日期", "Since"), read.day, example="2023-10-01"),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Name editions that the catalogue lacks."""
        ids, checked = dict(StandardEdition.objects.values_list("code", "pk")), Checked()
        for row in rows:
            unknown = [name for name in ("edition", "by") if row.values[name] not in ids]
            if unknown:
                rule, remedy = _("The catalogue doesn't know this edition."), _("Import it first, or correct the name.")
                checked.problems += [row.problem(name, rule, remedy) for name in unknown]
            elif row.values["edition"] == row.values["by"]:
                rule, remedy = _("An edition can't replace itself."), _("Name the edition that took its place.")
                checked.problems.append(row.problem("by", rule, remedy))
            else:
                kept: Values = {name: row.values[name] for name in ("part", "since") if name in row.values}
                kept |= {"edition_id": ids[row.values["edition"]], "by_id": ids[row.values["by"]]}
                checked.rows.append(kept)
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the partial replacements."""
        return upsert(PartialReplacement, rows, ("edition_id", "by_id"), at=at)


def _held() -> dict[str, Values]:
    """Return what the catalogue knows of every edition, by its number; what it doesn't know is left out."""
    names = ("code", "status", "published_on", "effective_from", "effective_to", "replaced_by")
    rows = StandardEdition.objects.values_list(*names[:-1], "replaced_by__code")
    return {row[0]: {name: value for name, value in zip(names, row, strict=True) if value} for row in rows}


def _dates(known: Values, whole: Mapping[str, Values]) -> Dates:
    successor = whole.get(known.get("replaced_by", ""), {})
    return Dates(
        stated=known.get("status", ""),
        effective_from=known.get("effective_from"),
        effective_to=known.get("effective_to"),
        succeeded="replaced_by" in known,
        successor_from=successor.get("effective_from"),
    )


def _period_problem(known: Values) -> Refusal | None:
    published, first, last = (known.get(name) for name in ("published_on", "effective_from", "effective_to"))
    if first and last and last < first:
        return "effective_to", _("It ends before it begins."), _("Check both dates.")
    if published and first and first < published:
        return "effective_from", _("It is in force before it was published."), _("Check both dates.")
    return None


def _successor_problem(known: Values, whole: Mapping[str, Values], after: Mapping[str, str]) -> Refusal | None:
    successor = known.get("replaced_by")
    if successor is None:
        return None
    code = known.get("code")
    if successor not in whole or successor == code:
        return "replaced_by", _("The replacing edition isn't known."), _("Add it to the table as a line of its own.")
    if code is not None and circular(code, after):
        rule = _("The editions would replace each other in a circle.")
        return "replaced_by", rule, _("Name the edition that took its place.")
    old, new = parse_standard(code or successor), parse_standard(successor)
    if old.base_code == new.base_code and (new.year or 0) < (old.year or 0):
        return "replaced_by", _("The replacing edition is older."), _("Name the edition that took its place.")
    return None
