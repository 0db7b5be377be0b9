"""Writes about organisations."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.identifiers import parse_uscc
from zhunsheng.platform.accounts import permissions, policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Division, Kind, Organisation, User, prefix_of
from zhunsheng.platform.accounts.permissions import Can
from zhunsheng.platform.accounts.policy import Place
from zhunsheng.platform.accounts.services.reasons import demand


class NotAnOrganisation(DomainError):
    """What was stated about an organisation cannot be."""

    code = "organisation-not-possible"


@dataclass(frozen=True)
class OrganisationFacts:
    """What is stated about an organisation."""

    kind: str
    name: str
    division: Division
    name_en: str = ""
    uscc: str = ""
    parent: Organisation | None = None
    sector: str = ""
    phone: str = ""
    court: str = ""


@transaction.atomic
def create_organisation(*, facts: OrganisationFacts, by: User, at: datetime, why: str) -> Organisation:
    """Register an organisation.

    Raises: NotAllowed, MissingReason, NotAnOrganisation, IdentifierError for a credit code that is not one.
    """
    policy.require(by, Can.MANAGE_ORGANISATIONS, Place(facts.division.pk), timezone.localdate(at))
    organisation = Organisation()
    _state(organisation, facts)
    with recorded(by, demand(why, Organisation)):
        organisation.save()
    return organisation


@transaction.atomic
def change_organisation(
    *, organisation_id: int, facts: OrganisationFacts, by: User, at: datetime, why: str
) -> Organisation:
    """Change what is stated about an organisation; whoever moves it must reach both divisions.

    Raises: Organisation.DoesNotExist, NotAllowed, MissingReason, NotAnOrganisation, IdentifierError.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    today = timezone.localdate(at)
    permissions.require(by, Can.MANAGE_ORGANISATIONS, organisation, today)
    policy.require(by, Can.MANAGE_ORGANISATIONS, Place(facts.division.pk), today)
    _state(organisation, facts)
    with recorded(by, demand(why, Organisation)):
        organisation.save()
    return organisation


def _state(organisation: Organisation, facts: OrganisationFacts) -> None:
    """Check what is stated and put it on the organisation."""
    name = facts.name.strip()
    if not name:
        raise NotAnOrganisation("An organisation needs a name.", field="name")
    if organisation.pk and organisation.kind != facts.kind:
        raise NotAnOrganisation("The kind of an organisation does not change.", field="kind")
    if facts.kind == Kind.DEPARTMENT and not facts.sector:
        raise NotAnOrganisation("A sector department needs its sector.", field="sector")
    _check_parent(organisation, facts)
    organisation.kind, organisation.name, organisation.name_en = facts.kind, name, facts.name_en.strip()
    organisation.uscc = parse_uscc(facts.uscc).code if facts.uscc.strip() else ""
    organisation.division, organisation.parent, organisation.sector = facts.division, facts.parent, facts.sector
    organisation.phone, organisation.court = facts.phone.strip(), facts.court.strip()
    _check_unique(organisation)


def _check_parent(organisation: Organisation, facts: OrganisationFacts) -> None:
    parent = facts.parent
    if parent is None:
        return
    if parent.kind != facts.kind:
        raise NotAnOrganisation("The higher organisation is of another kind.", field="parent")
    if parent.pk == organisation.pk:
        raise NotAnOrganisation("An organisation is not above itself.", field="parent")
    if facts.kind in policy.PUBLIC_KINDS:
        above, here = prefix_of(parent.division_id), prefix_of(facts.division.pk)
        if not here.startswith(above) or len(above) >= len(here):
            raise NotAnOrganisation("The higher authority stands in a division above this one.", field="parent")
    elif _is_below(parent, organisation):
        raise NotAnOrganisation("An organisation is not above itself.", field="parent")


def _is_below(parent: Organisation, organisation: Organisation) -> bool:
    """Return whether the parent stands below this organisation already: a ring would follow."""
    seen: set[int] = set()
    above: Organisation | None = parent
    while above is not None and above.pk not in seen:
        if above.pk == organisation.pk and organisation.pk:
            return True
        seen.add(above.pk)
        above = above.parent
    return False


def _check_unique(organisation: Organisation) -> None:
    others = Organisation.objects.exclude(pk=organisation.pk) if organisation.pk else Organisation.objects.all()
    if organisation.uscc and others.filter(uscc=organisation.uscc).exists():
        raise NotAnOrganisation("An organisation with this credit code exists already.", field="uscc")
    same = others.filter(kind=organisation.kind, division=organisation.division, name=organisation.name)
    if same.exists():
        raise NotAnOrganisation("This division has an organisation of this kind and name already.", field="name")
