"""The plainest valid draws; rooms above use these in their tests too."""

import hashlib
from datetime import UTC, datetime, timedelta
from itertools import count

from zhunsheng.foundation.draws import sources
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.tests.factories import make_division, make_member, make_organisation
from zhunsheng.platform.draws import services

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
EVENING = NOON + timedelta(hours=9)
NIGHT = NOON + timedelta(hours=10)
SECRETS = {"a": "alpha-0123456789-0123456789-abcdef", "b": "beta-9876543210-9876543210-fedcba"}
PANEL = [
    {"id": f"GD-A-{k:04d}", "fields": "food water" if k % 3 else "water", "rank": "leader" if k % 4 == 0 else "member",
     "barred": "employer" if k == 5 else "", "load": str(k % 3), "rest": "2"}
    for k in range(12)
]  # fmt: skip
NEEDS = {
    "size": 3, "fields": ["food", "water"], "leader_ranks": ["leader"], "load_weights": [4, 2, 1],
    "titles": {"food": "食品", "water": "水质"},
}  # fmt: skip
_NUMBERS = count()
_SEALED: dict[str, str] = {}
PLACE = policy.Place(division_code="440100")


def digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


def fresh_parties():
    """Return a source of chance by two parties whose secrets no other draw has; `secrets_of` finds them."""
    made = {part: f"{part}-{next(_NUMBERS):012d}-0123456789-abcdef" for part in "ab"}
    _SEALED.update({digest(secret): secret for secret in made.values()})
    return {"source": "two_party", "reference": make_reference(made)}


def secrets_of(draw):
    """Return the material that opens a draw of `fresh_parties`."""
    first, second = sources.digests_in(draw.source, draw.reference)
    return {"a": _SEALED[first], "b": _SEALED[second]}


def make_reference(secrets=None):
    """Return the reference of a draw by two parties with these secrets."""
    known = secrets or SECRETS
    return sources.two_party("法规处", digest(known["a"]), "公证处", digest(known["b"]))


def make_officer(role=Role.CITY_OFFICER, division="440100"):
    """Return an officer of a city's authority."""
    make_division(division)
    return make_member(role, make_organisation(Kind.AUTHORITY, division))


def make_draw(*, by=None, **change):
    """Return a committed panel draw by two parties."""
    facts = {
        "kind": "panel", "title": "某检测公司资质认定评审组", "frame": PANEL, "parameters": NEEDS,
        "source": "two_party", "reference": make_reference(), "place": PLACE, "at": NOON,
    }  # fmt: skip
    return services.commit(by=by or make_officer(), **(facts | change))


def make_drawn(*, by=None, **change):
    """Return a draw with its result, entered and drawn by another officer."""
    draw, other = make_draw(by=by, **change), make_officer()
    services.enter_source(draw_id=draw.pk, material=SECRETS, by=other, at=EVENING)
    return services.draw(draw_id=draw.pk, by=other, at=NIGHT)
