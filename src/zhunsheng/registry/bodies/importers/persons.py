"""Tables of persons and of what they may sign."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from zhunsheng.registry.bodies.importers.owned import BODY, FROM, TO, place_under_bodies
from zhunsheng.registry.bodies.models import Person, Signatory
from zhunsheng.registry.catalogue.importing import columns as read
from zhunsheng.registry.catalogue.importing.columns import Column
from zhunsheng.registry.catalogue.importing.running import Checked, Importer, Row
from zhunsheng.registry.catalogue.importing.writing import Values, Written, upsert

_PERSON = Column("code", ("人员编号", "工号", "Staff code"), read.text(40), required=True, example="P001")


class PersonImporter(Importer):
    """Persons of a body. The identity number is stored encrypted."""

    kind = "persons"
    identity: ClassVar[tuple[str, ...]] = ("body", "code")
    columns = (
        BODY,
        _PERSON,
        Column("name", ("姓名", "Name"), read.printed(100), required=True, example="李示范"),
        Column("title", ("职务/职称", "职务职称", "职称", "Title"), read.printed(100), example="高级工程师"),
        Column("number_encrypted", ("证件号码", "身份证号", "Identity number"), read.text(40)),
        FROM,
        TO,
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Find bodies."""
        good, checked = place_under_bodies(rows)
        checked.rows = [values for _row, values in good]
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the persons."""
        return upsert(Person, rows, ("body_id", "code"), at=at)


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
