"""The table of other names of bodies."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.registry.bodies.importers.owned import BODY, FROM, TO, place_under_bodies
from zhunsheng.registry.bodies.models import BodyName, NameKind
from zhunsheng.registry.catalogue.importing import columns as read
from zhunsheng.registry.catalogue.importing.columns import Column
from zhunsheng.registry.catalogue.importing.running import Checked, Importer, Row
from zhunsheng.registry.catalogue.importing.writing import Values, Written, upsert

_KINDS = {
    "曾用名": "former",
    "原名": "former",
    "简称": "short",
    "英文名": "english",
    "英文名称": "english",
    "商号": "trade",
}


class NameImporter(Importer):
    """Former, short, English and trade names."""

    kind = "names"
    identity: ClassVar[tuple[str, ...]] = ("body", "name", "kind")
    columns = (
        BODY,
        Column("name", ("名称", "曾用名称", "Name"), read.printed(200), required=True, example="示范检验技术有限公司"),
        Column("kind", ("名称类别", "Kind"), read.choice(NameKind, _KINDS), required=True, example="曾用名"),
        FROM,
        TO,
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Find bodies; name names of which nothing is left to compare."""
        good, checked = place_under_bodies(rows)
        for row, values in good:
            values["normalised"] = normalise_name(values["name"])[:200]
            if values["normalised"]:
                checked.rows.append(values)
            else:
                rule, remedy = _("The name has no letter or character."), _("Write the name as it is registered.")
                checked.problems.append(row.problem("name", rule, remedy))
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the names."""
        return upsert(BodyName, rows, ("body_id", "kind", "normalised"), at=at)
