"""Eight ways to an accreditation, from the form to what anybody can look up, with the days counted by hand.

Working days around Spring Festival 2026 (15 to 23 February off, 14 and 28 February worked) and National Day 2026
(1 to 7 October off, 20 September and 10 October worked), by the State Council's notice in ../shared/data/cn_holidays.
"""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client

from zhunsheng.admission.certificates.models import Certificate, ListedDecision
from zhunsheng.admission.licensing.lifecycle import Finding, Stage
from zhunsheng.admission.licensing.models import Application, Explanation, Verification
from zhunsheng.admission.licensing.selectors import missing
from zhunsheng.admission.licensing.services import (
    acceptance,
    attachments,
    deciding,
    drafting,
    filing,
    reviewing,
    verifications,
)
from zhunsheng.admission.licensing.tests.applicants import PASSWORD, PDF, Applicant, make_applicant, pick
from zhunsheng.admission.licensing.tests.officers import Bureau, make_bureau
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.tests.factories import make_member
from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.bodies.tests.factories import make_certificate, make_line
from zhunsheng.registry.credit.models import CreditEvent

pytestmark = pytest.mark.django_db
_hours = count()


def on(day: str) -> datetime:
    """Return ten in the morning of a day in China, a minute later at each call so that steps keep their order."""
    moment = datetime.fromisoformat(f"{day}T10:00:00+08:00")
    return moment + timedelta(seconds=next(_hours) % 3000)


class Case:
    """One application on its way, with the people of both sides."""

    def __init__(self, kind: str, route: str, day: str, **told: Any) -> None:
        self.one: Applicant = make_applicant(lines=2)
        self.bureau: Bureau = make_bureau()
        self.expert = make_member(Role.EXPERT, self.bureau.authority)
        self.kind, self.route = kind, route
        give: dict[str, Any] = {"by": self.one.clerk, "at": on(day)}
        made = drafting.start_application(organisation_id=self.one.organisation.pk, kind=kind, **give)
        self.pk = made.pk
        content = {
            "uscc": "91440101MA59TEST0X", "address": self.one.body.address, "contact": "王工", "domain": "ecology",
            "contact_phone": "020-12345678", "field": "12", "sector": "05", "special_food": False,
            **dict.fromkeys(missing.questions_of(kind, on(day).date()), False),
        }  # fmt: skip
        drafting.save_part(application_id=made.pk, content=content | told, **give)

    @property
    def application(self) -> Application:
        """Return the application as it stands."""
        return Application.objects.get(pk=self.pk)

    def file(self, day: str) -> None:
        """Choose the route, hand in all that is asked, sign and file."""
        give: dict[str, Any] = {"application_id": self.pk, "by": self.one.clerk, "at": on(day)}
        filing.choose_route(route=self.route, **give)
        for entry in missing.materials_asked(self.application, give["at"].date()):
            code = entry.values["check"]["material"]
            attachments.attach(material=code, content=PDF + code.encode(), name=f"{code}.pdf", **give)
        filing.sign_commitment(application_id=self.pk, by=self.one.manager, at=on(day), password=PASSWORD)
        filing.file_application(application_id=self.pk, by=self.one.manager, at=on(day))

    def accept(self, day: str) -> None:
        """Let the officer accept it."""
        acceptance.accept(application_id=self.pk, by=self.bureau.handler, at=on(day))

    def review(self, mode: str, first: str, last: str) -> None:
        """Let a panel find that everything conforms."""
        reviewing.record_review_started(application_id=self.pk, mode=mode, by=self.bureau.handler, at=on(first))
        reviewing.record_conclusion(
            application_id=self.pk, conclusion="conform", by=self.bureau.handler,
            reviewers=[self.expert], at=on(last),
            line_outcomes={one.pk: (True, "") for one in self.application.lines.all()},
        )  # fmt: skip

    def decide(self, day: str) -> Application:
        """Let three people propose, examine and decide."""
        found = deciding.draft_of(self.application, date.fromisoformat(day))
        deciding.propose(
            application_id=self.pk, outcome=found.outcome, reasons=found.text or "材料齐全，符合规定",
            by=self.bureau.handler, at=on(day),
        )  # fmt: skip
        if self.application.stage == Stage.PROPOSED:
            deciding.give_legal_opinion(
                application_id=self.pk, agrees=True, opinion="程序合法", by=self.bureau.legal, at=on(day)
            )
        deciding.decide(application_id=self.pk, by=self.bureau.decider, at=on(day))
        return self.application

    def due(self, clock: str) -> date | None:
        """Return the last day of a clock."""
        found: date | None = self.application.clocks.get(clock=clock).due_on
        return found


def public(path: str) -> str:
    """Return what anybody reads at an address."""
    answer = Client(HTTP_ACCEPT_LANGUAGE="zh-CN").get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def told_by_law(application: Application) -> None:
    """Every automatic decision names its rule and version, and says so in both languages."""
    said = Explanation.objects.filter(application=application)
    assert said
    assert all(one.rule and one.version and one.words_zh and one.words_en and one.inputs is not None for one in said)


def certificate_of(case: Case) -> Certificate:
    """Return the one certificate that stands for the body."""
    return Certificate.objects.get(body=case.one.body, stage="current")


def lead_by_hj700() -> Any:
    """Return the lines of lead by HJ 700-2014 that the body holds."""
    return ScopeLine.objects.filter(method_text__startswith="HJ 700", parameter_text__contains="铅")


def test_general_procedure_for_an_extension_over_spring_festival():
    case = Case("extension", "general", "2026-02-09")
    pick(case.one, case.application, 2, at=on("2026-02-09"))
    case.file("2026-02-10")
    assert case.due("T1") == date(2026, 2, 24)  # 11, 12, 13 and the worked Saturday 14, then the holiday, the 24th
    case.accept("2026-02-14")
    assert case.due("T2") == date(2026, 4, 3)  # 30 working days: 5 in February, 22 in March, 1 to 3 April
    case.review("on_site", "2026-03-02", "2026-03-20")
    assert case.due("T4") == date(2026, 4, 3)

    decided = case.decide("2026-03-26")

    assert decided.stage == Stage.GRANTED
    number = certificate_of(case).number
    assert number == case.one.certificate.number  # an extension keeps number and term
    assert case.one.body.name in public("/certificates/")
    assert lead_by_hj700().filter(body=case.one.body).exists()
    assert number in public(f"/bodies/{case.one.body.slug}/")
    told_by_law(decided)


def test_commitment_is_decided_at_once_and_revoked_in_part_when_it_was_untrue():
    case = Case("extension", "commitment", "2026-02-09")
    pick(case.one, case.application, 1, at=on("2026-02-09"))
    case.file("2026-02-13")
    assert case.due("T1") == date(2026, 2, 27)  # 14, 24, 25, 26, 27 February
    case.accept("2026-02-14")
    decided = case.decide("2026-02-14")
    assert decided.stage == Stage.GRANTED
    told_by_law(decided)
    task = Verification.objects.get(application=decided)
    assert task.due_on == date(2026, 5, 14)  # three months after the decision
    assert task.rate == 1
    assert lead_by_hj700().filter(body=case.one.body, valid_to=None).exists() or lead_by_hj700().exists()

    finder = make_member(Role.INSPECTOR, case.bureau.authority)
    found = verifications.record_finding(
        verification_id=task.pk, finding=Finding.UNTRUE, words="承诺的设备并不存在", by=finder, at=on("2026-04-02")
    )

    assert found.stage == "revoking"
    assert CreditEvent.objects.filter(body=case.one.body, kind="licence_granted").exists()


def test_documents_alone_renew_a_certificate_of_a_body_without_breaches():
    case = Case("renewal", "documents", "2026-09-21", substantive_change=False)
    case.file("2026-09-28")
    assert case.due("T1") == date(2026, 10, 10)  # 29, 30 September, 8, 9 and the worked Saturday 10 October
    case.accept("2026-09-29")
    assert case.due("T2") == date(2026, 11, 16)  # 30 September, 16 days in October with the 10th, ... to 16 November
    case.review("document", "2026-10-08", "2026-10-15")

    decided = case.decide("2026-10-20")

    assert decided.stage == Stage.GRANTED
    made = Certificate.objects.get(application_number=decided.number)
    assert made.occasion == "renewal"
    told_by_law(decided)


def test_remote_review_extends_a_scope():
    case = Case("extension", "remote", "2026-09-21", remote_ground="few_changes")
    pick(case.one, case.application, 1, at=on("2026-09-21"))
    case.file("2026-09-22")
    assert case.due("T1") == date(2026, 9, 30)  # 23, 24, 28, 29, 30; 25 to 27 are Mid-Autumn
    case.accept("2026-09-23")
    case.review("remote", "2026-09-28", "2026-09-30")
    assert case.due("T4") == date(2026, 10, 20)  # 8, 9, 10, 12 to 16, 19, 20 October

    decided = case.decide("2026-10-09")

    assert decided.stage == Stage.GRANTED
    assert lead_by_hj700().filter(body=case.one.body).exists()
    told_by_law(decided)


def test_self_declaration_replaces_a_superseded_method_at_once():
    case = Case("method_year", "self_declaration", "2026-02-24", same_capability=True, affects_conditions=False)
    case.file("2026-02-25")
    assert case.due("T1") == date(2026, 3, 3)  # 26, 27, the worked Saturday 28 February, 2 and 3 March
    case.accept("2026-02-26")

    decided = case.decide("2026-02-26")

    assert decided.stage == Stage.GRANTED
    today = ScopeLine.objects.filter(body=case.one.body, valid_to=None, method_text="GB/T 5750.6-2006")
    assert not today.exists()
    assert Verification.objects.filter(application=decided).exists()
    told_by_law(decided)


def test_a_change_of_name_is_filed_and_everybody_finds_the_new_name():
    case = Case("name", "change_filing", "2026-09-24", affects_conditions=False)
    drafting.save_part(
        application_id=case.pk, content={"new_name": "珠江新名检测有限公司"}, by=case.one.clerk, at=on("2026-09-24")
    )
    case.file("2026-09-24")
    assert case.due("T1") == date(2026, 10, 9)  # 28, 29, 30 September, 8 and 9 October
    case.accept("2026-09-28")

    decided = case.decide("2026-09-28")

    assert decided.stage == Stage.GRANTED
    case.one.body.refresh_from_db()
    assert case.one.body.name == "珠江新名检测有限公司"
    assert "珠江新名检测有限公司" in public(f"/bodies/{case.one.body.slug}/")
    told_by_law(decided)


def test_one_joint_review_serves_the_sector_licence_too():
    case = Case("extension", "joint", "2026-02-09", sector_licence="粤环检〔2026〕12号 生态环境监测备案")
    pick(case.one, case.application, 1, at=on("2026-02-09"))
    case.file("2026-02-11")
    assert case.due("T1") == date(2026, 2, 25)  # 12, 13, 14, 24, 25
    case.accept("2026-02-12")
    case.review("on_site", "2026-02-24", "2026-03-06")

    decided = case.decide("2026-03-10")

    assert decided.stage == Stage.GRANTED
    assert decided.sector_licence
    told_by_law(decided)


def test_what_cnas_recognises_needs_no_second_visit():
    case = Case("extension", "cnas", "2026-09-21")
    pick(case.one, case.application, 1, at=on("2026-09-21"))
    recognised = make_certificate(case.one.body, "CNAS L1234")
    line = case.application.lines.get()
    make_line(
        recognised, object=line.object, parameter=line.parameter, edition=line.edition, method_text=line.method_text,
        valid_from=date(2024, 1, 1),
    )  # fmt: skip
    case.file("2026-09-22")
    case.accept("2026-09-23")
    case.review("document", "2026-09-24", "2026-09-28")

    decided = case.decide("2026-09-29")

    assert decided.stage == Stage.GRANTED
    told_by_law(decided)


def test_what_is_refused_is_announced_with_its_reasons_and_held_against_nobody_in_public():
    case = Case("extension", "general", "2026-03-02")
    pick(case.one, case.application, 1, at=on("2026-03-02"))
    case.file("2026-03-03")
    case.accept("2026-03-04")
    reviewing.record_review_started(application_id=case.pk, mode="on_site", by=case.bureau.handler, at=on("2026-03-05"))
    reviewing.record_conclusion(
        application_id=case.pk, conclusion="not_conform", by=case.bureau.handler,
        reviewers=[case.expert], at=on("2026-03-12"),
        line_outcomes={one.pk: (False, "现场试验不符合") for one in case.application.lines.all()},
        unmet=[("第十一条（二）", "检定证书过期")],
    )  # fmt: skip

    decided = case.decide("2026-03-16")

    assert decided.stage == Stage.REFUSED
    assert ListedDecision.objects.get(application_number=decided.number).kind == "refused"
    assert not Certificate.objects.filter(application_number=decided.number).exists()
    told_by_law(decided)
