"""Tables of persons and of what they may sign."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from zhunsheng.foundation.identifiers import IdentifierError
from zhunsheng.foundation.identifiers.near import near_id_number
from zhunsheng.foundation.identifiers.persons import parse_id_number
from zhunsheng.platform.accounts.sealed_field import blind_index
from zhunsheng.registry.bodies.importers.owned import BODY, FROM, TO, place_under_bodies
from zhunsheng.registry.bodies.models import Office, OfficeKind, Person, Signatory
from zhunsheng.registry.catalogue.importing import columns as read
from zhunsheng.registry.catalogue.importing.columns import Column
from zhunsheng.registry.catalogue.importing.running import Checked, Importer, Row
from zhunsheng.registry.catalogue.importing.writing import Values, Written, upsert

_OFFICES = {
    "法定代表人": "legal_representative",
    "最高管理者": "top_manager",
    "技术负责人": "technical_head",
    "质量负责人": "quality_head",
}
_ID_LENGTH = 18
_PERSON = Column("code", ("人员编号", "工号", "Staff code"), read.text(40), required=True, example="P001")


NUMBER_CONTEXT = "bodies.id_number"
"""One blind index for persons and experts: a person is the same in both registers."""


def id_number(cell: str) -> str:
    """Read an identity number with its check character; other documents (passport, permit) as they are.

    Eighteen characters are an identity number. Where two neighbours were exchanged the remedy says which.
    Raises: CellError.
    """
    plain = read.text(40)(cell).replace(" ", "").upper()
    if len(plain) != _ID_LENGTH:
        return str(plain)
    try:
        return str(parse_id_number(plain))
    except IdentifierError as error:
        meant = near_id_number(plain)
        if not meant:
            raise read.not_read(error) from error
        at = next(place for place, pair in enumerate(zip(plain, meant, strict=True), start=1) if pair[0] != pair[1])
        remedy = _("Look at characters %(first)s and %(second)s: they may be exchanged.")
        raise read.not_read(error, remedy % {"first": at, "second": at + 1}) from error


NUMBER = Column("number_encrypted", ("证件号码", "身份证号", "Identity number"), id_number, secret=True)


def with_index(values: Values) -> Values:
    """Return the values with the blind index of their identity number."""
    number = values.get("number_encrypted")
    return values | ({"number_index": blind_index(number, NUMBER_CONTEXT)} if number else {})


class PersonImporter(Importer):
    """Persons of a body. The identity number is stored encrypted."""

    kind = "persons"
    identity: ClassVar[tuple[str, ...]] = ("body", "code")
    columns = (
        BODY,
        _PERSON,
        Column("name", ("姓名", "Name"), read.printed(100), required=True, example="李示范"),
        Column("title", ("职务/职称", "职务职称", "职称", "Title"), read.printed(100), example="高级工程师"),
        NUMBER,
        FROM,
        TO,
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Find bodies."""
        good, checked = place_under_bodies(rows)
        checked.rows = [with_index(values) for _row, values in good]
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the persons."""
        return upsert(Person, rows, ("body_id", "code"), at=at)


class OfficeImporter(Importer):
    """Who heads a body: legal representative, top manager, technical head, quality head."""

    kind = "offices"
    identity: ClassVar[tuple[str, ...]] = ("body", "kind", "name", "valid_from")
    columns = (
        BODY,
        Column(
            "kind", ("任职", "职务", "Office"), read.choice(OfficeKind, _OFFICES), required=True, example="技术负责人"
        ),
        Column("name", ("姓名", "Name"), read.printed(100), required=True, example="李示范"),
        Column("code", ("人员编号", "工号", "Staff code"), read.text(40), example="P001"),
        Column("document_no", ("文件编号", "Document"), read.printed(80), example="示检〔2023〕5号"),
        FROM,
        TO,
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Find bodies, and persons where a staff code is given."""
        good, checked = place_under_bodies(rows)
        ids = {values["body_id"] for _row, values in good}
        held = Person.objects.filter(body_id__in=ids).values_list("body_id", "code", "pk")
        persons = {(body, code): pk for body, code, pk in held}
        for row, values in good:
            code = values.pop("code", "")
            if code and (values["body_id"], code) not in persons:
                rule, remedy = _("The body has no person of this code."), _("Import the person first, or leave it out.")
                checked.problems.append(row.problem("code", rule, remedy))
                continue
            if code:
                values["person_id"] = persons[values["body_id"], code]
            checked.rows.append(values)
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the offices."""
        return upsert(Office, rows, ("body_id", "kind", "name", "valid_from"), at=at)


class SignatoryImporter(Importer):
    """Signatories: the table of the certificate's annex, with the staff code added; unknown persons are made."""

    kind = "signatories"
    identity: ClassVar[tuple[str, ...]] = ("body", "code", "field", "valid_from")
    columns = (
        BODY,
        _PERSON,
        Column("name", ("姓名", "Name"), read.printed(100), example="李示范"),
        Column("title", ("职务/职称", "职务职称", "职称", "Title"), read.printed(100), example="高级工程师"),
        Column("field", ("授权签字领域", "Field"), read.printed(300), required=True, example="食品"),
        Column("remark", ("备注", "Remark"), read.printed(300)),
        FROM,
        TO,
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Find bodies; a person that the register lacks needs a name."""
        good, checked = place_under_bodies(rows)
        ids = {values["body_id"] for _row, values in good}
        known = set(Person.objects.filter(body_id__in=ids).values_list("body_id", "code"))
        for row, values in good:
            if (values["body_id"], values["code"]) not in known and "name" not in values:
                rule, remedy = _("The body has no person of this code."), _("Give the name too, or import the person.")
                checked.problems.append(row.problem("code", rule, remedy))
            else:
                checked.rows.append(values)
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write persons that are new or renamed, then their fields."""
        people: dict[tuple[int, str], Values] = {
            (row["body_id"], row["code"]): {
                name: row[name] for name in ("body_id", "code", "name", "title") if name in row
            }
            for row in rows
            if "name" in row
        }
        upsert(Person, list(people.values()), ("body_id", "code"), at=at)
        ids = {row["body_id"] for row in rows}
        persons = {
            (body, code): pk
            for body, code, pk in Person.objects.filter(body_id__in=ids).values_list("body_id", "code", "pk")
        }
        fields = [
            {name: row[name] for name in ("field", "remark", "valid_to") if name in row}
            | {"person_id": persons[row["body_id"], row["code"]], "valid_from": row.get("valid_from")}
            for row in rows
        ]
        return upsert(Signatory, fields, ("person_id", "field", "valid_from"), at=at)
