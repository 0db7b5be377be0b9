"""What this room's policy grants, and how far a sender of reports may reach."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.policy import NOWHERE, Place, Reach, Reachable
from zhunsheng.platform.accounts.roles import BODY_ROLES, OFFICERS, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from zhunsheng.platform.accounts.models import User


class Can:
    """The actions of this room."""

    SUBMIT_REPORTS = "reports.submit"
    IMPORT_REPORTS = "reports.import"
    READ_REPORTS = "reports.read"
    READ_FINDINGS = "reports.read_findings"
    CHECK_REPORTS = "reports.check"


_ADMINISTRATOR = {Role.SYSTEM_ADMINISTRATOR: Reach.EVERYWHERE}
_AUDITOR = {Role.AUDITOR: Reach.EVERYWHERE}
_OFFICERS = dict.fromkeys(OFFICERS, Reach.DIVISION)
_SERVANTS = dict.fromkeys((Role.REVIEWER, Role.INSPECTOR, Role.LEGAL_OFFICER, Role.DEPARTMENT_OFFICER), Reach.DIVISION)
_BODY = dict.fromkeys(BODY_ROLES, Reach.OWN)


def register() -> None:
    """Register this room's actions with the policy."""
    policy.register(Can.SUBMIT_REPORTS, _BODY, title=_("Submit reports of one's own body"))
    policy.register(Can.CHECK_REPORTS, _BODY | _OFFICERS | _ADMINISTRATOR, title=_("Check reports before issue"))
    policy.register(
        Can.IMPORT_REPORTS,
        _ADMINISTRATOR | {Role.PROVINCE_OFFICER: Reach.EVERYWHERE, Role.CITY_OFFICER: Reach.DIVISION},
        title=_("Take over results that an authority has published"),
    )
    readers = _AUDITOR | _OFFICERS | _SERVANTS | _BODY
    policy.register(Can.READ_REPORTS, readers, title=_("Read reports"))
    policy.register(Can.READ_FINDINGS, readers, title=_("Read what the arrival checks found"))


@dataclass(frozen=True, slots=True)
class Sender:
    """Who hands in reports, and for whom: `submits` as a member of the body, `imports` what an authority published."""

    principal: str
    user_id: int | None = None
    submits: Reachable = NOWHERE
    imports: Reachable = NOWHERE

    def speaks_for(self, place: Place) -> bool:
        """Return whether the sender is authenticated as this body."""
        return self.submits.covers(place)

    def may_import(self, place: Place) -> bool:
        """Return whether the sender may hand in a publisher's file about this body."""
        return self.imports.covers(place)


OPERATOR = Sender("operator", imports=Reachable(everywhere=True))
"""Whoever works at the command line of this installation: may import, and deliver what a body has signed."""


def sender_of(user: "User | AnonymousUser | None", on: date) -> Sender:
    """Return the person or service account as a sender of reports on this day."""
    return Sender(
        f"user:{getattr(user, 'pk', None)}",
        getattr(user, "pk", None),
        policy.reach_of(user, Can.SUBMIT_REPORTS, on),
        policy.reach_of(user, Can.IMPORT_REPORTS, on),
    )


def require_check(user: "User | AnonymousUser | None", on: date) -> None:
    """Pass whoever may have reports checked without storing them, or raise NotAllowed."""
    if not policy.allowed_somewhere(user, Can.CHECK_REPORTS, on):
        raise policy.NotAllowed(Can.CHECK_REPORTS)
