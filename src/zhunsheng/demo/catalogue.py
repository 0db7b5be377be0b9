"""Loads the standards, objects, parameters and limits of the demo province through the ordinary importers."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext_noop

from zhunsheng.demo.tables import methods, objects, rows
from zhunsheng.foundation.errors import DomainError
from zhunsheng.registry.catalogue.importing.outcome import Outcome
from zhunsheng.registry.catalogue.services import import_rows

WHY = gettext_noop("Data of the demonstration province")


class DemoRefused(DomainError):
    """An importer refused the demo's own data, or the home is in use."""

    code = "demo-refused"


def checked(outcome: Outcome) -> Outcome:
    """Return the outcome of an import. Raises: DemoRefused naming the first problem."""
    if outcome.problems:
        first = outcome.problems[0]
        raise DemoRefused(
            "The demo's %(kind)s were refused at line %(line)s, %(field)s “%(value)s”: %(rule)s",
            params={
                "kind": outcome.kind,
                "line": first.line,
                "field": first.field,
                "value": first.value,
                "rule": first.rule,
            },
            field=first.field,
        )
    return outcome


def load_catalogue(at: datetime) -> None:
    """Load the catalogue; running it again changes nothing. Raises: DemoRefused."""
    for kind, lines in _tables():
        checked(import_rows(kind=kind, rows=lines, by=None, at=at, why=WHY))


def _tables() -> Iterable[tuple[str, list[Mapping[str, str]]]]:
    yield "standards", list(rows("standards.csv"))
    editions = sorted(rows("editions.csv"), key=lambda row: row["replaced_by"])
    yield "editions", [{key: text for key, text in row.items() if key != "base_code"} for row in editions]
    yield "objects", list(rows("objects.csv"))
    yield "parameters", _parameters()
    yield (
        "synonyms",
        [
            {"kind": "parameter", "of": row["parameter"], "text": row["text"], "language": row["language"]}
            for row in rows("synonyms.csv")
        ],
    )
    yield "methods", list(rows("clauses.csv"))
    yield "limits", _limits()


def _parameters() -> list[Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    kinds = {row["code"]: row for row in rows("kinds.csv")}
    for method in methods():
        kind = kinds.get(method.code, {})
        line = {
            "code": method.code,
            "name": method.name,
            "name_en": method.name_en,
            "cas": method.cas,
            "quantity_kind": kind.get("quantity_kind", ""),
            "unit": kind.get("unit", ""),
        }
        found.setdefault(method.code, line)
    return list(found.values())


def _limits() -> list[Mapping[str, str]]:
    return [
        {
            "edition": method.product_standard,
            "object": objects()[method.object],
            "parameter": method.code,
            "minimum": method.minimum,
            "maximum": method.maximum,
            "unit": method.unit,
            "rule": "simple",
        }
        for method in methods()
        if method.product_standard
    ]
