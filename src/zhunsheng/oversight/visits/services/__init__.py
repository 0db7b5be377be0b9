"""Every write of visits."""

from zhunsheng.foundation.merging import Change
from zhunsheng.oversight.visits.services.opening import (
    cancel_visit,
    open_visit,
    refuse_interest,
    show_identity,
    start_visit,
)
from zhunsheng.oversight.visits.services.photos import Captured, Upload, take_photo
from zhunsheng.oversight.visits.services.sheet import states_of, take_changes
from zhunsheng.oversight.visits.services.signing import add_supplement, take_signatures_back
from zhunsheng.oversight.visits.services.steps import VisitRefused

__all__ = [
    "Captured",
    "Change",
    "Upload",
    "VisitRefused",
    "add_supplement",
    "cancel_visit",
    "open_visit",
    "refuse_interest",
    "show_identity",
    "start_visit",
    "states_of",
    "take_changes",
    "take_photo",
    "take_signatures_back",
]
