"""Leads and cases of the demo province: a report from the public, a referral, a case at work, a published decision."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from zhunsheng.oversight.enforcement.models import Case
from zhunsheng.oversight.enforcement.rules.sanctions import Sanction
from zhunsheng.oversight.enforcement.rules.yardstick import Facts
from zhunsheng.oversight.enforcement.services import FindingFacts, carrying_out, deciding, file_case, proposing
from zhunsheng.oversight.leads.models import Lead
from zhunsheng.oversight.leads.services import complaints, open_lead, referring, triage
from zhunsheng.platform.accounts.models import Kind, Organisation, User
from zhunsheng.registry.bodies.models import Body

PEOPLE = ("sheng", "jiancha", "jiancha2", "fazhi")
PARTY = "珠江口检验服务部（演示）"
PRESENT = ("陈处长", "何法制", "王副局长（演示）")
FINE = Sanction("CON-PQL57-BODY", Decimal(75000))


def load_cases(hero: Body, now: datetime) -> None:
    """Enter them by the ordinary services; the decided case is about a party of no register, so that no grade moves."""
    people = {one.username: one for one in User.objects.filter(username__in=PEOPLE)}
    others = Body.objects.filter(generated=True, valid_to=None, organisation__isnull=False).exclude(pk=hero.pk)
    bodies = list(others.order_by("-slug")[:3])
    if set(people) != set(PEOPLE) or len(bodies) < len(PEOPLE) - 1:
        return
    _reported(bodies[0], now - timedelta(days=2))
    _referred(bodies[1], people["sheng"], now - timedelta(days=3))
    _at_work(bodies[2], people, now - timedelta(days=20))
    _published(people, now - timedelta(days=60))


def _reported(body: Body, at: datetime) -> None:
    """Let somebody who gives no name report a body."""
    complaints.report(
        matter="false_report", words="现场只取了一份样品，报告上却写了三份（演示）。", body_id=body.pk, subject="",
        division_id=None, reporter=complaints.Reporter(), uploads=(), address="127.0.0.1", at=at,
    )  # fmt: skip


def _referred(body: Body, officer: User, at: datetime) -> None:
    """Send what concerns the environment to the department that is competent for it, for information."""
    lead = _lead("D-1", body, "同一采样员同日出现在相距二百公里的两地。", at)
    triage.accept(lead_id=lead.pk, by=officer, at=at)
    ecology = Organisation.objects.filter(kind=Kind.DEPARTMENT).order_by("pk").first()
    if ecology is not None:
        referring.refer(
            lead_id=lead.pk, receiver_id=ecology.pk, kind="notice", words="涉及环境监测采样，抄告贵厅（演示）。",
            by=officer, at=at,
        )  # fmt: skip


def _at_work(body: Body, people: dict[str, User], at: datetime) -> None:
    """File a case from a lead; its two investigators are at work."""
    lead = _lead("D-2", body, "两份报告的原始谱图完全相同。", at - timedelta(days=3))
    triage.accept(lead_id=lead.pk, by=people["sheng"], at=at - timedelta(days=1))
    _filed(people, at, "两份报告使用同一谱图，其中一份样品未检测。", body=body, lead=lead)


def _published(people: dict[str, User], at: datetime) -> None:
    """Take a case through its separate people to a published decision."""
    first, head = people["jiancha"], people["sheng"]
    key = _filed(people, at, "未取样、未检测，出具检验报告3份。").pk
    proposing.propose(case_id=key, chosen={1: [FINE]}, words="调查终结，建议处罚款。", by=first, at=at)
    proposing.examine(case_id=key, passes=True, words="事实清楚，程序合法。", by=people["fazhi"], at=at)
    proposing.notify(case_id=key, words="拟处罚款 75000 元。", by=first, at=at)
    at += timedelta(days=20)
    proposing.submit(case_id=key, words="当事人在期限内未陈述、申辩，未要求听证。", by=first, at=at)
    deciding.discuss(
        case_id=key, present=PRESENT, words="同意处罚建议。", departures_approved=False, by=head, at=at
    )  # fmt: skip
    deciding.decide(
        case_id=key, number="粤市监处〔演示〕1号", result="punished", words="违法事实成立，处罚款 75000 元。", by=head,
        at=at,
    )  # fmt: skip
    carrying_out.publish(case_id=key, by=head, at=at + timedelta(days=5))


def _lead(reference: str, body: Body, words: str, at: datetime) -> Lead:
    return open_lead(
        source="report_check", reference=reference, matter="data_anomaly", title=f"{words[:-1]}（演示）", words=words,
        body_id=body.pk, by=None, at=at,
    )  # fmt: skip


def _filed(
    people: dict[str, User], at: datetime, words: str, *, body: Body | None = None, lead: Lead | None = None
) -> Case:
    found = FindingFacts("VIO-FALSE-REPORT", words, timezone.localdate(at - timedelta(days=30)), Facts(field="product"))
    return file_case(
        body_id=body.pk if body else None, subject="" if body else PARTY, lead_ids=[lead.pk] if lead else [],
        findings=[found], by=people["jiancha"], second_id=people["jiancha2"].pk, at=at,
    )  # fmt: skip
