"""The plainest valid people and organisations; other rooms' tests use these too."""

from datetime import UTC, date, datetime
from itertools import count

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Division, Kind, Level, Membership, Organisation, Role, User
from zhunsheng.platform.accounts.models.divisions import prefix_of

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
LONG_AGO = date(2020, 1, 1)
PASSWORD = "yuntai-3-mountain"

_numbers = count(1)


def make_division(code="440100", name=""):
    """Return the division with this code, and those above it."""
    above = {2: None, 4: f"{code[:2]}0000", 6: f"{code[:4]}00"}[len(prefix_of(code))]
    parent = make_division(above) if above else None
    level = {2: Level.PROVINCE, 4: Level.CITY, 6: Level.COUNTY}[len(prefix_of(code))]
    return Division.objects.get_or_create(
        code=code, defaults={"name": name or f"区划{code}", "level": level, "parent": parent}
    )[0]


def make_organisation(kind=Kind.AUTHORITY, division="440100", name="", **fields):
    """Return a new organisation."""
    with recorded(None, "test data"):
        return Organisation.objects.create(
            kind=kind, name=name or f"机构{next(_numbers)}", division=make_division(division), **fields
        )


def make_user(username="", *, password=None, **fields):
    """Return a new person; without a password signing in needs force_login."""
    user = User(username=username or f"person{next(_numbers)}", **fields)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    return user


def make_member(role=Role.CITY_OFFICER, organisation=None, *, user=None, valid_from=LONG_AGO, valid_to=None):
    """Return a person who has this role in the organisation."""
    person = user or make_user()
    with recorded(None, "test data"):
        Membership.objects.create(
            user=person,
            organisation=organisation or make_organisation(),
            role=role,
            valid_from=valid_from,
            valid_to=valid_to,
        )
    return person
