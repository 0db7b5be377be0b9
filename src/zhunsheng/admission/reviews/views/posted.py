"""A sheet that was sent as a plain form, without scripts."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import QueryDict

from zhunsheng.admission.reviews import selectors, services
from zhunsheng.admission.reviews.lifecycle import WAYS
from zhunsheng.admission.reviews.models import Review
from zhunsheng.platform.sheet_items import version_in

TEXTS = {
    "clause": ("verdict", "note"),
    "line": ("confirmed", "note"),
    "nonconformity": ("clause", "fact", "basis", "found", "verify_by", "lines"),
}


def changes_in(posted: QueryDict, review: Review) -> list[services.Change]:
    """Return the changes of a form: the resolution of one conflict, or every item that was touched."""
    if "resolve" in posted:
        return list(_resolution(posted.get("resolve", ""), review))
    return [one for key in posted.getlist("item") if (one := _touched(posted, key)) is not None]


def _touched(posted: QueryDict, key: str) -> services.Change | None:
    """Return the change of an item; None where it came back as it was shown, or empty."""
    kind = key.partition(":")[0]
    try:
        client_id, base = UUID(posted.get(f"{key}.id", "")), version_in(posted.get(f"{key}.base"))
    except ValueError:
        return None
    values: dict[str, Any] = {name: posted.get(f"{key}.{name}", "").strip() for name in TEXTS.get(kind, ())}
    values = {name: value.replace("\r\n", "\n") for name, value in values.items()}
    if kind == "line":
        values |= {name: f"{key}.{name}" in posted for name in WAYS}
    unwritten = kind == "nonconformity" and base == 0 and not values["fact"] and not values["basis"]
    if unwritten or selectors.digest_of(values) == posted.get(f"{key}.was"):
        return None
    return services.Change(id=client_id, item=key, base=base, values=values)


def _resolution(told: str, review: Review) -> Iterator[services.Change]:
    """Yield the change that lets one side of a conflict stand; `told` is change, side and the resolution's number."""
    client_id, _colon, rest = told.partition(":")
    side, _colon, own = rest.partition(":")
    waiting = {str(one.client_id): one for one in selectors.open_conflicts(review)}
    met = waiting.get(client_id)
    try:
        key = UUID(own)
    except ValueError:
        return
    if met is None or met.held is None:
        return
    values = met.values if side == "mine" else met.held["values"]
    yield services.Change(id=key, item=met.item, base=met.held["version"], values=values, resolves=met.client_id)
