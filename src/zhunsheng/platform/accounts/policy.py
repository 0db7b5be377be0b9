"""The one permission policy: who may do what, where, on which day. Whatever is not granted is refused.

Apps register their actions at start; views, services and selectors ask here and never name a role.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Q
from django.utils import translation

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.models.divisions import prefix_of, within_any
from zhunsheng.platform.accounts.models.people import Membership, User
from zhunsheng.platform.accounts.roles import Kind, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

PUBLIC_KINDS = frozenset({Kind.AUTHORITY, Kind.DEPARTMENT})


class Reach(StrEnum):
    """How far a grant goes: everywhere, the member's division and those below it, or the member's organisation."""

    EVERYWHERE = "everywhere"
    DIVISION = "division"
    OWN = "own"


class NotAllowed(DomainError):
    """The person may not do this here today."""

    code = "not-allowed"

    def __init__(self, action: str) -> None:
        super().__init__(
            "You are not permitted to do this.",
            params={"action": action},
            remedy="Ask the administrator of your organisation for a role that permits it.",
        )


class SamePerson(DomainError):
    """One person would do two steps that the separation of duties keeps apart."""

    code = "same-person"
    status = 403
    kept = True

    def __init__(self, first: str, second: str) -> None:
        super().__init__(
            "Whoever did the first step may not do the second.",
            params={"first": first, "second": second},
            remedy="Let another person with the same role do this step.",
        )


class Placed(Protocol):
    """Whatever has a division and an organisation of its own: a body, an application, a review."""

    @property
    def division_id(self) -> str | None:
        """The division's code."""

    @property
    def organisation_id(self) -> int | None:
        """The organisation's key."""


@dataclass(frozen=True)
class Place:
    """Where something stands: the division it belongs to and the organisation it is about."""

    division_code: str | None = None
    organisation_id: int | None = None

    @classmethod
    def of(cls, thing: Placed) -> "Place":
        """Return where a thing stands that names a division and an organisation of its own."""
        return cls(division_code=thing.division_id, organisation_id=thing.organisation_id)


@dataclass(frozen=True)
class Reachable:
    """Everything an action reaches for one person on one day; the start of every `…_visible_to`."""

    everywhere: bool = False
    division_prefixes: tuple[str, ...] = ()
    organisation_ids: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.division_prefixes or self.organisation_ids)

    def covers(self, place: Place | None) -> bool:
        """Return whether the place lies within; no place at all lies only within everywhere."""
        if self.everywhere:
            return True
        if place is None:
            return False
        code = place.division_code
        return (code is not None and len(code) == 6 and code.startswith(self.division_prefixes or ("-",))) or (
            place.organisation_id is not None and place.organisation_id in self.organisation_ids
        )

    def as_q(self, *, division: str | None = "division_id", organisation: str | None = "organisation_id") -> Q:
        """Return the query condition over these fields: ranges of codes, so that an index serves it.

        Everywhere is a true condition, not an empty one, which `|` would drop.
        """
        if self.everywhere:
            return ~Q(pk__in=[])
        wanted = within_any(self.division_prefixes, division) if division else Q(pk__in=[])
        if organisation and self.organisation_ids:
            wanted |= Q(**{f"{organisation}__in": self.organisation_ids})
        return wanted


NOWHERE = Reachable()
_grants: dict[str, Mapping[Role, Reach]] = {}
_titles: dict[str, Any] = {}
_apart: dict[frozenset[str], bool] = {}


def register(action: str, grants: Mapping[Role, Reach], *, title: Any = "") -> str:
    """Register who may do an action and how far, at start; the title is a lazy translation for people.

    Raises: ValueError if the action is registered with other grants.
    """
    wanted = MappingProxyType({Role(role): Reach(reach) for role, reach in grants.items()})
    if action in _grants and dict(_grants[action]) != dict(wanted):
        raise ValueError(f"the action {action} is registered twice with different grants")
    _grants[action] = wanted
    _titles[action] = title or _titles.get(action, "")
    return action


def grants() -> Mapping[str, Mapping[Role, Reach]]:
    """Return every registered action with its grants."""
    return MappingProxyType(_grants)


def reach_of(user: "User | AnonymousUser | None", action: str, on: date) -> Reachable:
    """Return how far this person's memberships of this day carry the action; nowhere for anyone unknown."""
    if action not in _grants or not isinstance(user, User):
        return NOWHERE
    parts = [reach_of_membership(membership, action) for membership in user.memberships_on(on)]
    return Reachable(
        any(part.everywhere for part in parts),
        _outermost({prefix for part in parts for prefix in part.division_prefixes}),
        tuple(sorted({one for part in parts for one in part.organisation_ids})),
    )


def reach_of_membership(membership: Membership, action: str) -> Reachable:
    """Return how far this one membership carries the action, whatever the day.

    A reach beyond the own organisation is only for members of an authority or department.
    """
    reach = _grants.get(action, {}).get(Role(membership.role))
    if reach is None:
        return NOWHERE
    if reach is Reach.OWN:
        return Reachable(organisation_ids=(membership.organisation_id,))
    if membership.organisation.kind not in PUBLIC_KINDS:
        return NOWHERE
    if reach is Reach.EVERYWHERE:
        return Reachable(everywhere=True)
    return Reachable(division_prefixes=(prefix_of(membership.organisation.division_id),))


def allowed(user: "User | AnonymousUser | None", action: str, place: Place | None, on: date) -> bool:
    """Return whether the person may do the action at this place on this day."""
    return reach_of(user, action, on).covers(place)


def allowed_somewhere(user: "User | AnonymousUser | None", action: str, on: date) -> bool:
    """Return whether the person may do the action anywhere at all; for navigation, never for a decision."""
    if not isinstance(user, User):
        return False
    return any(reach_of_membership(one, action) for one in user.memberships_on(on))


def require(user: "User | AnonymousUser | None", action: str, place: Place | None, on: date) -> None:
    """Pass, or raise NotAllowed."""
    if not allowed(user, action, place, on):
        raise NotAllowed(action)


def keep_apart(first: str, second: str) -> None:
    """Register that nobody does both actions on one matter (who reviews does not decide; who draws does not choose)."""
    _apart[frozenset((first, second))] = True


def kept_apart() -> tuple[tuple[str, str], ...]:
    """Return the pairs of actions that one person may not both do, in order."""
    return tuple(sorted((min(pair), max(pair)) for pair in _apart if len(pair) == 2))


def refuse_same_person(first: str, done_by: Iterable[int | None], second: str, user: User) -> None:
    """Refuse the second action to anyone among those (user ids) who did the first on this matter.

    Raises: SamePerson; ValueError if the two actions were never registered with `keep_apart`.
    """
    if frozenset((first, second)) not in _apart:
        raise ValueError(f"{first} and {second} are not registered as duties to keep apart")
    if user.pk in set(done_by):
        raise SamePerson(first, second)


def permissions_page() -> str:
    """Return docs/permissions.md: every action and who may do it how far, from what is registered."""
    roles = list(Role)
    marks = {Reach.EVERYWHERE: "E", Reach.DIVISION: "D", Reach.OWN: "O"}
    lines = [
        "# Who may do what",
        "",
        "Rendered from the policy by `make docs`; what is not listed is refused. A permission holds while the",
        "membership that carries it holds, on the day of the act.",
        "",
        "- **E**: everywhere. Only for members of an authority or a sector department.",
        "- **D**: in the division of the member's authority or department, and in those below it.",
        "- **O**: in the member's own organisation.",
        "",
        f"| Action | {' | '.join(_both(role.label) for role in roles)} |",
        f"|---|{'|'.join([':-:'] * len(roles))}|",
    ]
    for action in sorted(_grants):
        cells = [marks.get(_grants[action][role], "") if role in _grants[action] else "" for role in roles]
        lines.append(f"| {_both(_titles.get(action) or action)}<br>`{action}` | {' | '.join(cells)} |")
    lines += ["", "## Duties kept apart", "", "Nobody does both on one matter.", ""]
    lines += [f"- {_both(_titles.get(one) or one)} / {_both(_titles.get(two) or two)}" for one, two in kept_apart()]
    if not kept_apart():
        lines.append(
            "No pair is registered yet; `policy.keep_apart` registers them, `policy.refuse_same_person` refuses."
        )
    return "\n".join(lines) + "\n"


def _both(words: Any) -> str:
    """Return words in Chinese and English."""
    found = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            found.append(str(words))
    return "<br>".join(dict.fromkeys(found))


def _outermost(prefixes: set[str]) -> tuple[str, ...]:
    return tuple(
        sorted(one for one in prefixes if not any(one != other and one.startswith(other) for other in prefixes))
    )
