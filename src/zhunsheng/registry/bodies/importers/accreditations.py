"""The table of certificates."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from zhunsheng.registry.bodies.importers.owned import BODY, place_under_bodies
from zhunsheng.registry.bodies.models import Accreditation, AccreditationStatus
from zhunsheng.registry.catalogue.importing import columns as read
from zhunsheng.registry.catalogue.importing.columns import Column
from zhunsheng.registry.catalogue.importing.running import Checked, Importer, Row
from zhunsheng.registry.catalogue.importing.writing import Values, Written, upsert

_STATUS = {
    "有效": "active",
    "正常": "active",
    "过期": "expired",
    "暂停": "suspended",
    "注销": "cancelled",
    "撤销": "revoked",
}


class AccreditationImporter(Importer):
    """Certificates."""

    kind = "accreditations"
    identity: ClassVar[tuple[str, ...]] = ("number",)
    columns = (
        BODY,
        Column(
            "number",
            ("证书编号", "资质认定证书编号", "Certificate"),
            read.text(60),
            required=True,
            example="231912050001",
        ),
        Column("status", ("证书状态", "状态", "Status"), read.choice(AccreditationStatus, _STATUS), example="有效"),
        Column("valid_from", ("发证日期", "有效期起", "Valid from"), read.day, required=True, example="2023-05-01"),
        Column("valid_to", ("有效期至", "有效期止", "Valid to"), read.day, example="2029-04-30"),
        Column("status_on", ("状态日期", "Status since"), read.day),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Find bodies; name numbers of other bodies and undated ends."""
        good, checked = place_under_bodies(rows)
        numbers = {values["number"] for _row, values in good}
        holders = dict(Accreditation.objects.filter(number__in=numbers).values_list("number", "body_id"))
        for row, values in good:
            if holders.get(values["number"], values["body_id"]) != values["body_id"]:
                rule, remedy = _("Another body holds this certificate."), _("Compare it with the certificate.")
                checked.problems.append(row.problem("number", rule, remedy))
            elif values.get("status") in {"suspended", "cancelled", "revoked"} and "status_on" not in values:
                rule, remedy = _("This status needs its date."), _("Fill in since when it holds.")
                checked.problems.append(row.problem("status_on", rule, remedy))
            else:
                checked.rows.append(values)
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the certificates."""
        return upsert(Accreditation, rows, ("number",), at=at)
