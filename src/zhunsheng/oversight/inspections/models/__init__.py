"""Plans, the draws that belong to them, inspectors and the planned visits."""

from zhunsheng.oversight.inspections.models.inspectors import Inspector, InspectorInterest
from zhunsheng.oversight.inspections.models.plans import Plan, PlanDraw, PlanInput
from zhunsheng.oversight.inspections.models.tasks import Task, TaskCause

__all__ = ["Inspector", "InspectorInterest", "Plan", "PlanDraw", "PlanInput", "Task", "TaskCause"]
