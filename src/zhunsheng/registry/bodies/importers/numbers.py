"""A guess at an unknown body: the one body of the register whose number is one slip away."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from zhunsheng.foundation.identifiers.near import variants
from zhunsheng.registry.bodies.models import Accreditation, Body

_GUESSED, _AT_ONCE = 20, 5_000
"""Texts that are guessed at, and candidates asked about at once: a credit code has 570 neighbours."""


def guess_by_number(texts: Collection[str]) -> dict[str, str]:
    """Return the question whether the body of a nearly equal number is meant, for texts that have exactly one."""
    near = bodies_nearly(sorted(text for text in texts if any(map(str.isdigit, text)))[:_GUESSED])
    return {text: _("Did you mean %(code)s?") % {"code": code} for text, code in near.items()}


def bodies_nearly(texts: Iterable[str]) -> dict[str, str]:
    """Return for each text the one identifier of a body that is nearly the same, where there is exactly one.

    Nearly: one character other, or two neighbours exchanged. Three queries for some five thousand candidates.
    """
    candidates = {text: set(variants(text)) for text in texts}
    wanted = sorted(set().union(*candidates.values())) if candidates else []
    known: set[str] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        known |= set(Body.objects.filter(slug__in=part).values_list("slug", flat=True))
        known |= set(Body.objects.filter(uscc__in=part).exclude(uscc="").values_list("uscc", flat=True))
        known |= set(Accreditation.objects.filter(number__in=part).values_list("number", flat=True))
    found = {text: candidates[text] & known for text in candidates}
    return {text: next(iter(near)) for text, near in found.items() if len(near) == 1}
