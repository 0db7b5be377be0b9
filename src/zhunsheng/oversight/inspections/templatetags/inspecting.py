"""Words and meanings of inspections for their templates."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import pgettext

from zhunsheng.oversight.inspections import lawbook
from zhunsheng.oversight.inspections.models import Plan, Task
from zhunsheng.oversight.inspections.wording import INTERVALS, PLAN_MEANINGS, STRATA, TASK_MEANINGS

register = template.Library()


@register.filter
def plan_meaning(plan: Plan) -> str:
    """Return what a plan's stage means for its badge."""
    return PLAN_MEANINGS.get(plan.stage, "neutral")  # type: ignore[call-overload, no-any-return]  # stages are texts


@register.filter
def task_meaning(task: Task) -> str:
    """Return what a task's stage means for its badge."""
    return TASK_MEANINGS.get(task.stage, "neutral")  # type: ignore[call-overload, no-any-return]  # stages are texts


@register.filter
def matter_words(codes: list[str]) -> str:
    """Return matters in words."""
    known = lawbook.matters(timezone.localdate())
    return _joined(lawbook.said(known.get(one), one) for one in codes)


@register.filter
def field_words(codes: list[str]) -> str:
    """Return fields of testing in words."""
    known = lawbook.fields(timezone.localdate())
    return _joined(lawbook.said(known.get(one), one) for one in codes)


@register.filter
def result_words(codes: list[str]) -> str:
    """Return result codes in words, each with its code."""
    known = lawbook.result_codes(timezone.localdate())
    return _joined(f"{one} {lawbook.said(known.get(one))}".strip() for one in codes)


@register.filter
def strata_words(codes: list[str]) -> str:
    """Return by what a plan divides its frame."""
    return _joined(str(STRATA.get(one, one)) for one in codes)


@register.filter
def interval_words(method: str) -> str:
    """Return how an interval was computed."""
    return str(INTERVALS.get(method, method))


@register.filter
def percent(share: float | None) -> str:
    """Return a share in percent with one decimal."""
    return "" if share is None else f"{100 * share:.1f} %"


@register.filter
def looked_up(code: str, words: Mapping[str, Any]) -> str:
    """Return the words for a code, the code where there are none."""
    return str(words.get(code, code))


def _joined(parts: Any) -> str:
    return pgettext("list", ", ").join(parts)
