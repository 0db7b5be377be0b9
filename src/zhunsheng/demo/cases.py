"""Leads and cases of the demo province: leads of every source, two referrals, three cases at different stages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from zhunsheng.demo.paper import paper
from zhunsheng.foundation.identifiers import parse_cma
from zhunsheng.oversight.enforcement.models import Case
from zhunsheng.oversight.enforcement.rules.sanctions import Sanction
from zhunsheng.oversight.enforcement.rules.yardstick import Facts
from zhunsheng.oversight.enforcement.services import (
    FindingFacts,
    carrying_out,
    deciding,
    documents,
    file_case,
    investigating,
    proposing,
)
from zhunsheng.oversight.enforcement.services.investigating import Taken
from zhunsheng.oversight.leads.models import Complaint, Lead
from zhunsheng.oversight.leads.services import complaints, open_lead, referring, relying, triage
from zhunsheng.oversight.leads.services.complaints import Reporter
from zhunsheng.oversight.screening.models import Alert
from zhunsheng.oversight.screening.services import leading
from zhunsheng.oversight.visits.models import Visit
from zhunsheng.platform.accounts.models import Kind, Organisation, User
from zhunsheng.registry.bodies.models import Body

NAMES = ("sheng", "tianhe", "fazhi", "jiancha", "jiancha2", "shengtai")
ELSEWHERE = "440106"
"""The county that matters are referred to: the only one with people of its own."""
SKIPPED = 4
"""Bodies that visits already follow."""
PRODUCTS, SAMPLES, ECOLOGY, WATER = ("02", "10", "11"), ("00", "02", "10", "11"), ("12",), ("12", "13")
PARTS = (PRODUCTS, SAMPLES, (), (), ECOLOGY, WATER)
"""The fields of which the bodies are that leads and cases tell about, in this order; () is any."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts, whom it is about, and the county's authority."""

    people: Mapping[str, User]
    hero: Body
    others: Sequence[Body]
    county: Organisation


def load_cases(hero: Body, now: datetime) -> None:
    """Enter leads, referrals and cases by the ordinary services; nothing in a province of too few bodies."""
    people = {one.username: one for one in User.objects.filter(username__in=NAMES)}
    rows = Body.objects.filter(generated=True, valid_to=None, organisation__isnull=False).exclude(pk=hero.pk)
    others = cast_bodies(list(rows.select_related("division").order_by("slug")[SKIPPED:]))
    county = Organisation.objects.filter(kind=Kind.AUTHORITY, division=ELSEWHERE).first()
    if len(people) < len(NAMES) or len(others) < len(PARTS) or county is None:
        return
    cast = Cast(people, hero, others, county)
    _decided(cast, now)
    _notified(cast, now)
    _investigating(cast, now)
    _answered(cast, now - timedelta(days=24))
    _overdue(cast, now)
    _doubted(cast, now - timedelta(days=1))
    _alerted(cast, now)
    _new(cast, now)


def cast_bodies(bodies: Sequence[Body]) -> list[Body]:
    """Return the body for each of PARTS, the first whose CMA number is of its fields; any where none is left."""
    rest, chosen = list(bodies), []
    for fields in sorted(PARTS, key=lambda fields: not fields):
        one = next((body for body in rest if parse_cma(body.cma).field in fields), next(iter(rest), None))
        if one is not None:
            rest.remove(one)
            chosen.append((fields, one))
    return [one for _fields, one in sorted(chosen, key=lambda pair: PARTS.index(pair[0]))]


def _lead(
    cast: Cast, source: str, reference: str, matter: str, title: str, words: str, body: Body, at: datetime
) -> Lead:
    return open_lead(
        source=source, reference=reference, matter=matter, title=title, words=words, body_id=body.pk,
        by=cast.people["sheng"], at=at,
    )  # fmt: skip


def _complaint(matter: str, words: str, body: Body, reporter: Reporter, at: datetime) -> Complaint:
    made = complaints.report(
        matter=matter, words=words, body_id=body.pk, subject=body.name, division_id=None, reporter=reporter,
        uploads=[], address="", at=at,
    )  # fmt: skip
    return made.complaint


def _filed(cast: Cast, body: Body, leads: Sequence[Lead], finding: FindingFacts, at: datetime) -> Case:
    """Return a case of the two inspectors with its first record and files."""
    first, second = cast.people["jiancha"], cast.people["jiancha2"]
    case = file_case(
        body_id=body.pk, lead_ids=[one.pk for one in leads], findings=[finding], by=first, second_id=second.pk, at=at
    )
    taken = [
        Taken(paper(name), name, kind, timezone.localdate(at), "检验检测场所", "当事人提供，经核对与原件一致")
        for name, kind in (("现场检查笔录.pdf", "record"), ("涉案报告及原始记录.pdf", "document"))
    ]
    later = at + timedelta(hours=3)
    investigating.add_files(case_id=case.pk, taken=taken, by=first, at=later)
    investigating.note(
        case_id=case.pk,
        words="调取涉案报告、样品登记和仪器使用记录，询问检测人员和授权签字人各一名。",
        by=second,
        at=later,
    )
    return case


def _proposed(cast: Cast, case: Case, sanctions: Sequence[Sanction], report: str, notice: str, at: datetime) -> None:
    """Propose, let the lawyer examine, and tell the party."""
    first, lawyer = cast.people["jiancha"], cast.people["fazhi"]
    proposing.propose(case_id=case.pk, chosen={1: list(sanctions)}, words=report, by=first, at=at)
    proposing.examine(
        case_id=case.pk, passes=True, words="事实清楚，证据充分，定性准确，程序合法，裁量适当。", by=lawyer,
        at=at + timedelta(hours=20),
    )  # fmt: skip
    proposing.notify(case_id=case.pk, words=notice, by=first, at=at + timedelta(hours=26))
    served = at + timedelta(hours=27)
    documents.serve(
        document_id=case.documents.get(kind="notice").pk, method="electronic", on=timezone.localdate(served),
        received_by=f"{case.subject}（电子送达地址）", proof="", by=first, at=served,
    )  # fmt: skip


def _decided(cast: Cast, now: datetime) -> None:
    """Walk a case from another level's lead to its published decision."""
    at, body, head = now - timedelta(days=75), cast.others[0], cast.people["sheng"]
    lead = _lead(
        cast, "higher", "交办函〔演示〕12号", "false_report", f"{body.name}：产品质量检验报告无原始记录",
        "上级交办：该机构 3 份产品质量检验报告所列仪器当日无使用记录。", body, at,
    )  # fmt: skip
    triage.accept(lead_id=lead.pk, words="由检查人员核查。", by=head, at=at + timedelta(days=1))
    finding = FindingFacts(
        "VIO-FALSE-REPORT", "未经检验出具产品质量检验报告 3 份：样品未拆封，仪器当日无使用记录，检验人员承认未做检验。",
        timezone.localdate(at - timedelta(days=20)), Facts(field="product", fee=Decimal(3600)), ("no_test_done",),
    )  # fmt: skip
    case = _filed(cast, body, [lead], finding, at + timedelta(days=5))
    sanctions = [Sanction("CON-PQL57-CORRECT"), Sanction("CON-PQL57-BODY", Decimal(75000))]
    notice = "拟责令改正，并处罚款 75,000 元。你单位可以在收到本告知之日起五个工作日内陈述、申辩。"
    _proposed(cast, case, sanctions, "调查终结，违法事实成立，建议给予行政处罚。", notice, at + timedelta(days=30))
    first, served = cast.people["jiancha"], at + timedelta(days=50)
    proposing.submit(
        case_id=case.pk, words="当事人逾期未陈述、申辩，建议按告知内容决定。", by=first, at=at + timedelta(days=46)
    )
    deciding.decide(
        case_id=case.pk, number="粤市监处罚〔演示〕1号", result="punished", by=head, at=at + timedelta(days=48),
        words="未经检验出具产品质量检验报告，违反产品质量法第二十一条，依照第五十七条第一款责令改正，罚款 75,000 元。",
    )  # fmt: skip
    carrying_out.serve(
        case_id=case.pk, method="direct", on=timezone.localdate(served), words="当事人签收。", by=first, at=served,
        proof=paper("送达回证"), proof_name="送达回证.pdf",
    )  # fmt: skip
    carrying_out.publish(case_id=case.pk, by=head, at=at + timedelta(days=55))


def _notified(cast: Cast, now: datetime) -> None:
    """File what a visit found, and tell the party, which has some days left to answer."""
    at, body = now - timedelta(days=14), cast.hero
    visit = Visit.objects.filter(task__body=body).order_by("pk").first()
    words = "现场检查发现，1 份报告中有 1 项检验项目不在资质认定证书附表内，报告加盖资质认定标志。"
    lead = _lead(
        cast, "inspection", visit.number if visit else "现场检查〔演示〕1号", "out_of_scope",
        f"{body.name}：报告项目超出证书附表", words, body, at,
    )  # fmt: skip
    finding = FindingFacts("VIO-OUT-OF-SCOPE", words, timezone.localdate(at - timedelta(days=30)))
    case = _filed(cast, body, [lead], finding, at + timedelta(days=2))
    sanctions = [Sanction("CON-O163-36-CORRECT"), Sanction("CON-O163-36-FINE", Decimal(30000))]
    notice = "拟责令限期改正，并处罚款 30,000 元。你单位可以在收到本告知之日起五个工作日内陈述、申辩。"
    _proposed(cast, case, sanctions, "调查终结，违法事实成立，建议给予行政处罚。", notice, now - timedelta(days=2))


def _investigating(cast: Cast, now: datetime) -> None:
    """File a case from a report under a name, with evidence still held."""
    at, body, head = now - timedelta(days=9), cast.others[1], cast.people["sheng"]
    reported = _complaint(
        "inaccurate_report", "送检的同一批样品，两份报告结论相反，机构拒绝复检。", body,
        Reporter("王先生", "138-0000-0000"), at,
    )  # fmt: skip
    triage.accept(lead_id=reported.lead_id, words="联系举报人补充材料后核查。", by=head, at=at + timedelta(days=1))
    finding = FindingFacts(
        "VIO-INACCURATE-REPORT", "未按标准规定保存样品即检验，同一批样品两次检验结果相反。",
        timezone.localdate(at - timedelta(days=12)), Facts(), ("sample_handling",),
    )  # fmt: skip
    case = _filed(cast, body, [Lead.objects.get(pk=reported.lead_id)], finding, at + timedelta(days=5))
    complaints.answer(
        lead_id=reported.lead_id,
        words="您反映的事项已立案调查，处理结果将另行告知。",
        by=head,
        at=at + timedelta(days=6),
    )
    investigating.hold(
        case_id=case.pk, items="留样 2 份、样品登记簿 1 册", place="留样间", by=cast.people["jiancha"],
        at=now - timedelta(days=2),
    )  # fmt: skip


def _answered(cast: Cast, at: datetime) -> None:
    """Refer an anonymous report to the county, which takes it over, checks it and answers."""
    sheng, tianhe = cast.people["sheng"], cast.people["tianhe"]
    reported = _complaint(
        "certificate_misuse", "报告上的资质认定标志模糊，怀疑证书已经过期。", cast.others[2], Reporter(), at
    )
    sent = referring.refer(
        lead_id=reported.lead_id, receiver_id=cast.county.pk, kind="transfer", words="属你局管辖，请核查处理并反馈。",
        by=sheng, at=at + timedelta(days=1),
    )  # fmt: skip
    referring.receive(referral_id=sent.pk, by=tianhe, at=at + timedelta(days=2))
    triage.accept(lead_id=reported.lead_id, by=tianhe, at=at + timedelta(days=2))
    outcome = "经核查，该机构证书在有效期内，标志模糊系打印原因，已提醒其改进。"
    triage.close(lead_id=reported.lead_id, why=outcome, by=tianhe, at=at + timedelta(days=8))
    complaints.answer(lead_id=reported.lead_id, words=outcome, by=tianhe, at=at + timedelta(days=8))
    referring.answer(referral_id=sent.pk, words=outcome, by=tianhe, at=at + timedelta(days=8))


def _overdue(cast: Cast, now: datetime) -> None:
    """Refer a lead that nobody signs for, until the authority above is told."""
    at, body = now - timedelta(days=13), cast.others[3]
    lead = _lead(
        cast, "officer", "日常监管〔演示〕3号", "change_unfiled", f"{body.name}：检测场所疑似已搬迁",
        "走访发现登记地址已无检测设备，未见变更申请。", body, at,
    )  # fmt: skip
    referring.refer(
        lead_id=lead.pk, receiver_id=cast.county.pk, kind="transfer", words="请实地核实场所，依法处理并反馈。",
        by=cast.people["sheng"], at=at,
    )  # fmt: skip
    referring.escalate_overdue(now - timedelta(days=1))


def _doubted(cast: Cast, at: datetime) -> None:
    """Let the ecology department rely on a body and doubt one of its results."""
    ecologist, body = cast.people["shengtai"], cast.others[4]
    relying.subscribe(body_id=body.pk, purpose="排污许可执行报告审核", by=ecologist, at=at - timedelta(days=40))
    relying.doubt(
        body_id=body.pk, reference="W-2026-1103", words="报告数值与同日在线监测数据相差五倍以上，请核实。", evidence=[],
        by=ecologist, at=at,
    )  # fmt: skip


def _alerted(cast: Cast, now: datetime) -> None:
    """Open a lead from the least odd alert that screening found, where others stay to be looked at."""
    rows = Alert.objects.filter(stage="new").order_by("-rank")
    found = rows.first()
    if found is not None and rows.count() > 1:
        leading.open_lead_from(
            alert_id=found.pk, matter="inaccurate_report", words="请该机构提供原始记录和仪器日志核实。",
            by=cast.people["sheng"], at=now,
        )  # fmt: skip


def _new(cast: Cast, now: datetime) -> None:
    """Leave one report of the public that nobody has looked at, and one thing noticed that is watched."""
    _complaint(
        "false_report", "机构没有派人取样，三天后就给了合格报告。", cast.others[5], Reporter(), now - timedelta(hours=5)
    )
    lead = _lead(
        cast, "report_check", "到达核查〔演示〕7号", "data_anomaly", f"{cast.others[5].name}：报告登记普遍晚于签发",
        "近一个月报告登记时间普遍晚于签发日期三天以上。", cast.others[5], now - timedelta(days=3),
    )  # fmt: skip
    triage.watch(
        lead_id=lead.pk, why="机构说明系统升级，观察一个月。", by=cast.people["sheng"], at=now - timedelta(days=2)
    )
