"""Reads of the bodies' register."""

from zhunsheng.registry.bodies.selectors.as_of import (
    BodyAsOf,
    body_as_of,
    certificate_in_force,
    certificates_with_standing,
    instruments_on,
    lines_to_end,
    reference_materials_on,
    scope_on,
    search_scope,
    signatories_on,
)
from zhunsheng.registry.bodies.selectors.experts import (
    ExpertAsOf,
    expert_on,
    experts_for,
    experts_visible_to,
    with_figures,
)
from zhunsheng.registry.bodies.selectors.life import Event, Held, Life, life_of
from zhunsheng.registry.bodies.selectors.lists import (
    at_or_below,
    bodies_visible_to,
    body_by_slug,
    certificate,
    certificate_numbers,
    certificates_ending,
    certificates_of,
    holder_of,
    named,
)
from zhunsheng.registry.bodies.selectors.timeline import ScopeChange, changes_of_body, scope_changes
from zhunsheng.registry.bodies.selectors.versions import end_of, rows_known
from zhunsheng.registry.bodies.selectors.whole import facts_for, find_bodies

__all__ = [
    "BodyAsOf",
    "Event",
    "ExpertAsOf",
    "Held",
    "Life",
    "ScopeChange",
    "at_or_below",
    "bodies_visible_to",
    "body_as_of",
    "body_by_slug",
    "certificate",
    "certificate_in_force",
    "certificate_numbers",
    "certificates_ending",
    "certificates_of",
    "certificates_with_standing",
    "changes_of_body",
    "end_of",
    "expert_on",
    "experts_for",
    "experts_visible_to",
    "facts_for",
    "find_bodies",
    "holder_of",
    "instruments_on",
    "life_of",
    "lines_to_end",
    "named",
    "reference_materials_on",
    "rows_known",
    "scope_changes",
    "scope_on",
    "search_scope",
    "signatories_on",
    "with_figures",
]
