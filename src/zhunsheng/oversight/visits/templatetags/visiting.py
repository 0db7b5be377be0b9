"""Words and meanings of visits for their templates."""

import uuid
from typing import Any

from django import template
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhunsheng.oversight.inspections import lawbook
from zhunsheng.oversight.visits.lifecycle import Handling, Side, Stage, Verdict
from zhunsheng.oversight.visits.wording import EVIDENCE, FIELDS, MARKS, SOURCES, STAGE_MEANINGS
from zhunsheng.platform.reading import listed

register = template.Library()

VALUES: dict[str, Any] = {
    **dict(Verdict.choices), "yes": gettext_lazy("Upheld"), "no": gettext_lazy("Taken back")
}  # fmt: skip


@register.filter
def stage_meaning(stage: str) -> str:
    """Return what a stage of a visit, an order or a result means for its badge."""
    return STAGE_MEANINGS.get(stage, "neutral")


@register.filter
def mark_words(mark: str) -> str:
    """Return what speaks against a photograph, in words."""
    return str(MARKS.get(mark, mark))


@register.filter
def source_words(source: str) -> str:
    """Return where an item comes from, in words."""
    return str(SOURCES.get(source, source))


@register.filter
def evidence_words(kinds: list[str]) -> str:
    """Return the evidence to take, in words."""
    return listed(str(EVIDENCE.get(one, one)) for one in kinds)


@register.filter
def field_words(name: str) -> str:
    """Return what a field of the sheet is called."""
    return str(FIELDS.get(name, name))


@register.filter
def value_words(value: Any) -> str:
    """Return a value of the sheet in words."""
    return str(VALUES.get(value, value) or "—")


@register.simple_tag
def new_id() -> str:
    """Return a fresh number for a change."""
    return str(uuid.uuid4())


@register.simple_tag
def next_words(visit: Any, seat: str) -> str:
    """Return in a sentence what the reader can do next."""
    inspector = {
        Stage.PREPARED: _("Show the body who you are, then begin the visit: the sheet opens on that day."),
        Stage.UNDER_WAY: _("Open the sheet while you have a network; from then on it works without one."),
        Stage.SIGNED: _("The record is sealed. Propose next what becomes of each finding."),
    }
    if seat and visit.stage in inspector:
        return inspector[visit.stage]
    others = {
        Stage.PREPARED: _("The inspectors begin the visit on its day."),
        Stage.UNDER_WAY: _("The inspectors are at the body; the record follows when both sides have signed."),
        Stage.SIGNED: _("Both sides have signed; what was found is being decided."),
        Stage.CONCLUDED: _("The visit is concluded; its result is disclosed within the time that the law sets."),
        Stage.CANCELLED: _("The visit was called off; its task stays."),
    }
    return others.get(visit.stage, "")


@register.filter
def side_words(side: str) -> str:
    """Return who signs, in words."""
    return str(Side(side).label)


@register.filter
def code_words(code: str) -> str:
    """Return a result code in the reader's language, by the law of today."""
    held = lawbook.result_codes(timezone.localdate()).get(code)
    if held is None:
        return code
    return f"{code} {held['en' if translation.get_language() == 'en' else 'zh']}"


@register.filter
def handling_words(handling: str) -> str:
    """Return a way of handling in words."""
    return str(dict(Handling.choices).get(handling, handling or "—"))
