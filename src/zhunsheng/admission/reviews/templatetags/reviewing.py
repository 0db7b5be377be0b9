"""Words and meanings of reviews for their templates."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhunsheng.admission.reviews.lifecycle import WAYS, Found, MemberState, Stage, Verdict, VerifyBy
from zhunsheng.admission.reviews.models import ParameterConfirmation
from zhunsheng.admission.reviews.wording import (
    BARRED,
    MEMBER_MEANINGS,
    NONCONFORMITY_MEANINGS,
    STAGE_MEANINGS,
)

register = template.Library()

WAY_WORDS: dict[str, Any] = {
    one.name: one.verbose_name for one in ParameterConfirmation._meta.concrete_fields if one.name in WAYS
}
FIELD_WORDS: dict[str, Any] = {
    "verdict": gettext_lazy("Verdict"),
    "note": gettext_lazy("Note"),
    "confirmed": gettext_lazy("Confirmed"),
    "clause": gettext_lazy("Clause"),
    "fact": gettext_lazy("Fact"),
    "basis": gettext_lazy("Basis"),
    "found": gettext_lazy("Found in"),
    "verify_by": gettext_lazy("Verified by"),
    "lines": gettext_lazy("Lines concerned"),
}
VALUE_WORDS: dict[str, Any] = {
    **dict(Verdict.choices),
    **dict(Found.choices),
    **dict(VerifyBy.choices),
    "yes": gettext_lazy("Confirmed"),
    "no": gettext_lazy("Not confirmed"),
}


@register.filter
def stage_meaning(stage: str) -> str:
    """Return what a review's stage means for its badge."""
    return STAGE_MEANINGS.get(stage, "neutral")


@register.filter
def member_meaning(state: str) -> str:
    """Return what a member's state means for its badge."""
    return MEMBER_MEANINGS.get(state, "neutral")


@register.filter
def nonconformity_meaning(state: str) -> str:
    """Return what a nonconformity's state means for its badge."""
    return NONCONFORMITY_MEANINGS.get(state, "neutral")


@register.filter
def titled(codes: list[str], titles: Mapping[str, str]) -> str:
    """Return field codes with their titles."""
    return ", ".join(f"{code} {titles[code]}" if code in titles else code for code in codes)


@register.filter
def barred_words(reason: str) -> str:
    """Return a reason of avoidance in words."""
    return str(BARRED.get(reason, reason))


@register.simple_tag
def next_words(review: Any, seat: Any, officer: bool, complete: bool = False) -> str:
    """Return in a sentence what the reader can do next."""
    if seat is not None and seat.state == MemberState.DRAWN:
        return _("The lot has named you. Declare your interests before anything else.")
    said = {
        Stage.FORMING: _("Let the panel be drawn; who is drawn declares interests."),
        Stage.PREPARED: _("The leader begins the work on the first day of the visit."),
        Stage.AT_WORK: _("The panel goes through clauses and lines on the sheet."),
        Stage.RECTIFYING: _("The body mends what was found and hands in the evidence."),
        Stage.CONCLUDED: _("The conclusion is with the application's file."),
        Stage.CANCELLED: _("This review was called off."),
    }
    if review.stage == Stage.FORMING and not officer:
        return _("The panel is being formed by lot.")
    if review.stage == Stage.FORMING and complete:
        return _("Everybody has declared to be free of interests. Fix the visit.")
    return said[review.stage]


@register.simple_tag
def step_words(name: str) -> tuple[str, str, str]:
    """Return title, note and button of a step's form."""
    told = {
        "free": (_("Declare to be free of interests"), "", _("I declare this")),
        "interest": (
            _("Declare an interest"),
            _("Somebody else is drawn for your place by a sealed draw."),
            _("Declare and leave the panel"),
        ),
        "excuse": (_("Free a place"), _("For who doesn't answer or can't take part."), _("Free the place")),
        "prepare": (_("Fix the visit"), "", _("The review is prepared")),
        "start": (_("Begin the work"), _("The sheet is laid out from the criteria of this day."), _("Begin")),
        "cancel": (_("Call the review off"), "", _("Call off")),
        "evaluate": (_("Evaluate a member"), _("It stands in the register of experts."), _("Put on record")),
        "ask": (
            _("Ask the body to mend"),
            _("The clock of the review stands still until the panel has verified everything."),
            _("Ask for rectification"),
        ),
        "hand-in": (_("Hand the answers in"), _("All open nonconformities need an answer."), _("Hand in")),
        "give-up": (
            _("Record as not rectified"),
            _("For what is late or still fails: the lines concerned are not granted."),
            _("Not rectified"),
        ),
        "lay-out": (_("Lay a file out"), "", _("Lay out")),
        "session": (_("Enter a recorded session"), "", _("Put on record")),
        "write": (_("Write the conclusion"), _("Earlier voices no longer count."), _("Keep the conclusion")),
        "speak": (_("Say whether you agree"), "", _("Put on record")),
        "final": (
            _("Make it final"),
            _("It goes to the application's file; nothing can be changed afterwards."),
            _("Conclude the review"),
        ),
    }
    title, note, submit = told[name]
    return title, note, submit


@register.simple_tag
def draw_address(draw: Any) -> str:
    """Return the page of a draw."""
    try:
        return reverse("draws:draw", args=[draw.number])
    except NoReverseMatch:
        return ""


@register.filter
def field_words(name: str) -> str:
    """Return the name of a sheet's field in words."""
    return str(FIELD_WORDS.get(name) or WAY_WORDS.get(name) or name)


@register.filter
def value_words(value: object) -> str:
    """Return a value of a sheet's field in words."""
    if isinstance(value, bool):
        return "✓" if value else "—"
    return str(VALUE_WORDS.get(str(value), value) or "—")


@register.simple_tag
def new_id() -> str:
    """Return a number for a change that a plain form sends."""
    return str(uuid.uuid4())
