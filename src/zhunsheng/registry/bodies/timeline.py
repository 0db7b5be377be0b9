"""What the register learned about a body, in words for the page."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhunsheng.platform.accounts.changes import Change
from zhunsheng.registry.bodies import selectors
from zhunsheng.registry.bodies.models import Body

_MEANINGS = {"created": "good", "changed": "neutral", "deleted": "bad"}

_TITLES = {
    "division": gettext_lazy("Division"),
    "organisation": gettext_lazy("Organisation"),
    "person": gettext_lazy("Staff list"),
    "accreditation": gettext_lazy("Certificate number"),
    "other": gettext_lazy("Other body"),
}
_KNOWN_ANYWAY = {"body", "normalised", "lines"}
"""Fields that say nothing here: the page is about one body; compared names and keys of lines are for machines."""


def recorded(body: Body, *, may_see: bool) -> list[dict[str, Any]]:
    """Return the entries of the timeline, newest first; without `may_see` nobody is named and no reason is given."""
    entries = [
        _entry(body, words, one, may_see=may_see)
        for words, one in selectors.changes_of_body(body, with_people=may_see)
        if one.fields or one.kind == "deleted"
    ]
    entries += [_scope(body, one, may_see=may_see) for one in selectors.scope_changes(body)]
    entries.sort(key=lambda entry: entry["at"], reverse=True)
    return entries


def _entry(body: Body, words: str, one: Change, *, may_see: bool) -> dict[str, Any]:
    titles = {
        "created": _("Entered: %(record)s"),
        "changed": _("Changed: %(record)s"),
        "deleted": _("Struck out: %(record)s"),
    }
    shown = [each for each in one.fields if each.field not in _KNOWN_ANYWAY]
    told = [f"{each.before} → {each.after}" if each.before else each.after for each in shown]
    colon, stop = _(": "), _("; ")
    parts = [f"{_TITLES.get(each.field, each.title)}{colon}{text}" for each, text in zip(shown, told, strict=True)]
    return {
        "at": one.at,
        "title": titles[one.kind] % {"record": words},
        "text": stop.join(parts) + (_(" (%(why)s)") % {"why": one.why} if may_see and one.why else ""),
        "meaning": _MEANINGS[one.kind],
        "by": one.who if may_see else "",
        "href": _as_known(body, one.at),
    }


def _scope(body: Body, one: selectors.ScopeChange, *, may_see: bool) -> dict[str, Any]:
    counts = {"added": one.added, "changed": one.changed, "deleted": one.deleted}
    return {
        "at": one.at,
        "title": _("Scope: %(added)s lines added, %(changed)s changed, %(deleted)s struck out") % counts,
        "text": one.why if may_see else "",
        "meaning": "bad" if one.deleted else "neutral",
        "by": "",
        "href": _as_known(body, one.at),
    }


def _as_known(body: Body, at: datetime) -> str:
    """Return the address of the body's page with the knowledge of that day."""
    return f"{reverse('bodies:body', args=[body.slug])}?known={timezone.localdate(at).isoformat()}"
