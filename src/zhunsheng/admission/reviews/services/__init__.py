"""Every write of reviews."""

from zhunsheng.admission.reviews.services.concluding import conclude, draft_conclusion, speak
from zhunsheng.admission.reviews.services.declaring import declare_free, declare_interest, excuse
from zhunsheng.admission.reviews.services.drawing import appoint_drawn, seal_draw, step_up
from zhunsheng.admission.reviews.services.evaluating import evaluate
from zhunsheng.admission.reviews.services.nonconforming import confirm_by_body, confirm_by_panel, take_back
from zhunsheng.admission.reviews.services.opening import cancel, open_review, prepare
from zhunsheng.admission.reviews.services.rectifying import Upload, answer, ask_rectification, give_up, hand_in, verify
from zhunsheng.admission.reviews.services.rooms import lay_out_file, record_session, take_file_away
from zhunsheng.admission.reviews.services.sheet import states_of, take_changes
from zhunsheng.admission.reviews.services.steps import ReviewRefused
from zhunsheng.admission.reviews.services.working import start
from zhunsheng.foundation.merging import Change

__all__ = [
    "Change",
    "ReviewRefused",
    "Upload",
    "answer",
    "appoint_drawn",
    "ask_rectification",
    "cancel",
    "conclude",
    "confirm_by_body",
    "confirm_by_panel",
    "declare_free",
    "declare_interest",
    "draft_conclusion",
    "evaluate",
    "excuse",
    "give_up",
    "hand_in",
    "lay_out_file",
    "open_review",
    "prepare",
    "record_session",
    "seal_draw",
    "speak",
    "start",
    "states_of",
    "step_up",
    "take_back",
    "take_changes",
    "take_file_away",
    "verify",
]
