"""Words, sums and colours of cases for templates."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from zhunsheng.oversight.enforcement import wording
from zhunsheng.oversight.enforcement.models import CaseFinding
from zhunsheng.oversight.enforcement.rules.yardstick import Range

register = template.Library()
STEP_MEANINGS = {"waived": "good", "lenient": "good", "ordinary": "neutral", "severe": "bad"}


@register.filter
def yuan(amount: Decimal | None) -> str:
    """Return a sum in yuan."""
    if amount is None:
        return "—"
    words = f"{amount:,.2f}".removesuffix(".00")
    return _("%(sum)s yuan") % {"sum": words}


@register.filter
def range_of(limits: Range | None) -> str:
    """Return a range of sums, one sum where both ends are the same."""
    if limits is None:
        return "—"
    least, most = (f"{one:,.2f}".removesuffix(".00") for one in (limits.least, limits.most))
    return least if least == most else f"{least}–{most}"


@register.filter
def step_word(step: str) -> Any:
    """Return a step of the benchmark in words."""
    return wording.STEPS[str(step)]


@register.filter
def step_meaning(step: str) -> str:
    """Return the colour of a step."""
    return STEP_MEANINGS[str(step)]


@register.filter
def kind_word(kind: str) -> Any:
    """Return a kind of consequence in words."""
    return wording.KINDS.get(kind, kind)


@register.filter
def after_kind(words: str, kind: str) -> str:
    """Say a consequence by its kind and its words, once where both say the same."""
    said = str(kind_word(kind))
    return words if words.startswith(said) else _("%(kind)s: %(words)s") % {"kind": said, "words": words}


@register.filter
def method_word(method: str) -> Any:
    """Return a way of service in words."""
    return wording.METHODS.get(method, method)


@register.filter
def clock_word(clock: str) -> Any:
    """Return a clock in words."""
    return wording.CLOCKS.get(clock, clock)


@register.filter
def field_word(field: str) -> Any:
    """Return a field of law in words."""
    return wording.FIELDS.get(field, field)


@register.filter
def measure_word(measure: str) -> Any:
    """Return a measure on a qualification in words."""
    return wording.MEASURES.get(measure, measure)


@register.filter
def decision_meaning(state: str) -> str:
    """Return the colour of how a decision stands."""
    return {"in_force": "good", "changed": "attention"}.get(state, "bad")


@register.filter
def inputs_of(finding: CaseFinding) -> Mapping[str, object]:
    """Return the facts that the yardstick read."""
    given = {
        "field": finding.field, "fee": finding.fee, "gain": finding.gain, "goods": finding.goods,
        "circumstances": "、".join(finding.circumstances), "on": finding.on,
    }  # fmt: skip
    return {name: value for name, value in given.items() if value not in (None, "")}


@register.filter
def next_words(stage: str) -> str:
    """Return what has to be done next."""
    words = {
        "investigating": _("Collect the evidence and establish the facts, then propose the penalty."),
        "reviewing": _("A legal officer who did not investigate examines it."),
        "reviewed": _("The party is told facts, articles, the penalty intended, and its rights."),
        "notified": _("The party may make its statement; then the case is handed on."),
        "hearing": _("The hearing is held by somebody who did not investigate."),
        "deciding": _("The head decides; what is heavy or outside the benchmark is discussed first."),
        "decided": _("The decision is served within its days."),
        "served": _("It is carried out; then the case is closed."),
        "transferred": _("It lies with the police; no fine in its place."),
        "closed": _("Nothing remains to be done."),
        "dropped": _("It was dropped."),
    }
    return words.get(stage, "")
