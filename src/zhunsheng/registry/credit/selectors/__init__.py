"""Every read of credit files."""

from zhunsheng.registry.credit.selectors.files import (
    breaches_between,
    events_between,
    events_visible_to,
    obligations_of,
    obligations_open,
    obligations_visible_to,
)
from zhunsheng.registry.credit.selectors.grades import (
    distribution,
    draw_rate,
    effects_of,
    grade_on,
    grades_of,
    grades_on,
    grades_visible_to,
    movements_visible_to,
    newest_scoring,
    scorings_of,
)

__all__ = [
    "breaches_between",
    "distribution",
    "draw_rate",
    "effects_of",
    "events_between",
    "events_visible_to",
    "grade_on",
    "grades_of",
    "grades_on",
    "grades_visible_to",
    "movements_visible_to",
    "newest_scoring",
    "obligations_of",
    "obligations_open",
    "obligations_visible_to",
    "scorings_of",
]
