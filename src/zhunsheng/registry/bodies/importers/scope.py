"""The capability schedule (能力附表), with the columns of the official form."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from zhunsheng.registry.bodies.importers.guesses import remedies
from zhunsheng.registry.bodies.importers.instruments import sites_of
from zhunsheng.registry.bodies.importers.owned import BODY, FROM, TO, bodies_named, period_problem
from zhunsheng.registry.bodies.importers.scope_writing import ScopeWriter
from zhunsheng.registry.bodies.models import Accreditation
from zhunsheng.registry.catalogue.importing import columns as read
from zhunsheng.registry.catalogue.importing.columns import Column
from zhunsheng.registry.catalogue.importing.outcome import Problem
from zhunsheng.registry.catalogue.importing.running import Checked, Importer, Row
from zhunsheng.registry.catalogue.importing.writing import Values, Written
from zhunsheng.registry.catalogue.selectors import Vocabulary

_AS_GIVEN = (
    "domain", "category", "object_text", "parameter_text", "method_text", "limitation", "remark", "valid_to",
)  # fmt: skip
_REMEMBERED = 500_000


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

    in_parts: ClassVar[bool] = True

    def __init__(self) -> None:
        self._writer = ScopeWriter()
        self._words: tuple[Vocabulary, dict[tuple[str, str, str], Values]] | None = None

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Find bodies, certificates and sites, and tie the texts to the catalogue."""
        checked, bodies = Checked(), bodies_named(rows)
        advice = remedies({row.values["body"] for row in rows} - bodies.keys())
        places = _Places(set(bodies.values()))
        meaning = self._meanings()
        for row in rows:
            given = row.values
            if given["body"] not in bodies:
                rule = _("The register doesn't know this body.")
                checked.problems.append(row.problem("body", rule, advice[given["body"]]))
                continue
            problem = _problem(row, bodies[given["body"]], places)
            if problem is not None:
                checked.problems.append(problem)
                continue
            body = bodies[given["body"]]
            number, site = given.get("accreditation", ""), given.get("site", "")
            texts = given["object_text"], given["parameter_text"], given["method_text"]
            values = {name: given[name] for name in _AS_GIVEN if name in given}
            values |= meaning.get(texts) or self._understood(texts)
            values["body_id"] = body
            values["accreditation_id"] = places.certificates[body, number] if number else places.latest[body]
            values["site_id"] = places.sites[body, site] if site else None
            values["clause"], values["valid_from"] = given.get("clause", ""), given.get("valid_from")
            checked.rows.append(values)
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the scope lines by COPY where they are new."""
        return self._writer.write(rows, at)

    def touched(self, written: Written) -> frozenset[int]:
        """Return the bodies whose scope changed."""
        return frozenset(key[0] for key in [*written.made, *written.changed])

    def _meanings(self) -> dict[tuple[str, str, str], Values]:
        current = Vocabulary.current()
        if self._words is None or self._words[0] is not current or len(self._words[1]) > _REMEMBERED:
            self._words = (current, {})
        return self._words[1]

    def _understood(self, texts: tuple[str, str, str]) -> Values:
        """Return what the catalogue says about a line's object, parameter and method, and remember it."""
        words, known = self._words or (Vocabulary.current(), {})
        method = words.method(texts[2])
        known[texts] = {
            "object_id": words.object_id(texts[0]),
            "parameter_id": words.parameter_id(texts[1]),
            "edition_id": method.edition.id if method.edition else None,
            "method_base": method.base[:150],
            "method_year": method.year,
        }
        return known[texts]


class _Places:
    """Certificates and sites of some bodies: two queries."""

    def __init__(self, body_ids: set[int]) -> None:
        held = Accreditation.objects.filter(body_id__in=body_ids).order_by("valid_from")
        rows = list(held.values_list("body_id", "number", "pk"))
        self.certificates = {(body, number): pk for body, number, pk in rows}
        self.latest = {body: pk for body, _number, pk in rows}
        self.sites = sites_of(body_ids)


def _problem(row: Row, body: int, places: _Places) -> Problem | None:
    given = row.values
    number, site = given.get("accreditation", ""), given.get("site", "")
    if (body, number) not in places.certificates if number else body not in places.latest:
        rule, remedy = _("The body has no such certificate."), _("Import the certificate first, or correct it.")
        return row.problem("accreditation", rule, remedy)
    if site and (body, site) not in places.sites:
        rule, remedy = _("The body has no site of this code."), _("Import the site first, or correct the code.")
        return row.problem("site", rule, remedy)
    return period_problem(row)
