"""Reads of visits."""

from zhunsheng.oversight.visits.selectors.findings import Measured, Tally, measured, proposal_for, tally_of
from zhunsheng.oversight.visits.selectors.library import (
    Checklist,
    Chosen,
    checklist_for,
    checklist_on,
    checklists_on,
    extras_for,
    facts_of,
)
from zhunsheng.oversight.visits.selectors.record import record_content, told
from zhunsheng.oversight.visits.selectors.sheets import (
    Sheet,
    check_values,
    digest_of,
    digest_to_sign,
    finding_values,
    open_conflicts,
    sheet_of,
    signature_values,
)
from zhunsheng.oversight.visits.selectors.violations import violation_titles
from zhunsheng.oversight.visits.selectors.visits import (
    orders_visible_to,
    own_visits,
    results_disclosed,
    results_visible_to,
    visits_visible_to,
)

__all__ = [
    "Checklist",
    "Chosen",
    "Measured",
    "Sheet",
    "Tally",
    "check_values",
    "checklist_for",
    "checklist_on",
    "checklists_on",
    "digest_of",
    "digest_to_sign",
    "extras_for",
    "facts_of",
    "finding_values",
    "measured",
    "open_conflicts",
    "orders_visible_to",
    "own_visits",
    "proposal_for",
    "record_content",
    "results_disclosed",
    "results_visible_to",
    "sheet_of",
    "signature_values",
    "tally_of",
    "told",
    "violation_titles",
    "visits_visible_to",
]
