"""What all tables about a body share: the column that names the body, and the periods."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from zhunsheng.registry.bodies.importers.guesses import remedies
from zhunsheng.registry.bodies.models import Accreditation, Body
from zhunsheng.registry.catalogue.importing import columns as read
from zhunsheng.registry.catalogue.importing.columns import Column
from zhunsheng.registry.catalogue.importing.outcome import Problem
from zhunsheng.registry.catalogue.importing.running import Checked, Row
from zhunsheng.registry.catalogue.importing.writing import Values

BODY = Column(
    "body",
    ("机构标识", "机构编号", "资质认定编号", "统一社会信用代码", "Body"),
    read.text(120),
    required=True,
    example="231912050001",
)
FROM = Column("valid_from", ("有效期起", "生效日期", "开始日期", "Valid from"), read.day, example="2023-05-01")
TO = Column("valid_to", ("有效期止", "失效日期", "截止日期", "Valid to"), read.day, example="2029-04-30")


def bodies_named(rows: Iterable[Row]) -> dict[str, int]:
    """Return the bodies that the rows name by slug, credit code or certificate number: three queries."""
    texts = {row.values["body"] for row in rows}
    found = dict(Accreditation.objects.filter(number__in=texts).values_list("number", "body_id"))
    found |= dict(Body.objects.filter(uscc__in=texts).exclude(uscc="").values_list("uscc", "pk"))
    found |= dict(Body.objects.filter(slug__in=texts).values_list("slug", "pk"))
    return found


def place_under_bodies(rows: Sequence[Row]) -> tuple[list[tuple[Row, Values]], Checked]:
    """Return the rows of known bodies with right periods, `body_id` in place of `body`; the rest as problems."""
    bodies = bodies_named(rows)
    advice = remedies({row.values["body"] for row in rows} - set(bodies))
    good: list[tuple[Row, Values]] = []
    checked = Checked()
    for row in rows:
        problem = period_problem(row)
        if row.values["body"] not in bodies:
            rule = _("The register doesn't know this body.")
            problem = row.problem("body", rule, advice[row.values["body"]])
        if problem is not None:
            checked.problems.append(problem)
            continue
        values = {name: value for name, value in row.values.items() if name != "body"}
        good.append((row, values | {"body_id": bodies[row.values["body"]]}))
    return good, checked


def period_problem(row: Row) -> Problem | None:
    """Return a problem if the row's period ends before it begins."""
    first, last = row.values.get("valid_from"), row.values.get("valid_to")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        return row.problem("valid_to", _("It ends before it begins."), _("Check both dates."))
    return None
