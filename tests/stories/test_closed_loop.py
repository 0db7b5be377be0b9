"""One laboratory all the way round: granted, doubted, drawn, visited, punished, graded, barred, repaired.

The law it walks is lawful for a bureau: conduct is punished by who investigates, the qualification is touched by the
grantor alone, a route is barred by what an article names (an untrue commitment), never by a grade.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.stories.test_licensing import Case, certificate_of, on, pick, public
from zhunsheng.admission.licensing.lifecycle import Finding as Verdict
from zhunsheng.admission.licensing.models import RouteBar, Verification
from zhunsheng.admission.licensing.rules.routing import RouteAnswer
from zhunsheng.admission.licensing.selectors.routing import answer_for
from zhunsheng.admission.licensing.services import bars, drafting, filing, hearings, verifications
from zhunsheng.admission.licensing.services.revoking import confirm_untrue
from zhunsheng.admission.licensing.tests.applicants import PDF
from zhunsheng.oversight.enforcement.models import Case as PenaltyCase
from zhunsheng.oversight.enforcement.models import QualificationMatter
from zhunsheng.oversight.enforcement.rules.sanctions import Sanction
from zhunsheng.oversight.enforcement.rules.yardstick import Facts
from zhunsheng.oversight.enforcement.services import (
    FindingFacts,
    deciding,
    documents,
    investigating,
    proposing,
    qualification,
)
from zhunsheng.oversight.inspections import selectors as inspections
from zhunsheng.oversight.inspections.models import Task
from zhunsheng.oversight.inspections.services.drawing import seal_bodies_draw, take_bodies
from zhunsheng.oversight.inspections.services.staffing import seal_inspectors_draw, take_inspectors
from zhunsheng.oversight.inspections.tests.factories import (
    carry_out,
    make_bodies,
    make_inspector,
    make_officer,
    make_plan,
    two_parties,
)
from zhunsheng.oversight.leads.models import Lead
from zhunsheng.oversight.screening.services.leading import open_lead_from
from zhunsheng.oversight.screening.tests.factories import make_alert
from zhunsheng.oversight.visits import services as visits
from zhunsheng.oversight.visits.lifecycle import Handling
from zhunsheng.oversight.visits.models import Visit
from zhunsheng.oversight.visits.tests.factories import change, judge_all, sign_all
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member
from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.credit.models import CreditEvent, Grade
from zhunsheng.registry.credit.services import compute_grades, decide_petition, file_petition

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=2)
DECIDED = NOON + timedelta(days=10)
REPAIRED = NOON + timedelta(days=800)
FORCING = ("false_report", "commitment_untrue")


def granted() -> Case:
    """Return a laboratory whose scope was extended by commitment, to be verified within three months."""
    case = Case("extension", "commitment", "2026-02-09", domain="food", field="00")
    pick(case.one, case.application, 1, at=on("2026-02-09"))
    case.file("2026-02-13")
    case.accept("2026-02-14")
    case.decide("2026-02-14")
    return case


def route_by_commitment(case: Case, at: datetime) -> RouteAnswer:
    """Return how the route by commitment stands for the laboratory's next application."""
    made = drafting.start_application(
        organisation_id=case.one.organisation.pk, kind="extension", by=case.one.clerk, at=at
    )
    (found,) = [one for one in answer_for(made, at.date()).routes if one.code == "commitment"]
    filing.withdraw(application_id=made.pk, why="仅查看可选程序", by=case.one.clerk, at=at)
    return found


def letter(case: Case) -> str:
    """Return the grade in force."""
    found: str = Grade.objects.get(body=case.one.body, until=None).grade
    return found


def lead_from_alert(case: Case) -> Lead:
    """Let an officer open a lead from an alert of screening."""
    alert = make_alert(case.one.body)
    officer = make_officer(Role.PROVINCE_OFFICER, "440000")
    found = open_lead_from(alert_id=alert.pk, matter="false_report", words="请核查原始记录", by=officer, at=NOON)
    return Lead.objects.get(number=found.lead_reference)


def drawn(case: Case) -> Task:
    """Let a sealed lot draw the laboratory, which a lead has made certain, and another lot its inspectors."""
    body, place = case.one.body, str(case.one.body.division_id)
    make_bodies(3, division=place, field="12", first=700)
    plan, officer = make_plan(division_id=place, rates={"": "50"}, strata=["city"]), make_officer(division=place)
    sizes = {row["id"]: row["size"] for row in inspections.frame_for(plan, TODAY).rows}
    assert sorted(sizes.values()) == ["100", "50", "50", "50"]
    assert sizes[body.slug] == "100"  # three of four are drawn: 3 * 100 / 250 > 1
    sealed = seal_bodies_draw(plan_id=plan.pk, **two_parties(), by=officer, at=NOON)
    carry_out(sealed, NOON)
    take_bodies(plan_id=plan.pk, by=officer, at=NOON)
    for _place in range(8):
        make_inspector(place, fields=["12", "00"])
    staffed = seal_inspectors_draw(plan_id=plan.pk, **two_parties(), by=officer, at=NOON)
    carry_out(staffed, NOON)
    take_inspectors(plan_draw_id=staffed.pk, by=officer, at=NOON)
    return Task.objects.get(body=body)


def visited(task: Task) -> Visit:
    """Let the drawn pair find false reports, sign with the body, and have a case filed by who decides."""
    leader = task.leader.user
    visit = visits.open_visit(task_id=task.pk, mode="on_site", first_day=TODAY, last_day=TODAY, by=leader, at=NOON)
    visit = visits.start_visit(visit_id=visit.pk, by=leader, at=NOON)
    judge_all(visit, leader)
    values = {"code": "G08", "fact": "12份报告无原始记录", "violation": "VIO-FALSE-REPORT", "stands": "yes"}
    visits.take_changes(visit_id=visit.pk, changes=[change(f"finding:{uuid4()}", values)], by=leader, at=NOON)
    sign_all(visit, leader)
    finding = visit.findings.get()
    visits.propose_handling(finding_id=finding.pk, handling=Handling.CASE, by=leader, at=LATER)
    visits.decide_finding(
        finding_id=finding.pk, handling=Handling.CASE, by=make_officer(division=str(task.body.division_id)), at=LATER
    )
    visit.refresh_from_db()
    return visit


def punished(penalty_case: PenaltyCase, lines: tuple[int, ...]) -> QualificationMatter:
    """Take the case through its separate people to a decision; return the recommendation to the grantor."""
    first, second = penalty_case.investigator, penalty_case.second
    assert first is not None
    place = str(penalty_case.division_id)
    give: dict[str, Any] = {"case_id": penalty_case.pk}
    if second is None:
        second = make_officer(Role.INSPECTOR, place)
        investigating.name_second(**give, second_id=second.pk, why="两人办案", by=first, at=LATER)
    finding = penalty_case.findings.get()
    found = FindingFacts(finding.violation, finding.words, TODAY, Facts(field="food", fee=Decimal(8000)))
    investigating.establish(finding_id=finding.pk, found=found, why="查明收费", by=first, at=LATER)
    chosen = [
        Sanction("CON-FSL138-BODY", Decimal(75000)),
        Sanction("CON-FSL138-QUALIFICATION", measure="reduce", lines=lines),
    ]
    proposing.propose(**give, chosen={finding.number: chosen}, words="调查终结", by=first, at=LATER)
    lawyer, head = make_officer(Role.LEGAL_OFFICER, place), make_officer(division=place)
    proposing.examine(**give, passes=True, words="事实清楚", by=lawyer, at=LATER)
    proposing.notify(**give, words="拟处罚款并建议缩减能力", by=first, at=LATER)
    documents.serve(
        document_id=penalty_case.documents.get(kind="notice").pk, method="electronic", on=timezone.localdate(LATER),
        received_by="检测机构", proof="", by=first, at=LATER,
    )  # fmt: skip
    proposing.submit(**give, words="当事人未陈述", by=first, at=DECIDED)
    deciding.discuss(**give, present=["甲", "乙", "丙"], words="同意", departures_approved=False, by=head, at=DECIDED)
    deciding.decide(**give, number="天市监处〔2026〕1号", result="punished", words="违法事实成立", by=head, at=DECIDED)
    return QualificationMatter.objects.get(case=penalty_case)


def test_a_doubt_about_reports_goes_all_the_way_round_and_comes_back():
    case = granted()
    body, province = case.one.body, case.bureau.decider
    compute_grades(on=TODAY, by=None, at=NOON, body_ids=[body.pk])
    before = letter(case)
    assert before in "AB"
    assert route_by_commitment(case, NOON).open

    lead = lead_from_alert(case)
    visit = visited(drawn(case))
    assert (lead.body, visit.body) == (body, body)
    penalty_case = PenaltyCase.objects.get(body=body)
    assert penalty_case.findings.get().violation == "VIO-FALSE-REPORT"

    lines = tuple(ScopeLine.objects.filter(body=body, valid_to=None).values_list("pk", flat=True))
    matter = punished(penalty_case, lines[:1])
    assert ScopeLine.objects.get(pk=lines[0]).valid_to is None  # who punishes conduct leaves the qualification alone
    certificate = certificate_of(case)
    qualification.take(
        matter_id=matter.pk, decision_no="粤市监撤〔2026〕3号", words="撤销该项检验资质", by=province, at=DECIDED
    )
    assert ScopeLine.objects.get(pk=lines[0]).valid_to is not None
    assert "粤市监撤〔2026〕3号" in public(f"/certificates/{certificate.number}/")

    task_of_commitment = Verification.objects.get(application_id=case.pk)
    finder = make_member(Role.INSPECTOR, case.bureau.authority)
    told = {"verification_id": task_of_commitment.pk, "words": "承诺的设备并不存在"}
    verifications.record_finding(**told, finding=Verdict.UNTRUE, by=finder, at=DECIDED)
    defended = {"verification_id": task_of_commitment.pk, "at": DECIDED}
    hearings.notify_untrue(**defended, reasons="现场没有所承诺的设备", by=province)
    hearings.state(**defended, words="设备在途", final=True, by=case.one.manager)
    hearings.answer_statement(**defended, words="承诺时并无设备，意见不予采纳", by=province)
    lawyer = make_member(Role.LEGAL_OFFICER, case.bureau.authority)
    hearings.examine_untrue(**defended, lawful=True, words="事实清楚，程序合法", by=lawyer)
    confirm_untrue(**told, decision_no="粤市监撤〔2026〕4号", on=DECIDED.date(), by=province, at=DECIDED)

    compute_grades(on=DECIDED.date(), by=None, at=DECIDED, body_ids=[body.pk])
    assert letter(case) == "D"
    barred = route_by_commitment(case, DECIDED)
    assert not barred.open
    assert [(one.entry.id, one.entry.basis[0].article != "") for one in barred.barred_by] == [
        ("COND-COMMITMENT-FALSE", True)
    ]

    bar = RouteBar.objects.get(organisation=case.one.organisation)
    bars.lift_bar(bar_id=bar.pk, why="整改经核查属实", by=province, at=REPAIRED)
    another = make_member(Role.PROVINCE_OFFICER, case.bureau.authority)  # who entered an event doesn't repair it
    for event in CreditEvent.objects.filter(body=body, withdrawn_at=None, kind__in=FORCING):
        asked = file_petition(
            event_id=event.pk, sort="repair", grounds="已履行处罚决定并完成整改", evidence=[(PDF, "整改证明.pdf")],
            by=case.one.manager, at=REPAIRED,
        )  # fmt: skip
        decide_petition(petition_id=asked.pk, grant=True, words="经核实，准予修复", by=another, at=REPAIRED)
    assert letter(case) in "ABC"
    assert route_by_commitment(case, REPAIRED).open
    grades = Grade.objects.filter(body=body).order_by("since").values_list("grade", flat=True)
    assert list(grades)[:2] == [before, "D"]  # what was is kept beside what is
