"""Words and meanings of this room's codes for its pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.inspections.lifecycle import PlanStage, TaskStage

PLAN_MEANINGS = {
    PlanStage.DRAFT: "neutral", PlanStage.SUBMITTED: "waiting", PlanStage.APPROVED: "good",
    PlanStage.CLOSED: "neutral", PlanStage.WITHDRAWN: "neutral",
}  # fmt: skip
TASK_MEANINGS = {
    TaskStage.PLANNED: "waiting", TaskStage.ASSIGNED: "attention", TaskStage.REPORTED: "good",
    TaskStage.CANCELLED: "neutral",
}  # fmt: skip
BARRED: dict[str, Any] = {"recent_visit": _("visited the body not long ago")}
"""Reasons for which an inspector is not drawn that only this room knows."""
LEFT_OUT: dict[str, Any] = {
    "same_matter": _("inspected for these matters in the window already, or to be inspected"),
    "frequency": _("visited as often as a year allows, planned visits counted"),
}
STRATA: dict[str, Any] = {
    "field": _("Field of testing"),
    "city": pgettext_lazy("inspections", "City"),
    "grade": _("Grade"),
}
INTERVALS: dict[str, Any] = {
    "census": _("every body was inspected"),
    "rule-of-three": _("none found: at most three in the effective number"),
    "clopper-pearson/yates-grundy": _("Clopper–Pearson on the effective number by Yates and Grundy"),
    "clopper-pearson/brewer": _("Clopper–Pearson on the effective number by Brewer"),
    "clopper-pearson/kish": _("Clopper–Pearson on Kish's effective number"),
}
