"""Words and meanings of visits."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.visits.lifecycle import OrderStage, ResultStage, Stage
from zhunsheng.oversight.visits.rules.days import Mark

STAGE_MEANINGS: Final[dict[str, str]] = {
    Stage.PREPARED: "waiting",
    Stage.UNDER_WAY: "attention",
    Stage.SIGNED: "attention",
    Stage.CONCLUDED: "good",
    Stage.CANCELLED: "neutral",
    OrderStage.OPEN: "attention",
    OrderStage.ANSWERED: "waiting",
    OrderStage.MET: "good",
    OrderStage.MISSED: "bad",
    ResultStage.READY: "waiting",
    ResultStage.DISCLOSED: "good",
    ResultStage.WITHDRAWN: "neutral",
}
MARKS: Final[dict[str, Any]] = {
    Mark.OTHER_DAY: _("Of another day: no evidence of this visit"),
    Mark.NO_PLACE: _("Without a place"),
    Mark.FAR_AWAY: _("Far from the body's sites"),
    Mark.NOT_CAPTURED_HERE: _("An older file, not captured on the sheet"),
}
SOURCES: Final[dict[str, Any]] = {
    "checklist": _("Checklist"),
    "cause": _("Cause of the visit"),
    "finding": _("Earlier finding"),
    "obligation": _("Open obligation"),
}
EVIDENCE: Final[dict[str, Any]] = {
    "photo": _("photograph"),
    "copy": _("copy"),
    "records": _("original records"),
    "report_copy": _("copies of reports"),
    "interview": _("questioning record"),
    "file": _("electronic data"),
}
FIELDS: Final[dict[str, Any]] = {
    "verdict": _("Verdict"),
    "note": _("Note"),
    "code": pgettext_lazy("visits", "Item"),
    "fact": _("Fact"),
    "violation": _("Violation"),
    "stands": _("Upheld on site"),
    "name": _("Name"),
    "post": pgettext_lazy("visits", "Post"),
    "objection": _("Objection"),
    "refusal": _("Reason of a refusal to sign"),
}
