"""Which organisation's members may act for a body."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Organisation, User
from zhunsheng.registry.bodies import permissions
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.permissions import Can


class LinkRefused(DomainError):
    """An organisation that can't stand for a body."""

    code = "link-refused"


@transaction.atomic
def link_organisation(*, body_id: int, organisation: str, by: User | None, at: datetime, why: str) -> Body:
    """Let the members of an organisation act for a body; `by` None is the operator at the command line.

    Args:
        organisation: credit code or exact name of an organisation of kind body.
    Raises: Body.DoesNotExist, NotAllowed, LinkRefused, MissingReason.
    """
    body = Body.objects.select_for_update(of=("self",)).get(pk=body_id)
    if by is not None:
        permissions.require(by, Can.CHANGE_REGISTER, body, timezone.localdate(at))
    found = _organisation(organisation)
    if body.uscc and found.uscc and body.uscc != found.uscc:
        raise LinkRefused(
            "The credit codes of body and organisation differ.",
            field="organisation",
            remedy="Correct the code of one of them first.",
        )
    body.organisation = found
    body._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
    with recorded(by, why):
        body.save(update_fields=["organisation"])
    return body


def _organisation(text: str) -> Organisation:
    bodies = Organisation.objects.filter(kind=Kind.BODY)
    plain = text.strip()
    found = list(bodies.filter(uscc=plain.upper()) if plain else []) or list(bodies.filter(name=plain)[:2])
    if len(found) != 1:
        raise LinkRefused(
            "There is no such organisation of kind body, or more than one." if plain else "No organisation is named.",
            field="organisation",
            remedy="Give the credit code or the exact name of the organisation.",
        )
    return found[0]
