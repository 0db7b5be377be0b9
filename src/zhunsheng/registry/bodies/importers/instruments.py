"""Tables of instruments and their calibrations."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from zhunsheng.registry.bodies.importers.owned import BODY, FROM, TO, place_under_bodies
from zhunsheng.registry.bodies.models import Calibration, CalibrationResult, Instrument, ReferenceMaterial, Site
from zhunsheng.registry.catalogue.importing import columns as read
from zhunsheng.registry.catalogue.importing.columns import Column
from zhunsheng.registry.catalogue.importing.running import Checked, Importer, Row
from zhunsheng.registry.catalogue.importing.writing import Values, Written, upsert
from zhunsheng.registry.catalogue.selectors import Vocabulary

_RESULTS = {"合格": "pass", "符合": "pass", "限用": "limited", "准用": "limited", "不合格": "fail", "停用": "fail"}
_CODE = Column("code", ("设备编号", "仪器编号", "Instrument code"), read.text(60), required=True, example="E-0012")


class InstrumentImporter(Importer):
    """Instruments."""

    kind = "instruments"
    identity: ClassVar[tuple[str, ...]] = ("body", "code")
    columns = (
        BODY,
        Column("site", ("场所编号", "场所代码", "Site code"), read.text(40), example="A"),
        _CODE,
        Column(
            "name", ("设备名称", "仪器名称", "Name"), read.printed(200), required=True, example="原子吸收分光光度计"
        ),
        Column("model", ("型号", "规格型号", "Model"), read.printed(100), example="AA-7000"),
        Column("serial", ("出厂编号", "Serial number"), read.printed(100), example="A30665"),
        Column("measuring_range", ("测量范围", "Measuring range"), read.printed(200), example="190~900 nm"),
        Column("shared", ("是否共享", "对外共享", "Shared"), read.yes, example="是"),
        Column("share_terms", ("共享条件", "Terms of sharing"), read.printed(300), example="预约使用，按机时收费"),
        FROM,
        TO,
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Find bodies and sites."""
        good, checked = place_under_bodies(rows)
        sites = sites_of({values["body_id"] for _row, values in good})
        for row, values in good:
            site = values.pop("site", "")
            if site and (values["body_id"], site) not in sites:
                rule, remedy = _("The body has no site of this code."), _("Import the site first, or correct the code.")
                checked.problems.append(row.problem("site", rule, remedy))
            elif values.get("shared") and not values.get("share_terms"):
                rule, remedy = _("A shared instrument needs its terms."), _("Say on what terms others may use it.")
                checked.problems.append(row.problem("share_terms", rule, remedy))
            else:
                if site:
                    values["site_id"] = sites[values["body_id"], site]
                checked.rows.append(values)
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the instruments."""
        return upsert(Instrument, rows, ("body_id", "code"), at=at)


class CalibrationImporter(Importer):
    """Calibrations of instruments."""

    kind = "calibrations"
    identity: ClassVar[tuple[str, ...]] = ("body", "code", "certificate_no")
    columns = (
        BODY,
        _CODE,
        Column(
            "certificate_no",
            ("校准证书编号", "检定证书编号", "Certificate"),
            read.text(80),
            required=True,
            example="GX2026-0311",
        ),
        Column("agency", ("校准机构", "检定机构", "Calibrated by"), read.printed(200), example="省计量院"),
        Column(
            "calibrated_on", ("校准日期", "检定日期", "Calibrated on"), read.day, required=True, example="2026-03-02"
        ),
        Column("due_on", ("有效期至", "下次校准日期", "Due on"), read.day, example="2027-03-01"),
        Column("result", ("校准结果", "确认结果", "Result"), read.choice(CalibrationResult, _RESULTS), example="合格"),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Find bodies and instruments; name due dates before the calibration."""
        good, checked = place_under_bodies(rows)
        ids = {values["body_id"] for _row, values in good}
        instruments = {
            (body, code): pk
            for body, code, pk in Instrument.objects.filter(body_id__in=ids).values_list("body_id", "code", "pk")
        }
        for row, values in good:
            instrument = instruments.get((values.pop("body_id"), values.pop("code")))
            due = values.get("due_on")
            if instrument is None:
                rule, remedy = _("The body has no instrument of this code."), _("Import it first, or correct the code.")
                checked.problems.append(row.problem("code", rule, remedy))
            elif due and due < values["calibrated_on"]:
                checked.problems.append(row.problem("due_on", _("It ends before it begins."), _("Check both dates.")))
            else:
                checked.rows.append(values | {"instrument_id": instrument})
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the calibrations."""
        return upsert(Calibration, rows, ("instrument_id", "certificate_no"), at=at)


class MaterialImporter(Importer):
    """Reference materials."""

    kind = "materials"
    identity: ClassVar[tuple[str, ...]] = ("body", "crm_no", "lot")
    columns = (
        BODY,
        Column("site", ("场所编号", "场所代码", "Site code"), read.text(40), example="A"),
        Column("crm_no", ("标准物质编号", "CRM number"), read.text(60), required=True, example="GBW(E)080129"),
        Column("lot", ("批号", "Lot"), read.text(60), required=True, example="24031"),
        Column("name", ("标准物质名称", "Name"), read.printed(200), required=True, example="水中铅溶液标准物质"),
        Column("parameter_text", ("定值参数", "Parameter"), read.printed(200), example="铅"),
        Column("value", ("标准值", "Value"), read.decimal, example="1000"),
        Column("uncertainty", ("扩展不确定度", "Uncertainty"), read.decimal, example="8"),
        Column("unit", ("单位", "Unit"), read.text(40), example="μg/mL"),
        Column("producer", ("研制单位", "Producer"), read.printed(200), example="省计量院"),
        Column("valid_from", ("入库日期", "Held from"), read.day, example="2025-03-02"),
        Column("valid_to", ("有效期至", "Usable until"), read.day, example="2027-03-01"),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Find bodies and sites; tie the parameter to the catalogue where it knows it."""
        good, checked = place_under_bodies(rows)
        sites = sites_of({values["body_id"] for _row, values in good})
        words = Vocabulary.current()
        for row, values in good:
            site = values.pop("site", "")
            if site and (values["body_id"], site) not in sites:
                rule, remedy = _("The body has no site of this code."), _("Import the site first, or correct the code.")
                checked.problems.append(row.problem("site", rule, remedy))
                continue
            if site:
                values["site_id"] = sites[values["body_id"], site]
            if "parameter_text" in values:
                values["parameter_id"] = words.parameter_id(values["parameter_text"])
            checked.rows.append(values)
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the reference materials."""
        return upsert(ReferenceMaterial, rows, ("body_id", "crm_no", "lot"), at=at)


def sites_of(body_ids: set[int]) -> dict[tuple[int, str], int]:
    """Return the sites of some bodies by body and code."""
    held = Site.objects.filter(body_id__in=body_ids).values_list("body_id", "code", "pk")
    return {(body, code): pk for body, code, pk in held}
