"""Tables of assessors and experts: who they are, what they know, whom they work for, what they did."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext as _

from zhunsheng.platform.accounts.models import Division
from zhunsheng.registry.bodies.importers.guesses import remedies
from zhunsheng.registry.bodies.importers.owned import FROM, TO, bodies_named, period_problem
from zhunsheng.registry.bodies.importers.persons import NUMBER, with_index
from zhunsheng.registry.bodies.models import (
    Expert,
    ExpertAssignment,
    ExpertEmployment,
    ExpertEvaluation,
    ExpertMeasure,
    ExpertMeasureKind,
    ExpertRank,
    ExpertSpeciality,
    ExpertTraining,
)
from zhunsheng.registry.catalogue.importing import columns as read
from zhunsheng.registry.catalogue.importing.columns import CellError, Column
from zhunsheng.registry.catalogue.importing.running import Checked, Importer, Row
from zhunsheng.registry.catalogue.importing.writing import Values, Written, upsert

_RANKS = {"评审组长": "leader", "评审员": "assessor", "技术专家": "expert", "专家": "expert"}
_MEASURES = {"警告": "warned", "暂停": "suspended", "除名": "removed", "移出": "removed"}
_CODE = Column("expert", ("名录编号", "专家编号", "Expert"), read.text(40), required=True, example="GD-A-0001")
_BODY = Column("body", ("机构标识", "资质认定编号", "Body"), read.text(120), example="231912050001")
_REFERENCE = Column("reference", ("任务编号", "Reference"), read.text(80), required=True, example="PS-2026-0031")


def _score(cell: str) -> int:
    found = read.whole(cell)
    if found > 100:
        raise CellError(_("A score is at most 100."), _("Give the score out of 100."))
    return found


def _needed(column: Column, example: str) -> Column:
    return Column(column.name, column.titles, column.read, required=True, example=example)


class ExpertImporter(Importer):
    """Assessors and experts. The identity number is stored encrypted, and its check character verified."""

    kind = "experts"
    identity: ClassVar[tuple[str, ...]] = ("code",)
    columns = (
        Column("code", ("名录编号", "专家编号", "Expert"), read.text(40), required=True, example="GD-A-0001"),
        Column("name", ("姓名", "Name"), read.printed(100), required=True, example="王示范"),
        Column("rank", ("级别", "Rank"), read.choice(ExpertRank, _RANKS), required=True, example="评审员"),
        Column("title", ("职务/职称", "职称", "Title"), read.printed(100), example="正高级工程师"),
        NUMBER,
        Column("division", ("行政区划代码", "Division"), read.text(6), example="440106"),
        FROM,
        TO,
        Column("generated", ("演示数据", "Generated"), read.yes),
    )

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Find divisions; name a number that another expert has."""
        codes = {row.values["division"] for row in rows if "division" in row.values}
        divisions = set(Division.objects.filter(code__in=codes).values_list("code", flat=True))
        found = [(row, with_index(dict(row.values))) for row in rows]
        indexes = {values["number_index"] for _row, values in found if "number_index" in values}
        holders = dict(Expert.objects.filter(number_index__in=indexes).values_list("number_index", "code"))
        checked = Checked()
        for row, values in found:
            problem = period_problem(row)
            if "division" in values and values["division"] not in divisions:
                rule, remedy = _("The division isn't known."), _("Use a six-digit code such as 440106.")
                problem = row.problem("division", rule, remedy)
            elif holders.setdefault(str(values.get("number_index", values["code"])), values["code"]) != values["code"]:
                rule, remedy = _("Another expert has this identity number."), _("Use that expert's register number.")
                problem = row.problem("code", rule, remedy)
            if problem is not None:
                checked.problems.append(problem)
                continue
            if "division" in values:
                values["division_id"] = values.pop("division")
            checked.rows.append(values)
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the experts."""
        return upsert(Expert, rows, ("code",), at=at)


class _OfExpert(Importer):
    """A table whose lines belong to experts; a body is found where the table names one."""

    model: ClassVar[type[Model]]
    key: ClassVar[tuple[str, ...]]

    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Find experts and bodies."""
        codes = {row.values["expert"] for row in rows}
        experts = dict(Expert.objects.filter(code__in=codes).values_list("code", "pk"))
        naming = [row for row in rows if "body" in row.values]
        bodies = bodies_named(naming) if naming else {}
        advice = remedies({row.values["body"] for row in naming} - bodies.keys())
        checked = Checked()
        for row in rows:
            values: dict[str, Any] = dict(row.values)
            expert, body = experts.get(values.pop("expert")), values.pop("body", None)
            problem = period_problem(row)
            if expert is None:
                rule, remedy = _("The register has no expert of this number."), _("Import the expert first.")
                problem = row.problem("expert", rule, remedy)
            elif body is not None and body not in bodies:
                problem = row.problem("body", _("The register doesn't know this body."), advice[body])
            if problem is not None:
                checked.problems.append(problem)
                continue
            if body is not None:
                values["body_id"] = bodies[body]
            if "valid_from" in self.key:
                values.setdefault("valid_from", None)
            checked.rows.append(values | {"expert_id": expert})
        return checked

    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write the lines."""
        return upsert(self.model, rows, self.key, at=at)


class SpecialityImporter(_OfExpert):
    """Fields in which experts may be called."""

    kind = "specialities"
    model, key = ExpertSpeciality, ("expert_id", "domain")
    identity: ClassVar[tuple[str, ...]] = ("expert", "domain")
    columns = (
        _CODE,
        Column("domain", ("专业领域", "Speciality"), read.printed(100), required=True, example="食品检验"),
        Column("field", ("领域代码", "Field code"), read.text(2), example="00"),
        FROM,
        TO,
    )


class TrainingImporter(_OfExpert):
    """Trainings that experts passed."""

    kind = "trainings"
    model, key = ExpertTraining, ("expert_id", "certificate_no")
    identity: ClassVar[tuple[str, ...]] = ("expert", "certificate_no")
    columns = (
        _CODE,
        Column("course", ("培训课程", "Course"), read.printed(200), required=True, example="资质认定评审准则"),
        Column("certificate_no", ("培训证书编号", "Certificate"), read.text(80), required=True, example="PX-2025-0107"),
        _needed(FROM, "2025-03-01"),
        Column(TO.name, TO.titles, TO.read, example="2028-02-29"),
    )


class EmploymentImporter(_OfExpert):
    """For whom experts work and worked: panels avoid these bodies."""

    kind = "employments"
    model, key = ExpertEmployment, ("expert_id", "employer", "valid_from")
    identity: ClassVar[tuple[str, ...]] = ("expert", "employer", "valid_from")
    columns = (
        _CODE,
        Column("employer", ("工作单位", "Employer"), read.printed(200), required=True, example="示范检测有限公司"),
        _BODY,
        FROM,
        TO,
    )


class AssignmentImporter(_OfExpert):
    """Tasks on which experts worked: the workload is counted from these."""

    kind = "assignments"
    model, key = ExpertAssignment, ("expert_id", "reference")
    identity: ClassVar[tuple[str, ...]] = ("expert", "reference")
    columns = (
        _CODE,
        _REFERENCE,
        Column("task", ("任务", "Task"), read.printed(200), required=True, example="首次评审"),
        _BODY,
        Column("leader", ("是否组长", "Leader"), read.yes, example="否"),
        _needed(FROM, "2026-03-02"),
        Column(TO.name, TO.titles, TO.read, example="2026-03-04"),
    )


class EvaluationImporter(_OfExpert):
    """How experts' work was judged."""

    kind = "evaluations"
    model, key = ExpertEvaluation, ("expert_id", "reference", "evaluator")
    identity: ClassVar[tuple[str, ...]] = ("expert", "reference", "evaluator")
    columns = (
        _CODE,
        _REFERENCE,
        Column("evaluator", ("评价人", "Evaluated by"), read.printed(100), required=True, example="省局评审处"),
        Column("score", ("评分", "Score"), _score, required=True, example="92"),
        Column("comment", ("评语", "Comment"), read.printed(300), example="现场核查细致"),
        Column("evaluated_on", ("评价日期", "Evaluated on"), read.day, required=True, example="2026-03-10"),
    )


class MeasureImporter(_OfExpert):
    """Warnings, suspensions and removals of experts, each with its decision."""

    kind = "measures"
    model, key = ExpertMeasure, ("expert_id", "kind", "valid_from")
    identity: ClassVar[tuple[str, ...]] = ("expert", "kind", "valid_from")
    columns = (
        _CODE,
        Column(
            "kind", ("处理措施", "Measure"), read.choice(ExpertMeasureKind, _MEASURES), required=True, example="警告"
        ),
        _needed(FROM, "2026-04-01"),
        Column(TO.name, TO.titles, TO.read, example="2026-09-30"),
        Column("reason", ("原因", "Reason"), read.printed(300), required=True, example="未按规定回避"),
        Column(
            "decision_no", ("决定文号", "Decision"), read.printed(80), required=True, example="粤市监函〔2026〕21号"
        ),
    )
