"""Words of the register with their meaning on the screen: kinds of tables, standing of experts, states of loadings."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhunsheng.registry.bodies.models import ScopeLine

KINDS: dict[str, Any] = {
    "institutions": _("Institutions"),
    "names": _("Other names"),
    "sites": _("Sites"),
    "persons": _("Persons"),
    "signatories": _("Signatories"),
    "offices": _("Offices of bodies"),
    "instruments": _("Instruments"),
    "calibrations": _("Calibrations"),
    "materials": _("Reference materials"),
    "accreditations": _("Certificates"),
    "periods": _("Suspensions and terms of certificates"),
    "scope": _("Capability schedule"),
    "keys": _("Signing keys"),
    "experts": _("Assessors and experts"),
    "specialities": _("Specialities of experts"),
    "trainings": _("Trainings of experts"),
    "employments": _("Employers of experts"),
    "assignments": _("Tasks of experts"),
    "evaluations": _("Evaluations of experts"),
    "measures": _("Measures against experts"),
    "standards": _("Standards"),
    "editions": _("Editions of standards"),
    "replacements": _("Parts of editions taken over"),
    "objects": _("Test objects"),
    "parameters": _("Parameters"),
    "synonyms": _("Synonyms"),
    "methods": _("Test methods"),
    "limits": _("Limits"),
}
CATALOGUE_KINDS = frozenset(
    {"standards", "editions", "replacements", "objects", "parameters", "synonyms", "methods", "limits"}
)
EXPERT_WORDS: dict[str, Any] = {
    "available": _("May be called"),
    "warned": _("May be called, warned"),
    "untrained": _("Training has run out"),
    "suspended": _("Suspended from panels"),
    "out": _("Not in the register now"),
    "removed": _("Removed from the register"),
}
EXPERT_MEANINGS = {
    "available": "good", "warned": "attention", "untrained": "attention", "suspended": "bad", "out": "neutral",
    "removed": "bad",
}  # fmt: skip
RUN_MEANINGS = {
    "waiting": "waiting", "running": "waiting", "done": "good", "refused": "bad", "failed": "bad",
}  # fmt: skip


def line_words(line: ScopeLine) -> str:
    """Return what tells a line of a schedule from others, for a choice among them. Reads `site`: select it, too."""
    parts = (line.object_text, line.parameter_text, line.method_text, line.clause, line.site.code if line.site else "")
    return " · ".join(part for part in parts if part)
