"""Reads of reviews."""

from zhunsheng.admission.reviews.selectors.candidates import Candidate, candidates_for
from zhunsheng.admission.reviews.selectors.progress import (
    facts_of_lines,
    left_to_do,
    may_be_given_up,
    proposed_outcomes,
    rectification_due,
)
from zhunsheng.admission.reviews.selectors.report import (
    Report,
    conclusion_of,
    figures_of,
    possible_for,
    report_of,
    voices_of,
)
from zhunsheng.admission.reviews.selectors.reviews import (
    field_choices,
    field_titles,
    is_drawn,
    members_of,
    newest_of,
    next_number,
    reviews_visible_to,
    seats_waiting_for,
    who_may_step_up,
)
from zhunsheng.admission.reviews.selectors.sheets import (
    Sheet,
    digest_of,
    labelled_conflicts,
    open_conflicts,
    parts_of,
    sheet_of,
)

__all__ = [
    "Candidate",
    "Report",
    "Sheet",
    "candidates_for",
    "conclusion_of",
    "digest_of",
    "facts_of_lines",
    "field_choices",
    "field_titles",
    "figures_of",
    "is_drawn",
    "labelled_conflicts",
    "left_to_do",
    "may_be_given_up",
    "members_of",
    "newest_of",
    "next_number",
    "open_conflicts",
    "parts_of",
    "possible_for",
    "proposed_outcomes",
    "rectification_due",
    "report_of",
    "reviews_visible_to",
    "seats_waiting_for",
    "sheet_of",
    "voices_of",
    "who_may_step_up",
]
