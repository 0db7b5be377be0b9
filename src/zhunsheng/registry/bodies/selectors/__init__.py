"""Reads of the bodies' register."""

from zhunsheng.registry.bodies.selectors.as_of import (
    BodyAsOf,
    body_as_of,
    certificate_in_force,
    certificates_with_standing,
    instruments_on,
    scope_on,
    search_scope,
)
from zhunsheng.registry.bodies.selectors.lists import at_or_below, bodies_visible_to, body_by_slug, certificate, named
from zhunsheng.registry.bodies.selectors.whole import facts_for, find_bodies

__all__ = [
    "BodyAsOf",
    "at_or_below",
    "bodies_visible_to",
    "body_as_of",
    "body_by_slug",
    "certificate",
    "certificate_in_force",
    "certificates_with_standing",
    "facts_for",
    "find_bodies",
    "instruments_on",
    "named",
    "scope_on",
    "search_scope",
]
