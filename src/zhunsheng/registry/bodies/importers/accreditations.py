"""Tables of certificates and of the periods within their terms."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar

from django.utils.translation import gettext as _

from zhunsheng.registry.bodies.importers.owned import BODY, FROM, TO, period_problem, place_under_bodies
from zhunsheng.registry.bodies.models import Accreditation, AccreditationPeriod, PeriodState
from zhunsheng.registry.catalogue.importing import columns as read
from zhunsheng.registry.catalogue.importing.columns import Column
from zhunsheng.registry.catalogue.importing.running import Checked, Importer, Row
from zhunsheng.registry.catalogue.importing.writing import Values, Written, upsert

_STATUS = {
    "有效": "active",
    "正常": "active",
    "延续": "active",
    "过期": "expired",
    "暂停": "suspended",
    "注销": "cancelled",
    "撤销": "revoked",
}
_NUMBER = Column(
    "number", ("证书编号", "资质认定证书编号", "Certificate"), read.text(60), required=True, example="231912050001"
)
_PERIOD = ("accreditation_id", "state", "valid_from")
_DATED = frozenset({"suspended", "cancelled", "revoked"})


class AccreditationImporter(Importer):
    """Certificates. A status other than active with its date becomes a period that is open to its end."""

    kind = "accreditations"
    identity: ClassVar[tuple[str, ...]] = ("number",)
    columns = (
        BODY,
        _NUMBER,
        Column("status", ("证书状态", "状态", "Status"), read.choice(PeriodState, _STATUS), example="有效"),
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
            elif values.get("status") in _DATED and "status_on" not in values:
                rule, remedy = _("This status needs its date."), _("Fill in since when it holds.")
                checked.problems.append(row.problem("status_on", rule, remedy))
            else:
                checked.rows.append(values)
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the certificates, then what their status says of their periods."""
        plain = [{name: row[name] for name in row if not name.startswith("status")} for row in rows]
        written = upsert(Accreditation, plain, ("number",), at=at)
        dated = {row["number"]: row for row in rows if row.get("status") and row.get("status_on")}
        ids = dict(Accreditation.objects.filter(number__in=dated).values_list("number", "pk"))
        started: list[Values] = [
            {"accreditation_id": ids[number], "state": row["status"], "valid_from": row["status_on"]}
            for number, row in dated.items()
            if row["status"] != PeriodState.ACTIVE
        ]
        periods = [upsert(AccreditationPeriod, started, _PERIOD, at=at)]
        resumed = {ids[n]: row["status_on"] for n, row in dated.items() if row["status"] == PeriodState.ACTIVE}
        periods.append(upsert(AccreditationPeriod, _ended(resumed), _PERIOD, at=at))
        names = {pk: number for number, pk in ids.items()}
        moved = {(names[key[0]],) for one in periods for key in (*one.made, *one.changed)}
        moved -= {*written.made, *written.changed}
        return Written(written.made, [*written.changed, *sorted(moved)], written.unchanged - len(moved))


def _ended(resumed: dict[int, date]) -> list[Values]:
    """Return the open suspensions of these certificates, ended on the day before the certificate was valid again."""
    begun = AccreditationPeriod.objects.filter(
        accreditation_id__in=resumed, state=PeriodState.SUSPENDED, valid_to=None
    ).values_list("accreditation_id", "valid_from")
    return [
        {
            "accreditation_id": certificate,
            "state": PeriodState.SUSPENDED.value,
            "valid_from": first,
            "valid_to": resumed[certificate] - timedelta(days=1),
        }
        for certificate, first in begun
        if first < resumed[certificate]
    ]


class PeriodImporter(Importer):
    """Terms, suspensions, cancellations and revocations of certificates, each with its decision."""

    kind = "periods"
    identity: ClassVar[tuple[str, ...]] = ("number", "state", "valid_from")
    columns = (
        _NUMBER,
        Column("state", ("状态", "Status"), read.choice(PeriodState, _STATUS), required=True, example="暂停"),
        Column(FROM.name, FROM.titles, FROM.read, required=True, example="2025-03-01"),
        Column(TO.name, TO.titles, TO.read, example="2025-05-31"),
        Column("reason", ("原因", "Reason"), read.printed(300), example="场所变更未按时备案"),
        Column("decision_no", ("决定文号", "文号", "Decision"), read.printed(80), example="粤市监资〔2025〕12号"),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Find certificates; name periods that end before they begin."""
        numbers = {row.values["number"] for row in rows}
        ids = dict(Accreditation.objects.filter(number__in=numbers).values_list("number", "pk"))
        checked = Checked()
        for row in rows:
            problem = period_problem(row)
            if row.values["number"] not in ids:
                rule, remedy = _("The register has no such certificate."), _("Import the certificate first.")
                problem = row.problem("number", rule, remedy)
            if problem is not None:
                checked.problems.append(problem)
                continue
            values = {name: value for name, value in row.values.items() if name != "number"}
            checked.rows.append(values | {"accreditation_id": ids[row.values["number"]]})
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the periods."""
        return upsert(AccreditationPeriod, rows, _PERIOD, at=at)
