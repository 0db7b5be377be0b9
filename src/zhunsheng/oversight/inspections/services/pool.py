"""The pool of inspectors and their declared interests."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from zhunsheng.oversight.inspections import lawbook
from zhunsheng.oversight.inspections.lifecycle import Interest
from zhunsheng.oversight.inspections.models import Inspector, InspectorInterest
from zhunsheng.oversight.inspections.permissions import Can
from zhunsheng.oversight.inspections.services.steps import InspectionRefused, day_of
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Membership, User
from zhunsheng.platform.accounts.roles import PUBLIC_SERVANTS
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.database.locks import exclusive


@keeps_refused
@transaction.atomic
def add_inspector(
    *, user_id: int, card_no: str, fields: Sequence[str], leads: bool, why: str, by: User, at: datetime
) -> Inspector:
    """Put an officer into the pool; employer and place are those of the officer's membership.

    Raises: NotAllowed, InspectionRefused, MissingReason.
    """
    on = day_of(at)
    member = _membership(user_id, on)
    if member is None or member.role not in PUBLIC_SERVANTS:
        raise InspectionRefused(
            "Inspectors are officers of an authority or a sector department.", field="user_id",
            remedy="Choose an officer.",
        )  # fmt: skip
    policy.require(by, Can.KEEP_POOL, policy.Place(division_code=member.organisation.division_id), on)
    if Inspector.objects.filter(user_id=user_id).exists():
        raise InspectionRefused("This officer is in the pool already.", field="user_id", remedy="Change that entry.")
    _refuse_fields(fields, on)
    with exclusive("inspector-numbers"), recorded(by, why):
        newest = Inspector.objects.order_by("-pk").values_list("pk", flat=True).first()
        return Inspector.objects.create(
            code=f"JC-{(newest or 0) + 1:05d}", name=member.user.display_name[:60], user_id=user_id,
            organisation=member.organisation, division_id=member.organisation.division_id,
            card_no=card_no.strip()[:40], fields=sorted(set(fields)), leads=leads,
        )  # fmt: skip


@keeps_refused
@transaction.atomic
def change_inspector(
    *,
    inspector_id: int,
    card_no: str,
    fields: Sequence[str],
    leads: bool,
    active: bool,
    why: str,
    by: User,
    at: datetime,
) -> Inspector:
    """Change what an inspector is qualified for, or take somebody out of the pool.

    Raises: Inspector.DoesNotExist, NotAllowed, InspectionRefused, MissingReason.
    """
    found = Inspector.objects.select_for_update(of=("self",)).get(pk=inspector_id)
    on = day_of(at)
    policy.require(by, Can.KEEP_POOL, policy.Place(division_code=found.division_id), on)
    _refuse_fields(fields, on)
    found.card_no, found.fields, found.leads, found.active = card_no.strip()[:40], sorted(set(fields)), leads, active
    with recorded(by, why):
        found.save(update_fields=["card_no", "fields", "leads", "active"])
    return found


@keeps_refused
@transaction.atomic
def declare_interest(
    *, inspector_id: int, body_id: int, kind: str, until: date | None, why: str, by: User, at: datetime
) -> InspectorInterest:
    """Declare an interest in a body: the inspector's own word, or an officer's who keeps the pool.

    Raises: Inspector.DoesNotExist, NotAllowed, InspectionRefused, MissingReason.
    """
    found = Inspector.objects.select_for_update(of=("self",)).get(pk=inspector_id)
    if found.user_id != by.pk:
        policy.require(by, Can.KEEP_POOL, policy.Place(division_code=found.division_id), day_of(at))
    if kind not in Interest.values:
        raise InspectionRefused("This interest is unknown.", field="kind", remedy="Choose among those offered.")
    with recorded(by, why):
        made, _new = InspectorInterest.objects.update_or_create(
            inspector=found, body_id=body_id, kind=kind, defaults={"until": until, "declared_by": by, "declared_at": at}
        )
    return made


def _membership(user_id: int, on: date) -> Membership | None:
    user = User.objects.filter(pk=user_id).first()
    held = [one for one in user.memberships_on(on) if one.role in PUBLIC_SERVANTS] if user else []
    return held[0] if held else None


def _refuse_fields(fields: Sequence[str], on: date) -> None:
    if not fields or not set(fields) <= set(lawbook.fields(on)):
        raise InspectionRefused(
            "An inspector is qualified for one field or more.", field="fields", remedy="Choose among those offered."
        )
