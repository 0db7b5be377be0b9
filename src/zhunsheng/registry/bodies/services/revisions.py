"""Counts changes of scope, so that the index knows which bodies it no longer speaks for."""

import uuid
from collections.abc import Iterable

from django.db.models import F

from zhunsheng.registry.bodies.models import Body, ScopeRevision

_CHUNK = 5_000


def bump_scope(body_ids: Iterable[int]) -> int:
    """Count one change of these bodies' scope inside the change's transaction, and return its number.

    From then on the index isn't asked about them until it is built again.
    """
    ids = sorted(set(body_ids))
    made = ScopeRevision.objects.get_or_create(pk=1, defaults={"identity": uuid.uuid4().hex, "number": 1})[1]
    if not made:
        ScopeRevision.objects.filter(pk=1).update(number=F("number") + 1)
    number = ScopeRevision.objects.values_list("number", flat=True).get(pk=1)
    for start in range(0, len(ids), _CHUNK):
        Body.objects.filter(pk__in=ids[start : start + _CHUNK]).update(scope_revision=number)
    return number
