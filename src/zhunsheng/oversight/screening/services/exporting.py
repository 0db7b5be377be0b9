"""An alert as a file: signed PDF for people, JSON for machines; each one's digest is sealed in the log."""

import hashlib
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone, translation

from zhunsheng.foundation.canonical import canonical_bytes
from zhunsheng.oversight.screening import explaining, permissions, selectors, wording
from zhunsheng.oversight.screening.models import Alert, Export, Sighting
from zhunsheng.oversight.screening.permissions import Can
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.access import note_access
from zhunsheng.platform.documents import pdf
from zhunsheng.platform.ledger import selectors as ledger_reads
from zhunsheng.platform.ledger import services as ledger

TEMPLATE: Final = Path(__file__).resolve().parents[1] / "typst" / "alert.v1.typ"
FORMAT: Final = "zhunsheng-alert/1"
PDF, JSON = "pdf", "json"


@transaction.atomic
def export_alert(*, alert_id: int, kind: str, by: User, at: datetime) -> tuple[Export, bytes]:
    """Return an alert as a file with the record of who took it; the PDF carries the installation's signature.

    Args:
        kind: "pdf" or "json".
    Raises: Alert.DoesNotExist, Sighting.DoesNotExist, NotAllowed, NotStamped.
    """
    alert = Alert.objects.select_related("body", "last_run").get(pk=alert_id)
    permissions.require(by, Can.SEE, alert, timezone.localdate(at))
    sighting = selectors.last_sighting(alert)
    if sighting is None:
        raise Sighting.DoesNotExist(f"nothing was kept of {alert}")
    made = _pdf(alert, sighting, by, at) if kind == PDF else _json(alert, sighting, at)
    digest = hashlib.sha256(made).hexdigest()
    entry = ledger.append(kind="screening.alert_file", subject=digest, body=alert.body.slug, at=at)
    note_access(by, alert, "导出疑点线索 / alert exported", owner=permissions.place_of(alert), at=at)
    return Export.objects.create(alert=alert, kind=kind, sha256=digest, entry_id=entry.id, by=by, at=at), made


def _json(alert: Alert, sighting: Sighting, at: datetime) -> bytes:
    """Return the evidence to the byte of which the digest was sealed, with the receipt that proves it."""
    return canonical_bytes(
        {
            "format": FORMAT, "alert": alert.pk, "exported": at.isoformat(timespec="seconds"),
            "evidence": sighting.evidence, "evidence_sha256": sighting.sha256, "run": _run(sighting),
            "receipt": ledger_reads.receipt_for(sighting.entry_id),
        }
    )  # fmt: skip


def _run(sighting: Sighting) -> dict[str, Any]:
    run = sighting.run
    return {
        "at": run.at.isoformat(timespec="seconds"), "engine": run.engine, "first_month": run.first_month,
        "last_month": run.last_month, "settings": run.settings, "lake_leaf": run.lake_leaf, "bodies": run.bodies,
        "full": run.full, "by_digest": run.by_digest,
    }  # fmt: skip


def _pdf(alert: Alert, sighting: Sighting, by: User, at: datetime) -> bytes:
    data = _letter(alert, sighting, timezone.localdate(at)) | {
        "foot": f"疑点线索 {alert.pk}　导出：{by}　{timezone.localtime(at):%Y-%m-%d %H:%M}　仅供监管工作使用，不得公开"
    }
    from zhunsheng.platform.documents import signatures  # here, because it takes long to import

    return signatures.sign(pdf.render(TEMPLATE, data, at=at), at=at, reason="疑点线索导出")


def _letter(alert: Alert, sighting: Sighting, day: date) -> dict[str, Any]:
    """Return what the printed alert says."""
    evidence, run = sighting.evidence, sighting.run
    signs = [(explaining.sign_of(one["detector"], day), one) for one in evidence["signals"]]
    innocent = explaining.innocents(day)
    kinds = dict.fromkeys(kind for sign, _one in signs for kind in sign.innocent)
    return {
        "title": "疑点线索（风险提示）",
        "head": [
            ["机构", alert.body.name], ["资质认定证书编号", alert.body.cma or alert.body.slug],
            ["疑点类别", explaining.FAMILIES[alert.family]["zh"]], ["处理阶段", "、".join(_stage(alert))],
            ["数据范围", f"{run.first_month} 至 {run.last_month}，比较 {run.bodies} 家机构"],
            ["覆盖情况", f"全量数据报告 {run.full} 份；仅登记编号和摘要 {run.by_digest} 份，未参与筛查"],
            ["错误率", f"同类提示中预计至多约 {explaining.percent(alert.q)} 属于偶然"],
        ],
        "signs": [
            [
                sign.title["zh"], explaining.said(sign, one)["zh"],
                _rarity(one["p"]), f"{sign.rule} {sign.version}",
            ]
            for sign, one in signs
        ],
        "pairs": [
            [evidence["reports"][pair["left"]]["number"], evidence["reports"][pair["right"]]["number"],
             str(pair["shared"]), str(len(pair["same"])), str(len(pair["near"]))]
            for pair in evidence["pairs"]
        ],
        "reports": [
            [one["number"], one["issued"], one["object"], digest[:16]] for digest, one in evidence["reports"].items()
        ],
        "innocent": [[innocent[kind].title["zh"], innocent[kind].check["zh"]] for kind in kinds],
        "versions": [
            ["筛查参数版本", run.settings],
            ["数据截至日志叶", str(run.lake_leaf)],
            ["依据摘要 SHA-256", sighting.sha256],
            ["运行时间", f"{timezone.localtime(run.at):%Y-%m-%d %H:%M}"],
        ],
    }  # fmt: skip


def _rarity(p: float) -> str:
    """Say how rare a sign is as the page says it, in the language of the printed alert."""
    with translation.override("zh-hans"):
        return wording.rarity(p)


def _stage(alert: Alert) -> list[str]:
    words = {"new": "新提示", "watched": "观察中", "dismissed": "已有正常解释", "lead": "已转线索"}
    return [words[alert.stage], *([alert.lead_reference] if alert.lead_reference else [])]
