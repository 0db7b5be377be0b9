"""The officers of a province, and applications at every stage, made plainly."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from zhunsheng.admission.licensing.lifecycle import Stage
from zhunsheng.admission.licensing.models import Application, ApplicationLine, ApplicationSite
from zhunsheng.admission.licensing.selectors import clocks as limits
from zhunsheng.admission.licensing.services import clocks
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind as OrganisationKind
from zhunsheng.platform.accounts.models import Organisation, Role, User
from zhunsheng.platform.accounts.tests.factories import make_division, make_member, make_organisation

SHANGHAI = ZoneInfo("Asia/Shanghai")
NUMBERS = count(1)


def day(text: str, hour: int = 10) -> datetime:
    """Return an hour of a day in Shanghai."""
    return datetime.fromisoformat(text).replace(hour=hour, tzinfo=SHANGHAI)


MONDAY = day("2026-03-02")
"""A Monday without a holiday near."""


@dataclass
class Bureau:
    """The province's authority: who handles and proposes, who examines, who decides; and an officer of a city."""

    authority: Organisation
    handler: User
    legal: User
    decider: User
    city: User


def make_bureau() -> Bureau:
    """Make them."""
    authority = make_organisation(division="440000", name="广东省市场监督管理局")
    return Bureau(
        authority,
        make_member(Role.REVIEWER, authority),
        make_member(Role.LEGAL_OFFICER, authority),
        make_member(Role.PROVINCE_OFFICER, authority),
        make_member(Role.CITY_OFFICER, make_organisation(division="440300")),
    )


def make_laboratory(division: str = "440100", **values: Any) -> Organisation:
    """Make an applicant's organisation."""
    made: Organisation = make_organisation(OrganisationKind.BODY, division=division, **values)
    return made


def filed(
    laboratory: Organisation | None = None, *, at: datetime = MONDAY, lines: int = 2, **values: Any
) -> Application:
    """Make an application that was filed at a time, with its clock of acceptance running."""
    house = laboratory or make_laboratory()
    clerk = make_member(Role.BODY_CLERK, house)
    plain: dict[str, Any] = {
        "number": f"SQ{at:%Y}-{next(NUMBERS):06d}", "kind": "first", "route": "general", "organisation": house,
        "division": make_division(house.division_id), "applicant_name": house.name, "uscc": "91440101MA5XXXXX0X",
        "address": "广州市天河区科学大道1号", "started_by": clerk, "started_at": at, "filed_at": at, "field": "12",
        "stage": Stage.FILED,
    }  # fmt: skip
    with recorded(clerk, "test data"):
        made = Application.objects.create(**(plain | values))
        site = ApplicationSite.objects.create(application=made, code="A", address=made.address)
    ApplicationLine.objects.bulk_create(
        ApplicationLine(
            application=made, number=place, site=site, object_text="生活饮用水", parameter_text=f"参数{place}",
            method_text="GB/T 5750.6-2023", domain="生态环境", category="水质",
        )
        for place in range(1, lines + 1)
    )  # fmt: skip
    clocks.start(made, limits.ACCEPTANCE, at.date())
    return made


def later(at: datetime, days: int) -> datetime:
    """Return the same hour so many calendar days later."""
    return at + timedelta(days=days)
