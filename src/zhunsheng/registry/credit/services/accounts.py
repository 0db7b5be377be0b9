"""Say with which account a person of a body signs in, so that they may read what is recorded about themselves."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Role, User
from zhunsheng.registry.bodies.models import Person
from zhunsheng.registry.credit import permissions
from zhunsheng.registry.credit.models import PersonAccount
from zhunsheng.registry.credit.permissions import Can
from zhunsheng.registry.credit.services.writing import NotRecordable, demand


@transaction.atomic
def link_account(*, person_id: int, username: str, by: User | None, at: datetime, why: str) -> PersonAccount | None:
    """Link a person of a body with an account of that body's, in place of one linked before; none ends the link.

    Whoever may write the person's file links them, but never their own account; an employer links nobody, for the
    file also tells what happened at other bodies.

    Args:
        username: of somebody with the role of signatory at the body; "" for nobody.
        by: None for the operator and the demonstration.
    Returns: the link in force, None where there is none.
    Raises: Person.DoesNotExist, NotAllowed, NotRecordable.
    """
    person = Person.objects.select_for_update(of=("self",)).select_related("body").get(pk=person_id)
    if by is not None:
        place = permissions.place_of_practitioner(person)
        permissions.require_place(by, Can.RECORD_PERSONS, place, timezone.localdate(at))
    demand(why=why)
    user = _account(person, username.strip(), by, at) if username.strip() else None
    held = PersonAccount.objects.select_for_update().filter(person=person, ended_at=None).first()
    if held is not None and _is(held, person, user):
        return held
    with recorded(by, why):
        if held is not None:
            held.ended_at = max(at, held.linked_at)
            held.save(update_fields=["ended_at"])
        if user is None:
            return None
        return PersonAccount.objects.create(
            person=person, user=user, name=person.name, number_index=person.number_index, linked_by=by, linked_at=at
        )


def _is(held: PersonAccount, person: Person, user: User | None) -> bool:
    return (held.user, held.name, held.number_index) == (user, person.name, person.number_index)


def _account(person: Person, username: str, by: User | None, at: datetime) -> User:
    """Return the account, or refuse it. Raises: NotRecordable."""
    user = User.objects.filter(username__iexact=username, is_active=True).first()
    if user is None:
        raise NotRecordable(
            "Nobody signs in as %(name)s.", params={"name": username}, field="username",
            remedy="Let the body add the person as a signatory first.",
        )  # fmt: skip
    if user == by:
        raise NotRecordable(
            "Nobody links their own account.", field="username", remedy="Let a colleague of your office do it."
        )
    here = person.body.organisation_id
    held = user.memberships_on(timezone.localdate(at))
    if here is None or not any(one.role == Role.SIGNATORY and one.organisation_id == here for one in held):
        raise NotRecordable(
            "%(name)s is no signatory of this body.", params={"name": user.username}, field="username",
            remedy="Let the body give that role first.",
        )  # fmt: skip
    rows = PersonAccount.objects.filter(user=user, ended_at=None, person__body=person.body).exclude(person=person)
    other = rows.select_related("person").first()
    if other is not None:
        raise NotRecordable(
            "%(name)s is the account of %(person)s.", params={"name": user.username, "person": other.person.name},
            field="username", remedy="End that link first.",
        )  # fmt: skip
    return user
