"""Facets as links, and the bodies of an answer by city: as a map where one may be published, else as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhunsheng.registry.capabilities.wording import KINDS, name_of
from zhunsheng.registry.capabilities.words.terms import Kind

if TYPE_CHECKING:
    from zhunsheng.registry.capabilities.forms import Asked
    from zhunsheng.registry.capabilities.index.directory import Directory
    from zhunsheng.registry.capabilities.selectors import Facets

_CITIES_SHOWN = 12


def groups(asked: Asked, facets: Facets, people: Directory) -> list[dict[str, Any]]:
    """Return the groups of facets that can still narrow the answer, each choice with its address."""
    offered = (
        ("region", Kind.REGION, facets.cities[:_CITIES_SHOWN]),
        ("object", Kind.OBJECT, facets.objects),
        ("parameter", Kind.PARAMETER, facets.parameters),
        ("method", Kind.METHOD, facets.methods),
        ("domain", Kind.DOMAIN, facets.domains),
    )
    chosen = {name for name, _value in asked.chosen}
    return [
        {
            "title": KINDS[kind],
            "bodies": kind is Kind.REGION,
            "choices": [
                {
                    "name": name_of(people.areas[one.key]) if kind is Kind.REGION else one.name,
                    "count": one.count,
                    "href": asked.choosing(name, one.key),
                }
                for one in choices
            ],
        }
        for name, kind, choices in offered
        if name not in chosen and len(choices) > 1
    ]


def cities(asked: Asked, facets: Facets, people: Directory) -> dict[str, Any] | None:
    """Return the bodies by city; None for fewer than two cities. A public map needs an approval number."""
    found = [one for one in facets.cities if not one.key.endswith("0000")]
    if len(found) < 2:
        return None
    address = reverse("capabilities:search")
    names = [name_of(people.areas[one.key]) for one in found]
    links = [address + asked.choosing("region", one.key) for one in found]
    title = _("%(city)s has the most: %(number)s") % {"city": names[0], "number": found[0].count}
    if settings.ZHUNSHENG_MAP_APPROVAL:
        regions = [
            {"code": one.key, "name": name, "value": one.count, "href": href}
            for one, name, href in zip(found, names, links, strict=True)
        ]
        return {
            "kind": "map",
            "region": "guangdong",
            "within": "",
            "title": title,
            "unit": pgettext("unit", "bodies"),
            "regions": regions,
        }
    return {
        "kind": "hbar",
        "title": title,
        "x": {"name": _("Cities"), "values": names},
        "y": {"name": pgettext("unit", "bodies"), "whole": True},
        "series": [{"name": pgettext("unit", "bodies"), "values": [one.count for one in found]}],
        "links": links,
    }
