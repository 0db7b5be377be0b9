"""What the documents of a case say: filled from its facts, its records and the law, always in Chinese."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone, translation

from zhunsheng.foundation.lawbook import Entry
from zhunsheng.oversight.enforcement import law_book, selectors, wording
from zhunsheng.oversight.enforcement.lifecycle import Result
from zhunsheng.oversight.enforcement.models import Case, CaseDocument, CaseFinding, Decision, Penalty
from zhunsheng.oversight.enforcement.rules.yardstick import Proposal
from zhunsheng.platform.accounts.models import User

Content = dict[str, Any]
Measured = Sequence[tuple[CaseFinding, Proposal]]
DECIDED: Final = ("order_to_correct", "reminder", "warning", "confiscate", "fine", "occupation_ban")
"""Kinds that a decision itself imposes; what touches a qualification is its grantor's."""
STEPS: Final = {"lenient": "从轻", "severe": "从重", "ordinary": "一般", "waived": "不予"}
EVIDENCE_NAMED: Final = 20
TOLD_ON_SITE: Final = (
    "办案人员出示执法证件，表明身份，告知当事人依法享有申请回避和陈述、申辩的权利，并负有配合检查的义务。"
)
TOLD_WHEN_ASKED: Final = (
    "办案人员出示执法证件，表明身份，告知被询问人有权申请回避，有如实回答询问、提供证据的义务，作伪证应当承担责任。"
)
SIGN: Final = ""
"""A row that is left to be signed by hand."""


def day(value: date | None) -> str:
    """Write a day as official documents do."""
    return f"{value.year}年{value.month}月{value.day}日" if value else "—"


def moment(value: datetime) -> str:
    """Write a time as official documents do."""
    local = timezone.localtime(value)
    return f"{day(local.date())}{local.hour}时{local.minute:02d}分"


def head(case: Case, entry: Entry, number: str, on: date) -> Content:
    """Return what every document says of itself."""
    return {
        "authority": house(case), "title": entry.title["zh"], "number": number, "case": case.number,
        "to": case.subject if entry.values["outward"] else "", "day": day(on),
        "contact": contact(case) if entry.values["outward"] else "",
        "copies": "本文书一式二份，一份送达，一份归档。" if entry.values["outward"] else "",
    }  # fmt: skip


def house(case: Case) -> str:
    """Return the authority that handles a case."""
    return case.authority.name if case.authority else f"{case.division.name}市场监督管理局"


def contact(case: Case) -> str:
    """Return whom to ask about a case, with the telephone of the authority where it is known."""
    phone = case.authority.phone if case.authority else ""
    return f"联系人：{people(case)}" + (f"，联系电话：{phone}。" if phone else "。")


def above(case: Case) -> str:
    """Return who decides on a reconsideration: the government of the same level."""
    return f"{case.authority.division.name if case.authority else case.division.name}人民政府"


def people(case: Case) -> str:
    """Return who investigates."""
    return "、".join(str(one) for one in (case.investigator, case.second) if one is not None)


def matter(measured: Measured) -> str:
    """Return what a case is about, by its findings."""
    return "、".join(dict.fromkeys(proposal.title["zh"] for _finding, proposal in measured))


def party(case: Case) -> list[list[str]]:
    """Return who the party is, as the register knows it."""
    body = case.body
    if body is None:
        return [["当事人", case.subject]]
    return [
        ["当事人", case.subject],
        ["统一社会信用代码", body.uscc or "—"],
        ["资质认定证书编号", body.cma or "—"],
        ["住所（住址）", body.address or (body.division.name if body.division else "—")],
    ]


def facts(measured: Measured) -> list[str]:
    """Return what was found, one sentence each."""
    return [f"{day(finding.on)}，{finding.words}" for finding, _proposal in measured]


def violated(measured: Measured) -> str:
    """Return the articles that were broken."""
    return "、".join(dict.fromkeys(proposal.basis for _finding, proposal in measured))


def basis(rows: Iterable[Penalty]) -> str:
    """Return the articles that penalties rest on, each once."""
    return "、".join(dict.fromkeys(one.basis for one in rows))


def penalty(row: Penalty) -> str:
    """Return a penalty as a decision imposes it: the sum, not the law's range."""
    whom = f"直接责任人员{row.person}" if row.target == "person" else "当事人"
    if row.kind == "fine":
        return f"对{whom}处罚款{money(row.amount)}元"
    return f"{row.words}{money(row.amount)}元" if row.kind == "confiscate" else row.words


def money(amount: Decimal | None) -> str:
    """Write a sum."""
    return f"{amount:,.2f}".removesuffix(".00") if amount is not None else "—"


def remedies(case: Case, on: date) -> Content:
    """Return to whom and how long the party may turn for reconsideration, and to which court."""
    sue = law_book.rule("CASE-SUE", on).values
    return {
        "above": above(case),
        "court": (case.authority.court if case.authority else "") or sue["court"],
        "reconsider": f"{law_book.rule('CASE-RECONSIDER', on).values['days']}日",
        "sue": f"{sue['months']}个月",
    }


def reasons(measured: Measured) -> list[str]:
    """Return which circumstances moved a penalty, with their articles."""
    return [
        f"当事人{ground.title['zh']}，依据{ground.basis}的规定，予以{STEPS.get(proposal.step.value, '一般')}处理"
        for _finding, proposal in measured
        for ground in proposal.grounds
    ]


def filing(case: Case) -> Content:
    """Return the approval of the filing (立案审批表)."""
    rows = [one.lead for one in case.leads.select_related("lead").order_by("pk")]
    measured = selectors.proposals_of(case)
    leads = "\n".join(f"{one.number} {one.title}（{moment(one.opened_at)} 登记）" for one in rows)
    return {
        "rows": [
            ["案件来源", leads or "监督检查中发现"],
            ["案由", f"涉嫌{matter(measured)}"],
            *party(case),
            ["核查情况", "\n".join(one.words for one in rows) or "；".join(facts(measured))],
            ["立案理由", f"当事人的行为涉嫌违反{violated(measured)}，符合立案条件，建议立案。"],
            ["办案人员", people(case)],
            ["立案日期", day(case.filed_on)],
            ["办案机构负责人意见", SIGN],
            ["部门负责人意见", SIGN],
        ]
    }


def record(kind: str, values: Content, words: str, case: Case) -> Content:
    """Return a record made on the spot or of a questioning (现场笔录、询问笔录)."""
    site = kind == "site_record"
    who = " ".join(one for one in (values["person"], values["post"]) if one)
    signs = (
        ["现场负责人（当事人）", "见证人", "检查人员"] if site else ["被询问人（逐页核对，属实）", "询问人", "记录人"]
    )
    return {
        "rows": [
            ["案由", matter(selectors.proposals_of(case))],
            ["时间", f"{values['began']} 至 {values['ended']}"],
            ["地点", values["place"]],
            ["当事人在场人员" if site else "被询问人", who or "—"],
            ["检查人员" if site else "询问人", people(case)],
        ],
        "told": TOLD_ON_SITE if site else TOLD_WHEN_ASKED, "heading": "现场情况" if site else "询问内容",
        "words": [one for one in words.splitlines() if one.strip()], "signs": signs,
    }  # fmt: skip


def report(case: Case, rows: Sequence[Penalty], words: str, at: datetime) -> Content:
    """Return the final report of the investigation (案件调查终结报告)."""
    measured = selectors.proposals_of(case)
    shown = [
        [str(place), penalty(one) if one.kind in DECIDED else f"{one.words}（建议资质认定部门处理）", one.basis,
         f"{money(one.least)}–{money(one.most)}" if one.most is not None else "—",
         f"{money(one.band_least)}–{money(one.band_most)}" if one.band_most is not None else "—"]
        for place, one in enumerate(rows, 1)
    ]  # fmt: skip
    departures = [f"{penalty(one)}超出裁量幅度，理由：{one.why}" for one in rows if one.departs]
    return {
        "opening": f"{case.subject}涉嫌{matter(measured)}一案，经批准立案，现已调查终结，报告如下。",
        "party": party(case), "course": course(case), "facts": facts(measured), "evidence": evidence(case),
        "nature": [f"{p.title['zh']}，违反了{p.basis}的规定。" for _f, p in measured],
        "discretion": reasons(measured) + departures, "words": paragraphs(words), "penalties": shown,
        "people": people(case), "day": day(timezone.localdate(at)),
    }  # fmt: skip


def course(case: Case) -> list[str]:
    """Return where a case comes from and how it was investigated."""
    leads = "、".join(case.leads.order_by("pk").values_list("lead__number", flat=True))
    found = f"本局于{day(case.filed_on)}立案调查，案件编号{case.number}"
    return [found + (f"，线索编号{leads}。" if leads else "。")] + [
        f"{day(one.since)}至{day(one.until)}期间因{one.get_cause_display()}不计入办案期限。"
        for one in case.pauses.exclude(until=None).order_by("since")
    ]


def evidence(case: Case) -> list[list[str]]:
    """Return the list of a case's files."""
    with translation.override("zh-hans"):
        return [
            [str(one.number), one.name, str(one.get_kind_display()),
             "，".join(part for part in (day(one.taken_on) if one.taken_on else "", one.place, one.source) if part)]
            for one in case.files.order_by("number")
        ]  # fmt: skip


def named_evidence(case: Case) -> str:
    """Return a case's files in one sentence."""
    names = list(case.files.order_by("number").values_list("name", flat=True)[: EVIDENCE_NAMED + 1])
    if not names:
        return "见案卷。"
    more = f"等{case.files.count()}份" if len(names) > EVIDENCE_NAMED else f"共{len(names)}份"
    return f"{'、'.join(names[:EVIDENCE_NAMED])}，{more}。"


def paragraphs(words: str) -> list[str]:
    """Return the paragraphs of a text."""
    return [one.strip() for one in words.splitlines() if one.strip()]


def correction(case: Case, finding: CaseFinding, words: str, due: date | None, basis_: str, at: datetime) -> Content:
    """Return an order to correct (责令改正通知书)."""
    entry = law_book.violation(finding.violation, finding.on)
    return {
        "fact": finding.words.rstrip("。") + "。", "violated": law_book.cited(entry), "basis": basis_,
        "due": day(due) if due else "", "items": paragraphs(words),
    } | remedies(case, timezone.localdate(at))  # fmt: skip


def notice(case: Case, rows: Sequence[Penalty], words: str, at: datetime) -> Content:
    """Return the notice of the penalty intended (行政处罚告知书), with the right to a hearing where there is one."""
    on, measured = timezone.localdate(at), selectors.proposals_of(case)
    imposed = [one for one in rows if one.kind in DECIDED]
    return {
        "matter": matter(measured), "facts": facts(measured), "violated": violated(measured),
        "basis": basis(imposed) or violated(measured), "penalties": [penalty(one) for one in imposed],
        "words": paragraphs(words), "hearing": case.hearing_offered,
        "days": f"{law_book.rule('CASE-STATEMENT', on).values['days']}个工作日内",
        "hearing_days": f"{law_book.rule('CASE-HEARING-ASK', on).values['days']}个工作日内",
    }  # fmt: skip


def hearing(case: Case, values: Content) -> Content:
    """Return the notice of the hearing (行政处罚听证通知书)."""
    return {
        "held": moment(datetime.fromisoformat(values["held_at"])), "place": values["place"],
        "matter": matter(selectors.proposals_of(case)), "open": "公开" if values["open"] else "不公开",
        "chair": values["chair"], "members": values["members"], "clerk": values["clerk"],
    }  # fmt: skip


def decision(case: Case, made: Decision, rows: Sequence[Penalty]) -> Content:
    """Return the decision (行政处罚决定书、不予行政处罚决定书)."""
    measured = selectors.proposals_of(case)
    imposed = [one for one in rows if one.kind in DECIDED]
    common: Content = {
        "party": party(case), "to": "", "course": course(case), "facts": facts(measured),
        "evidence": named_evidence(case), "words": paragraphs(made.words), "violated": violated(measured),
        "discretion": "；".join(reasons(measured)) + ("。" if reasons(measured) else ""),
    } | remedies(case, made.on)  # fmt: skip
    if made.result != Result.PUNISHED:
        entry = law_book.document("no_penalty", made.on).values
        return common | {"proved": made.result == Result.WAIVED, "basis": entry[str(made.result)]}
    return common | {
        "procedure": procedure(case), "basis": basis(imposed), "penalties": [penalty(one) for one in imposed],
        "pay": payment(imposed, made.on), "published": made.published_due_on is not None,
    }  # fmt: skip


def payment(rows: Sequence[Penalty], on: date) -> str:
    """Return until when a sum is paid, and what follows otherwise; empty where nothing is to be paid."""
    if not any(one.kind in ("fine", "confiscate") for one in rows):
        return ""
    clock, late = law_book.rule("CASE-PAY", on), law_book.rule("CASE-PAY-LATE", on)
    return (
        f"当事人应当自收到本处罚决定书之日起{clock.values['days']}日内，到指定的银行或者通过电子支付系统缴纳上述罚没款。"
        f"到期不缴纳罚款的，依据{law_book.cited(late)}，可以每日按罚款数额的百分之{late.values['daily_percent']}"
        "加处罚款，加处罚款的数额不超出罚款的数额，并可以依法申请人民法院强制执行。"
    )


def procedure(case: Case) -> list[str]:
    """Return how the party was heard, by the records of the case."""
    rows = list(case.events.filter(kind__in=["notify", "state", "hear", "discuss"]).order_by("at", "pk"))
    told = [one for one in rows if one.kind == "notify"]
    found = []
    if told:
        on = day(timezone.localdate(told[-1].at))
        found.append(f"本局于{on}向当事人告知了拟作出行政处罚的事实、理由、依据、内容和依法享有的权利。")
    said = [one for one in rows if one.kind == "state" and told and one.at >= told[-1].at]
    heard = [one for one in rows if one.kind == "hear"]
    if said:
        found.append("当事人提出了陈述、申辩：" + "；".join(one.words.rstrip("。") for one in said) + "。")
    elif told:
        found.append("当事人在规定期限内未提出陈述、申辩意见。")
    found += [
        f"本局于{day(date.fromisoformat(one.values['on']))}举行听证，由{one.values['chair']}主持。" for one in heard
    ]
    joined = case.participants.filter(left_at=None, joined_at__isnull=False).order_by("pk")
    names = "、".join(joined.values_list("organisation__name", flat=True))
    found += [f"本案由{house(case)}会同{names}联合办理。"] if names else []
    if any(one.kind == "discuss" for one in rows):
        found.append("本案经本局负责人集体讨论。")
    return found


def receipt(case: Case, document: CaseDocument, by: User) -> Content:
    """Return the proof of service (送达回证)."""
    with translation.override("zh-hans"):
        how = str(wording.METHODS[document.served_how])
    return {
        "rows": [
            ["受送达人", case.subject],
            ["送达文书名称及文号", f"《{document.title}》（{document.number}）"],
            ["送达方式", how],
            ["送达日期", day(document.served_on)],
            ["收件人", document.received_by or "—"],
            ["送达人", str(by)],
            ["证明材料（SHA-256）", document.receipt_id or "电子送达，无纸质回证"],
            ["文书（SHA-256）", document.file_id],
        ]
    }


def closing(case: Case, words: str) -> Content:
    """Return the approval of the close (结案审批表)."""
    made = getattr(case, "decision", None)
    rows = list(case.penalties.filter(withdrawn_at=None).order_by("pk"))
    done = case.events.filter(kind__in=["execute", "object"]).order_by("at", "pk")
    with translation.override("zh-hans"):
        stands = str(made.get_state_display()) if made else ""
    imposed = [penalty(one) for one in rows if one.kind in DECIDED] if made and made.result == Result.PUNISHED else []
    return {
        "rows": [
            ["案由", f"涉嫌{matter(selectors.proposals_of(case))}"],
            *party(case),
            ["立案日期", day(case.filed_on)],
            ["决定文书及日期", f"{made.number}（{day(made.on)}，{stands}）" if made else "未作出处罚决定"],
            ["处罚内容", "\n".join(imposed) or "不予行政处罚或者移送"],
            ["执行方式和执行情况", "\n".join(f"{day(timezone.localdate(one.at))} {one.words}" for one in done) or "—"],
            [
                "公示情况",
                f"{day(timezone.localdate(made.published_at))}公示" if made and made.published_at else "未公示",
            ],
            ["结案理由", words],
            ["办案人员", people(case)],
            ["办案机构负责人意见", SIGN],
            ["部门负责人意见", SIGN],
        ]
    }


def handover(case: Case, referral: Any) -> Content:
    """Return the letter that hands a case over (案件移送函)."""
    return _sent(case, referral) | {"to": referral.receiver.name, "words": paragraphs(referral.words)}


def police(case: Case, transfer: Any, documents: Sequence[str]) -> Content:
    """Return the transfer of a suspected crime (涉嫌犯罪案件移送书), with the list of the statute."""
    copy = law_book.document("police", timezone.localdate(transfer.sent_at)).values["copy_to"]
    return _sent(case, transfer.referral) | {
        "to": transfer.referral.receiver.name, "words": paragraphs(transfer.words), "party": party(case),
        "decided": day(timezone.localdate(transfer.decided_at)), "documents": list(documents),
        "copies": f"抄送：{copy}。", "contact": contact(case),
    }  # fmt: skip


def _sent(case: Case, referral: Any) -> Content:
    return {
        "subject": case.subject, "matter": matter(selectors.proposals_of(case)), "referral": referral.number,
        "digest": referral.manifest_sha256,
        "attachments": [
            [str(place), one["words"] or one["reference"], one["sha256"]]
            for place, one in enumerate(referral.manifest, 1)
        ],
    }  # fmt: skip
