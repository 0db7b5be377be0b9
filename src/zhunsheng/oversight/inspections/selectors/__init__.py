"""Reads of plans, inspectors and tasks."""

from zhunsheng.oversight.inspections.selectors.frames import Frame, fields_of, frame_for, row_id
from zhunsheng.oversight.inspections.selectors.plans import (
    draws_of,
    figures_of,
    newest_of,
    open_draw,
    plans_visible_to,
    public_draws,
    public_plans,
    waiting_for_approval,
    with_figures,
)
from zhunsheng.oversight.inspections.selectors.plans import next_number as next_plan_number
from zhunsheng.oversight.inspections.selectors.pool import inspectors_frame, inspectors_visible_to, pool_of, with_load
from zhunsheng.oversight.inspections.selectors.tasks import (
    disclosed,
    next_task_key,
    task_by_number,
    task_number,
    tasks_of,
    tasks_visible_to,
)
from zhunsheng.oversight.inspections.selectors.words import spoken, stratum_titles, stratum_words

__all__ = [
    "Frame",
    "disclosed",
    "draws_of",
    "fields_of",
    "figures_of",
    "frame_for",
    "inspectors_frame",
    "inspectors_visible_to",
    "newest_of",
    "next_plan_number",
    "next_task_key",
    "open_draw",
    "plans_visible_to",
    "pool_of",
    "public_draws",
    "public_plans",
    "row_id",
    "spoken",
    "stratum_titles",
    "stratum_words",
    "task_by_number",
    "task_number",
    "tasks_of",
    "tasks_visible_to",
    "waiting_for_approval",
    "with_figures",
    "with_load",
]
