"""Words for codes that rules give: why somebody is barred, what a badge says of a stage."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.admission.reviews.lifecycle import MemberState, NonconformityState, Stage

BARRED: Final[dict[str, Any]] = {
    "employer": _("Works for the applicant"),
    "former_employer": _("Worked for the applicant within the years that the rules name"),
    "declared_employer": _("Declared to be employed there"),
    "consultancy": _("Declared to have advised the applicant for pay"),
    "family": _("Declared family there"),
    "interest": _("Declared another interest"),
    "last_panel": _("Was on the last panel there"),
    "workload": _("Sits on as many open reviews as the rules allow"),
    "suspended": _("Suspended from panels"),
    "untrained": _("Training no longer counts"),
    "not_in_register": _("Not in the register on this day"),
    "replaced": _("Left this panel"),
    "draws_the_panel": _("Opened this review"),
    "load": pgettext_lazy("lot", "Load or rest leave no lot"),
}
STAGE_MEANINGS: Final[dict[str, str]] = {
    Stage.FORMING: "waiting",
    Stage.PREPARED: "waiting",
    Stage.AT_WORK: "attention",
    Stage.RECTIFYING: "attention",
    Stage.CONCLUDED: "good",
    Stage.CANCELLED: "neutral",
}
MEMBER_MEANINGS: Final[dict[str, str]] = {
    MemberState.DRAWN: "waiting",
    MemberState.SERVING: "good",
    MemberState.REPLACED: "neutral",
}
NONCONFORMITY_MEANINGS: Final[dict[str, str]] = {
    NonconformityState.OPEN: "attention",
    NonconformityState.ANSWERED: "waiting",
    NonconformityState.CLOSED: "good",
    NonconformityState.FAILED: "bad",
    NonconformityState.DROPPED: "neutral",
}
