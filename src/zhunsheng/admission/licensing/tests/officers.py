"""The officers of a province, and applications at every stage, made plainly."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from zhunsheng.admission.licensing.lifecycle import Stage
from zhunsheng.admission.licensing.models import Application, ApplicationLine, ApplicationSite
from zhunsheng.admission.licensing.selectors import clocks as limits
from zhunsheng.admission.licensing.services import clocks
from zhunsheng.foundation.identifiers import make_uscc
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind as OrganisationKind
from zhunsheng.platform.accounts.models import Organisation, Role, User
from zhunsheng.platform.accounts.tests.factories import make_division, make_member, make_organisation
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate, make_line, make_site

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
        "division": make_division(house.division_id), "applicant_name": house.name,
        "uscc": make_uscc(house.division_id, house.pk).code,
        "address": "广州市天河区科学大道1号", "started_by": clerk, "started_at": at, "filed_at": at, "field": "12",
        "stage": Stage.FILED,
    }  # fmt: skip
    if values.get("kind", "first") != "first" and "body" not in values:
        plain["body"] = registered(house, at)
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


def registered(house: Organisation, at: datetime, *, valid_to: date = date(2029, 4, 30)) -> Body:
    """Enter a body with a certificate of one line that holds at a time."""
    number = f"2319120{next(NUMBERS):05d}"
    body = make_body(number, cma=number, name=house.name, organisation=house, division=house.division)
    certificate = make_certificate(body, number, valid_from=date(2023, 5, 1), valid_to=valid_to)
    make_site(body, "A", address="广州市天河区科学大道1号")
    make_line(certificate)
    return body


def later(at: datetime, days: int) -> datetime:
    """Return the same hour so many calendar days later."""
    return at + timedelta(days=days)
