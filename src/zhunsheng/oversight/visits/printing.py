"""The on-the-spot record (现场检查笔录) as a PDF: from the sealed content where there is one, else a draft."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from zhunsheng.oversight.visits import selectors
from zhunsheng.oversight.visits.lifecycle import Mode, Side, Verdict
from zhunsheng.oversight.visits.models import Visit
from zhunsheng.oversight.visits.wording import EVIDENCE, MARKS
from zhunsheng.platform.documents import files, pdf

from django.utils import translation  # isort: skip

FOLDER: Final = Path(__file__).parent / "typst"


def record_pdf(visit: Visit, *, at: datetime) -> bytes:
    """Return the record in Chinese, with the digest of its content. Raises: TypstError, FileMissing."""
    sealed = getattr(visit, "record", None)
    content = sealed.content if sealed else selectors.record_content(visit)
    with translation.override("zh-hans"):
        shown = _shown(content, sealed.digest if sealed else "")
    return pdf.render(FOLDER / "record.v1.typ", shown, at=at)


def _shown(content: dict[str, Any], digest: str) -> dict[str, Any]:
    """Return what the template shows, every value as text."""
    verdicts = {value: str(words) for value, words in Verdict.choices}
    return {
        "number": content["visit"],
        "draft": "" if digest else "尚未签字，仅供检查人员核对",
        "digest": digest,
        "head": _head(content),
        "items": [[code, f"{clause} {words}", verdicts.get(verdict, "—"), note]
                  for code, clause, words, verdict, note in content["items"]],
        "findings": [[number, code, fact, title, "成立" if stands else "当场撤回"]
                     for number, code, fact, title, stands in content["findings"]],
        "photos": [[name, taken, place or "—", "；".join(str(MARKS.get(one, one)) for one in marks), sha256]
                   for sha256, name, taken, place, marks in content["photos"]],
        "signatures": [_signature(one) for one in content["signatures"]],
        "signed": content["signed"],
    }  # fmt: skip


def _head(content: dict[str, Any]) -> list[list[str]]:
    body, seen = content["body"], content["identified"]
    people = "；".join(f"{one['name']}（{one['card'] or one['code']}）" for one in content["inspectors"])
    return [
        ["被检查机构", body["name"]],
        ["统一社会信用代码", body["uscc"] or "—"],
        ["资质认定证书编号", body["cma"] or "—"],
        ["检查方式", str(Mode(content["mode"]).label)],
        ["检查地点", content["place"] or "—"],
        ["检查时间", f"{' 至 '.join(content['days'])}（{content['began'] or '未开始'} 开始）"],
        ["检查人员及证件", people],
        ["亮证", f"{seen['at']} 由 {seen['by']} 扫码确认" if seen["at"] else "当场出示证件"],
        ["检查计划与任务", f"{content['plan']} / {content['task']}"],
        ["检查表版本", content["checklist"] or "—"],
    ]


def _signature(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "side": str(Side(one["side"]).label),
        "name": f"{one['name']} {one['post']}".strip() or "—",
        "at": one["at"] or "—",
        "objection": one["objection"] or "无",
        "refusal": one["refusal"],
        "image": list(files.read_by_digest(one["image"])) if one["image"] else [],
    }


def pack_pdf(visit: Visit, *, at: datetime) -> bytes:
    """Return the pack to take along (检查包): notice, proof of the draws, checklist, receipts to fill in by hand."""
    task = visit.task
    draws = {"抽取检查对象": task.draw, "抽取检查人员": task.inspectors_draw}
    shown = {
        "number": visit.number,
        "body": visit.body.name,
        "authority": task.plan.organisation.name,
        "days": " 至 ".join(dict.fromkeys([visit.first_day.isoformat(), visit.last_day.isoformat()])),
        "people": "、".join(
            f"{one.name}（{one.card_no or one.code}）" for one in (task.leader, task.second) if one is not None
        ),
        "head": [
            ["被检查机构", visit.body.name],
            ["统一社会信用代码", visit.body.uscc or "—"],
            ["检查地点", visit.place or "—"],
            ["检查计划", f"{task.plan.number} {task.plan.title}"],
            ["计划批准文号", task.plan.document_no or "—"],
            ["检查任务", f"{task.number}（{task.get_arm_display()}）"],
            ["检查表版本", visit.checklist or "—"],
        ],
        "draws": [
            [words, f"{one.draw.number} {one.draw.title}", one.draw.transcript_sha256 or "尚未形成"]
            if one
            else [words, "—", "—"]
            for words, one in draws.items()
        ],
        "causes": [[str(one.get_kind_display()), one.reference, one.words] for one in task.causes.order_by("pk")],
        "items": [
            [one.code + ("★" if one.starred else ""), f"{one.clause} {one.words.get('zh', '')}",
             one.how.get("zh", ""), "、".join(str(EVIDENCE.get(kind, kind)) for kind in one.evidence)]
            for one in visit.items.order_by("place")
        ],
    }  # fmt: skip
    return pdf.render(FOLDER / "pack.v1.typ", shown, at=at)
