"""Reads of plans, inspectors and tasks."""

from zhunsheng.oversight.inspections.selectors.tasks import (
    task_by_number,
    tasks_of,
    tasks_visible_to,
)

__all__ = ["task_by_number", "tasks_of", "tasks_visible_to"]
