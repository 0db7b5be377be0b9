"""The report of a review as a PDF: panel, checklist, capabilities, signatories, nonconformities (tables 4 to 7)."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils import timezone, translation

from zhunsheng.admission.reviews import lawbook, selectors
from zhunsheng.admission.reviews.lifecycle import WAYS
from zhunsheng.admission.reviews.models import Nonconformity, Review
from zhunsheng.platform.documents import pdf

TEMPLATE: Final = Path(__file__).parent / "typst" / "review.v1.typ"


def review_pdf(review: Review, *, at: datetime) -> bytes:
    """Return the report in Chinese. Raises: TypstError for a template that doesn't compile."""
    with translation.override("zh-hans"):
        return pdf.render(TEMPLATE, content(review), at=at, accessible=True)


def content(review: Review) -> dict[str, Any]:
    """Return what the template shows, every value as text."""
    found = selectors.report_of(review)
    ways = lawbook.rule(lawbook.CONFIRMATION, timezone.localdate(review.opened_at)).values["ways"]
    return {
        "number": review.number,
        "draft": "" if found.conclusion and found.conclusion.final_at else "尚未定稿，仅供评审组核对",
        "head": _head(review),
        "panel": _panel(found),
        "checklist": [
            [one.clause + ("★" if one.starred else ""), one.words["zh"], str(one.get_verdict_display()), one.note]
            for one in found.checklist
        ],
        "ways": [one["zh"] for one in ways],
        "capabilities": [_capability(one, found.outcomes.get(one.line_id)) for one in found.lines],
        "confirmations": [
            [str(one.line.number), *("√" if getattr(one, way) else "" for way in WAYS), _said(one.confirmed), one.note]
            for one in found.lines
        ],
        "signatories": [
            [str(place), one.name, one.title, one.fields, one.remark] for place, one in enumerate(found.signatories, 1)
        ],
        "nonconformities": [_nonconformity(one) for one in found.nonconformities],
        "sessions": [
            [_time(one.began_at), _time(one.ended_at), one.subject, one.people, one.recording] for one in found.sessions
        ],
        "conclusion": _conclusion(found),
        "voices": [
            [one.member.expert.name, "同意" if one.agrees else "保留意见", one.words, _time(one.at)]
            for one in found.voices
        ],
    }


def _panel(found: selectors.Report) -> list[list[str]]:
    titles = selectors.field_titles(official=True)
    return [
        [
            str(place),
            one.expert.name,
            one.expert.code,
            "组长" if one.leader else "组员",
            "、".join(f"{field} {titles.get(field, '')}".strip() for field in one.fields),
        ]
        for place, one in enumerate(found.members, 1)
    ]


def _head(review: Review) -> list[list[str]]:
    application = review.application
    days = f"{review.first_day:%Y-%m-%d} 至 {review.last_day:%Y-%m-%d}" if review.first_day and review.last_day else "—"
    return [
        ["申请机构", application.applicant_name],
        ["统一社会信用代码", application.uscc or "—"],
        ["申请编号", application.number],
        ["申请类别", str(application.get_kind_display())],
        ["评审方式", str(review.get_mode_display())],
        ["评审日期", days],
        ["地点与安排", review.plan or "—"],
    ]


def _capability(one: Any, outcome: Any) -> list[str]:
    line = one.line
    verdict = "—" if outcome is None else "建议批准" if outcome.granted else f"不建议批准：{outcome.reason}"
    method = f"{line.method_text} {line.clause}".strip()
    place = line.site.name or line.site.code if line.site else ""
    return [str(line.number), place, line.object_text, line.parameter_text, method, line.limitation, verdict]


def _said(confirmed: bool | None) -> str:
    return "—" if confirmed is None else "确认" if confirmed else "不予确认"


def _nonconformity(one: Nonconformity) -> dict[str, Any]:
    lines = "、".join(str(line.number) for line in one.lines.all())
    panel = f"{_person(one.panel_by)} {_time(one.panel_at)}" if one.panel_at else "—"
    body = f"{_person(one.body_by)} {_time(one.body_at)}" if one.body_at else "—"
    answers = [
        [one_answer.words, _accepted(one_answer.accepted), one_answer.remark, _time(one_answer.verified_at)]
        for one_answer in one.answers.all()
    ]
    return {
        "head": [
            ["条款", one.clause],
            ["事实", one.fact],
            ["依据", one.basis],
            ["发现阶段", str(one.get_found_display())],
            ["涉及能力序号", lines or "全部"],
            ["验证方式", str(one.get_verify_by_display())],
            ["评审组确认", panel],
            ["机构确认", body + (f"；异议：{one.objection}" if one.objection else "")],
            ["状态", str(one.get_state_display())],
        ],
        "number": str(one.number),
        "answers": answers,
    }


def _accepted(value: bool | None) -> str:
    return "待验证" if value is None else "接受" if value else "仍需整改"


def _conclusion(found: selectors.Report) -> list[list[str]]:
    made = found.conclusion
    if made is None:
        return []
    kind = lawbook.conclusions(timezone.localdate(made.at)).get(made.kind, {"zh": made.kind})["zh"]
    return [
        ["评审结论", kind],
        ["说明", made.words],
        ["组长", f"{_person(made.by)} {_time(made.at)}"],
        ["依据", made.law],
    ]


def _person(user: Any) -> str:
    return str(user.display_name or user.username) if user else ""


def _time(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else "—"
