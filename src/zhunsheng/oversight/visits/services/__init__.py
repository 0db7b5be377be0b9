"""Every write of visits."""

from zhunsheng.foundation.merging import Change
from zhunsheng.oversight.visits.services.deciding import conclude_visit, decide_finding, propose_handling
from zhunsheng.oversight.visits.services.disclosing import disclose, restore_result, withdraw_result
from zhunsheng.oversight.visits.services.library import approve_edition, import_edition
from zhunsheng.oversight.visits.services.opening import (
    cancel_visit,
    open_visit,
    refuse_interest,
    show_identity,
    start_visit,
)
from zhunsheng.oversight.visits.services.ordering import answer_order, check_again, declare_missed, issue_order
from zhunsheng.oversight.visits.services.photos import Captured, Upload, take_photo
from zhunsheng.oversight.visits.services.remote import ask_for_files, pull_reports, send_requested_file
from zhunsheng.oversight.visits.services.sheet import states_of, take_changes
from zhunsheng.oversight.visits.services.signing import add_supplement, take_signatures_back
from zhunsheng.oversight.visits.services.steps import VisitRefused

__all__ = [
    "Captured",
    "Change",
    "Upload",
    "VisitRefused",
    "add_supplement",
    "answer_order",
    "approve_edition",
    "ask_for_files",
    "cancel_visit",
    "check_again",
    "conclude_visit",
    "decide_finding",
    "declare_missed",
    "disclose",
    "import_edition",
    "issue_order",
    "open_visit",
    "propose_handling",
    "pull_reports",
    "refuse_interest",
    "restore_result",
    "send_requested_file",
    "show_identity",
    "start_visit",
    "states_of",
    "take_changes",
    "take_photo",
    "take_signatures_back",
    "withdraw_result",
]
