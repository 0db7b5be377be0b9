"""A publication of the library as a table: domain, standard or method, remark."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from django.utils.translation import gettext as _

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.identifiers import IdentifierError, parse_standard
from zhunsheng.platform.accounts.history import update_recorded
from zhunsheng.registry.catalogue.importing import columns as read
from zhunsheng.registry.catalogue.importing.columns import Column
from zhunsheng.registry.catalogue.importing.running import Checked, Importer, Row
from zhunsheng.registry.catalogue.importing.writing import Values, Written, upsert
from zhunsheng.registry.national.law_book import latest
from zhunsheng.registry.national.models import LibraryRow, Publication
from zhunsheng.registry.national.rules.answers import standing_of


class OlderPublication(DomainError):
    """A publication that would rewrite what a later one has said."""

    code = "older-publication"


@dataclass(frozen=True, slots=True)
class Announced:
    """What a publication says of itself."""

    number: str
    effective_from: date
    published_on: date | None = None
    source: str = ""
    generated: bool = False


class LibraryImporter(Importer):
    """The rows of one publication. Rows that the one before had and this one has not end the day before it."""

    kind = "national-library"
    identity: ClassVar[tuple[str, ...]] = ("domain", "text")
    columns = (
        Column("domain", ("领域", "大类", "Domain"), read.printed(60), required=True, example="食品"),
        Column(
            "text",
            ("标准（方法）", "标准/方法", "标准（方法）名称及编号", "标准", "Standard or method"),
            read.printed(400),
            required=True,
            example="GB 2762-2022 食品安全国家标准 食品中污染物限量",
        ),
        Column("remark", ("备注", "Remark"), read.printed(400), example="已废止，可被引用"),
    )

    def __init__(self, announced: Announced) -> None:
        self.announced = announced

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Read number and remark of each row; a domain that the list does not have is a problem."""
        checked, law = Checked(), latest().values
        for row in rows:
            if row.values["domain"] not in law["domains"]:
                remedy = _("The list has: %(domains)s") % {"domains": "、".join(law["domains"])}
                checked.problems.append(row.problem("domain", _("The national list has no such domain."), remedy))
                continue
            remark = row.values.get("remark", "")
            numbered = _numbered(row.values["text"])
            values = {**row.values, **numbered, "remark": remark, "standing": standing_of(remark, law["remarks"]).value}
            checked.rows.append(values)
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the publication: new and changed rows begin with it, missing ones end. Raises: OlderPublication."""
        publication = self._publication(len(rows), at)
        held = {
            (one.domain, one.text): one
            for one in LibraryRow.objects.filter(valid_to=None).exclude(publication=publication)
        }
        fresh, kept = [], 0
        for row in rows:
            before = held.pop((row["domain"], row["text"]), None)
            if before is not None and (before.remark, before.standing) == (row["remark"], row["standing"]):
                kept += 1
                continue
            if before is not None:
                held[row["domain"], row["text"]] = before
            fresh.append({**row, "publication_id": publication.pk, "valid_from": publication.effective_from})
        ended = self._end(list(held.values()), publication, at)
        written = upsert(LibraryRow, fresh, ("domain", "text", "valid_from"), at=at, fast=True)
        written.changed += ended
        written.unchanged += kept
        return written

    def _publication(self, count: int, at: datetime) -> Publication:
        said = self.announced
        latest_day = Publication.objects.exclude(number=said.number).order_by("-effective_from").first()
        if latest_day is not None and latest_day.effective_from >= said.effective_from:
            raise OlderPublication(
                "“%(number)s” is in force from %(day)s already; a publication must begin later.",
                params={"number": latest_day.number, "day": latest_day.effective_from.isoformat()},
                field="effective_from",
                remedy="Load publications in the order in which they came into force.",
            )
        found = Publication.objects.filter(number=said.number).first() or Publication(number=said.number)
        if found.pk is not None and found.effective_from != said.effective_from:
            raise OlderPublication(
                "“%(number)s” was loaded as in force from %(day)s.",
                params={"number": said.number, "day": found.effective_from.isoformat()},
                field="effective_from",
                remedy="Give the same day, or another number.",
            )
        found.effective_from, found.published_on = said.effective_from, said.published_on
        found.source, found.generated, found.rows = said.source, said.generated, count
        found._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
        found.save()
        return found

    @staticmethod
    def _end(rows: list[LibraryRow], publication: Publication, at: datetime) -> list[tuple[str, ...]]:
        for one in rows:
            one.valid_to, one.ended_by = publication.effective_from - timedelta(days=1), publication
            one._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
        if rows:
            update_recorded(LibraryRow, rows, ["valid_to", "ended_by"])
        return [(one.domain, one.text) for one in rows]


def _numbered(text: str) -> Values:
    try:
        number = parse_standard(text)
    except IdentifierError:
        return {"code": "", "base_code": ""}
    return {"code": number.code[:80], "base_code": number.base_code[:70]}
