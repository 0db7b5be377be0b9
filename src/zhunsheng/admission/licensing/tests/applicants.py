"""A laboratory with its people and register, ready to apply."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.selectors import missing
from zhunsheng.admission.licensing.services import attachments, drafting, filing, lines
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Organisation, Role, User
from zhunsheng.platform.accounts.tests.factories import NOON, PASSWORD, TODAY, make_member, make_organisation, make_user
from zhunsheng.registry.bodies.models import Accreditation, Body, Person, Signatory
from zhunsheng.registry.bodies.tests.factories import (
    STANDARDS,
    load_catalogue,
    make_body,
    make_certificate,
    make_line,
    make_site,
)
from zhunsheng.registry.catalogue.models import Method, MethodParameter, Parameter, StandardEdition, TestObject

CMA = "231912050001"
PDF = b"%PDF-1.7\n1 0 obj\nquality manual\n"
__all__ = [
    "CMA",
    "NOON",
    "PASSWORD",
    "PDF",
    "STANDARDS",
    "TODAY",
    "Applicant",
    "begin",
    "complete",
    "make_applicant",
    "pick",
]


@dataclass
class Applicant:
    """A laboratory's organisation, body and certificate, its manager (legal representative) and its clerk."""

    organisation: Organisation
    body: Body
    certificate: Accreditation
    manager: User
    clerk: User


def make_applicant(*, lines: int = 1, number: str = CMA) -> Applicant:
    """Make them with a small catalogue, two sites, one signatory and lines of drinking water."""
    load_catalogue()
    methods()
    laboratory = make_organisation(Kind.BODY, name=f"示范检测 {number}")
    body = make_body(
        number, cma=number, name=laboratory.name, organisation=laboratory, division=laboratory.division,
        address="广州市天河区科学大道1号",
    )  # fmt: skip
    certificate = make_certificate(body, number)
    make_site(body, "A", address="广州市天河区科学大道1号")
    for place in range(lines):
        make_line(certificate, **_line(place))
    with recorded(None, "test data"):
        person = Person.objects.create(body=body, code="S1", name="刘签字", title="高级工程师")
        Signatory.objects.create(person=person, field="水质 金属")
    manager = make_member(Role.BODY_MANAGER, laboratory, user=make_user(password=PASSWORD))
    return Applicant(laboratory, body, certificate, manager, make_member(Role.BODY_CLERK, laboratory))


def methods() -> list[MethodParameter]:
    """Let the catalogue know that both metals are determined by HJ 700-2014 and GB/T 5750.6-2023."""
    found = []
    with recorded(None, "test data"):
        for code in ("HJ 700-2014", "GB/T 5750.6-2023"):
            method, _new = Method.objects.get_or_create(
                edition=StandardEdition.objects.get(code=code), clause="", technique="ICP-MS"
            )
            for metal in ("PB", "CD"):
                parameter = Parameter.objects.get(code=metal)
                found.append(MethodParameter.objects.get_or_create(method=method, parameter=parameter)[0])
    return found


def _line(place: int) -> dict[str, Any]:
    """Return lead by the new edition first, then by the one it replaced."""
    code = ("GB/T 5750.6-2023", "GB/T 5750.6-2006")[place % 2]
    return {
        "object": TestObject.objects.get(code="W-DRINK"),
        "parameter": Parameter.objects.get(code="PB"),
        "edition": StandardEdition.objects.get(code=code),
        "method_text": code,
        "clause": str(place) if place > 1 else "",
        "valid_from": date(2023, 5, 1),
    }


def begin(one: Applicant, kind: str = "extension", *, by: User | None = None) -> Application:
    """Start an application."""
    return drafting.start_application(organisation_id=one.organisation.pk, kind=kind, by=by or one.clerk, at=NOON)


def pick(one: Applicant, application: Application, number: int = 1, **values: Any) -> int:
    """Pick this many methods for drinking water."""
    plain = {
        "application_id": application.pk, "object_name": "生活饮用水", "by": one.clerk, "at": NOON,
        "determination_ids": list(MethodParameter.objects.order_by("pk").values_list("pk", flat=True)[:number]),
    }  # fmt: skip
    return lines.pick_lines(**(plain | values))


def complete(
    one: Applicant, kind: str = "extension", *, route: str = "general", signed: bool = True, at: datetime = NOON
) -> Application:
    """Prepare an application in which nothing is missing."""
    made = drafting.start_application(organisation_id=one.organisation.pk, kind=kind, by=one.clerk, at=at)
    give: dict[str, Any] = {"application_id": made.pk, "by": one.clerk, "at": at}
    told = {
        "uscc": "91440101MA59TEST0X", "address": made.address or "广州", "contact": "王工", "domain": "ecology",
        "contact_phone": "020-12345678", "field": "12", "sector": "05", "reasons": "因业务调整",
        **dict.fromkeys(missing.questions_of(kind, timezone.localdate(at)), False),
    }  # fmt: skip
    drafting.save_part(content=told, **give)
    if kind == "extension":
        pick(one, made, at=at)
    filing.choose_route(route=route, **give)
    made.refresh_from_db()
    day = timezone.localdate(at)
    for entry in missing.materials_asked(made, day):
        code = entry.values["check"]["material"]
        attachments.attach(material=code, content=PDF + code.encode(), name=f"{code}.pdf", **give)
    if signed:
        filing.sign_commitment(application_id=made.pk, by=one.manager, at=at, password=PASSWORD)
    return made
