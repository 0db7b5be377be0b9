"""The capability schedule (能力附表), with the columns of the official form."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from zhunsheng.registry.bodies.importers.instruments import sites_of
from zhunsheng.registry.bodies.importers.owned import BODY, FROM, TO, place_under_bodies
from zhunsheng.registry.bodies.models import Accreditation, ScopeLine
from zhunsheng.registry.catalogue.importing import columns as read
from zhunsheng.registry.catalogue.importing.columns import Column
from zhunsheng.registry.catalogue.importing.running import Checked, Importer, Row
from zhunsheng.registry.catalogue.importing.writing import Values, Written, upsert
from zhunsheng.registry.catalogue.selectors import Vocabulary

IDENTITY = (
    "body_id", "accreditation_id", "site_id", "object_text", "parameter_text", "method_text", "clause", "valid_from",
)  # fmt: skip


class ScopeImporter(Importer):
    """Scope lines. Object, parameter and method are tied to the catalogue where it knows them; their text stays."""

    kind = "scope"
    identity: ClassVar[tuple[str, ...]] = (
        "body", "accreditation", "site", "object_text", "parameter_text", "method_text", "clause", "valid_from",
    )  # fmt: skip
    columns = (
        BODY,
        Column("accreditation", ("证书编号", "Certificate"), read.text(60), example="231912050001"),
        Column("site", ("场所编号", "场所代码", "Site code"), read.text(40), example="A"),
        Column("domain", ("领域", "Domain"), read.printed(60), example="水质"),
        Column("category", ("类别", "Category"), read.printed(100), example="生活饮用水"),
        Column("object_text", ("检测对象", "Object"), read.printed(200), required=True, example="生活饮用水"),
        Column(
            "parameter_text",
            ("参数名称", "项目/参数名称", "项目名称", "Parameter"),
            read.printed(200),
            required=True,
            example="铅",
        ),
        Column(
            "method_text",
            ("依据标准（方法）名称及编号（含年号）", "依据的标准（方法）名称及编号（含年号）", "标准方法", "Method"),
            read.printed(300),
            required=True,
            example="GB/T 5750.6-2023",
        ),
        Column("clause", ("条款号", "章条号", "Clause"), read.printed(60), example="14.1"),
        Column("limitation", ("限制范围", "Limitation"), read.printed(500), example="0.01~10 mg/L"),
        Column("remark", ("说明", "备注", "Remark"), read.printed(300)),
        FROM,
        TO,
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Find bodies, certificates and sites, and tie the texts to the catalogue."""
        good, checked = place_under_bodies(rows)
        ids = {values["body_id"] for _row, values in good}
        held = list(
            Accreditation.objects.filter(body_id__in=ids).order_by("valid_from").values_list("body_id", "number", "pk")
        )
        by_number = {(body, number): pk for body, number, pk in held}
        latest = {body: pk for body, _number, pk in held}
        sites, words = sites_of(ids), Vocabulary.current()
        for row, values in good:
            body, number, site = values["body_id"], values.pop("accreditation", ""), values.pop("site", "")
            certificate = by_number.get((body, number)) if number else latest.get(body)
            if certificate is None:
                rule, remedy = _("The body has no such certificate."), _("Import the certificate first, or correct it.")
                checked.problems.append(row.problem("accreditation", rule, remedy))
            elif site and (body, site) not in sites:
                rule, remedy = _("The body has no site of this code."), _("Import the site first, or correct the code.")
                checked.problems.append(row.problem("site", rule, remedy))
            else:
                values |= {"accreditation_id": certificate, "site_id": sites.get((body, site)) if site else None}
                checked.rows.append(values | _in_the_catalogue(values, words))
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the scope lines by COPY where they are new."""
        return upsert(ScopeLine, rows, IDENTITY, at=at, fast=True)

    def touched(self, written: Written) -> frozenset[int]:
        """Return the bodies whose scope changed."""
        return frozenset(key[0] for key in [*written.made, *written.changed])


def _in_the_catalogue(values: Values, words: Vocabulary) -> Values:
    """Return what the catalogue says about a line's object, parameter and method."""
    method = words.method(values["method_text"])
    return {
        "object_id": words.object_id(values["object_text"]),
        "parameter_id": words.parameter_id(values["parameter_text"]),
        "edition_id": method.edition.id if method.edition else None,
        "method_base": method.base[:150],
        "method_year": method.year,
        "clause": values.get("clause", ""),
        "valid_from": values.get("valid_from"),
    }
