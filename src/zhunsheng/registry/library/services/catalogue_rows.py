"""Writes what a published entry means into the catalogue, under the rules of the catalogue's own imports."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.catalogue.importers import IMPORTERS
from zhunsheng.registry.catalogue.importers.methods import MethodImporter
from zhunsheng.registry.catalogue.importing.running import run
from zhunsheng.registry.catalogue.models import (
    EditionStatus,
    Method,
    MethodParameter,
    Parameter,
    StandardEdition,
    TestObject,
)
from zhunsheng.registry.catalogue.selectors import Vocabulary
from zhunsheng.registry.catalogue.services import bump_revision
from zhunsheng.registry.library.models import Proposal


class CatalogueRefused(DomainError):
    """The catalogue can't take what the proposal says."""

    code = "catalogue-refused"


class Writer:
    """Writes rows of the catalogue in the caller's transaction; whoever calls has asked the library's own policy."""

    def __init__(self, by: User, at: datetime, why: str) -> None:
        self._by, self._at, self._why = by, at, why

    def write(self, kind: str, row: Mapping[str, str], fields: Mapping[str, str]) -> None:
        """Write one row; `fields` says which field of the proposal each column came from.

        Raises: CatalogueRefused.
        """
        outcome = run(IMPORTERS[kind](), [row], by=self._by, at=self._at, why=self._why, dry_run=False, keep_good=False)
        if outcome.problems:
            first = outcome.problems[0]
            raise CatalogueRefused(
                "The catalogue refuses “%(value)s”: %(rule)s",
                params={"value": first.value, "rule": first.rule},
                field=fields.get(first.field, first.field),
                remedy="Let the proposer mend this, or publish with other words.",
            )
        if outcome.created or outcome.updated:
            bump_revision()

    def edition(self, code: str, title: str, on: date, today: date) -> StandardEdition:
        """Return the edition of this number, entered if the catalogue lacks it."""
        held = StandardEdition.objects.filter(code=code).first()
        if held is None:
            status = EditionStatus.COMING if on > today else EditionStatus.IN_FORCE
            row = {
                "code": code,
                "title": title,
                "status": str(status),
                "effective_from": on.isoformat() if on > today else "",
            }
            self.write("editions", row, {"code": "method_code", "title": "method_title"})
            held = StandardEdition.objects.get(code=code)
        return held

    def parameter(self, proposal: Proposal) -> Parameter:
        """Return the parameter, entered or with its empty fields filled, and every other name linked to it."""
        known = proposal.parameter_id or Vocabulary.current().parameter_id(proposal.parameter_name)
        held = Parameter.objects.filter(pk=known).first() if known else None
        told = {
            "name_en": proposal.parameter_name_en, "cas": proposal.cas, "quantity_kind": proposal.quantity_kind,
            "unit": proposal.unit,
        }  # fmt: skip
        if held is None:
            row = {"code": f"GDP-{proposal.number[1:]}", "name": proposal.parameter_name} | told
        else:
            row = {"code": held.code, "name": held.name}
            row |= {name: text for name, text in told.items() if text and not getattr(held, name)}
        self.write("parameters", row, {"name": "parameter_name", "name_en": "parameter_name_en"})
        found = Parameter.objects.get(code=row["code"])
        for text in {proposal.parameter_name, *proposal.synonyms.splitlines()} - {found.name, ""}:
            self._synonym("parameter", found.code, text.strip())
        return found

    def object(self, proposal: Proposal) -> TestObject:
        """Return the test object, entered if the catalogue lacks it."""
        known = proposal.object_id or Vocabulary.current().object_id(proposal.object_name)
        if known is None:
            row = {
                "code": f"GDO-{proposal.number[1:]}", "name": proposal.object_name, "name_en": proposal.object_name_en,
            }  # fmt: skip
            self.write("objects", row, {"name": "object_name", "name_en": "object_name_en"})
            return TestObject.objects.get(code=row["code"])
        return TestObject.objects.get(pk=int(known))

    def method(self, proposal: Proposal, edition: StandardEdition, parameter: Parameter, first: date) -> Method:
        """Return the method (edition, clause, technique), entered, with the parameter that it determines from a day.

        A determination that the catalogue had already keeps its unit and days, and is open again where it had ended.
        """
        read = {one.name: one.read for one in MethodImporter.columns}
        told = {name: read[name](getattr(proposal, name)) for name in ("clause", "technique")}
        lines = MethodParameter.objects.filter(
            method__edition=edition, parameter=parameter, **{f"method__{name}": text for name, text in told.items()}
        )
        held = lines.first()
        row = {
            "edition": edition.code, "clause": proposal.clause, "technique": proposal.technique,
            "technique_en": proposal.technique_en, "parameter": parameter.code,
            "unit": "" if held else proposal.unit,
        }  # fmt: skip
        self.write("methods", row, {"edition": "method_code", "parameter": "parameter_name"})
        line = lines.select_related("method").get()
        if held is None:
            self._date(line, effective_from=first)
        elif held.effective_to is not None:
            self._date(line, effective_to=None)
        return line.method

    def ended(self, method: Method, parameter: Parameter, last: date) -> None:
        """Enter the last day on which a method determines a parameter, where the library dated it."""
        dated = method.determinations.filter(parameter=parameter, effective_from__lte=last, effective_to=None)
        line = dated.first()  # a method determines a parameter once
        if line is not None:
            self._date(line, effective_to=last)

    def _date(self, line: MethodParameter, **days: date | None) -> None:
        for name, day in days.items():
            setattr(line, name, day)
        line._history_date = self._at  # type: ignore[attr-defined]  # simple-history reads it
        with recorded(self._by, self._why):
            line.save(update_fields=list(days))

    def replaced(self, old: StandardEdition, new: StandardEdition, last: date, first: date, today: date) -> None:
        """Enter that one edition ends on a day and the other begins on the next."""
        row = {
            "code": new.code,
            "status": str(EditionStatus.COMING if first > today else EditionStatus.IN_FORCE),
            "effective_from": first.isoformat(),
        }
        self.write("editions", row, {"code": "new"})
        status = EditionStatus.REPLACED if first <= today else EditionStatus(old.status)
        row = {"code": old.code, "status": str(status), "effective_to": last.isoformat(), "replaced_by": new.code}
        self.write("editions", row, {"code": "old", "effective_to": "effective_from"})

    def _synonym(self, kind: str, code: str, text: str) -> None:
        row: dict[str, Any] = {"kind": kind, "of": code, "text": text, "language": "en" if text.isascii() else "zh"}
        self.write("synonyms", row, {"text": "synonyms", "of": "parameter_name"})
