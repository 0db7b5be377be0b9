"""What the day list says of certificates: public words, without names of people and without reasons of officers."""

from zhunsheng.admission.certificates.models import Certificate, Measure, MeasureKind, Occasion

_DONE = {
    Occasion.FIRST: "准予首次资质认定",
    Occasion.RENEWAL: "准予资质认定证书延续",
    Occasion.EXTENSION: "准予扩项",
    Occasion.METHOD_YEAR: "办理标准（方法）变更",
    Occasion.SITE: "办理检验检测场所变更",
    Occasion.ADDRESS: "办理地址名称变更",
    Occasion.NAME: "办理机构名称或法人性质变更",
    Occasion.PERSONS: "办理人员变更备案",
    Occasion.SIGNATORY: "办理授权签字人变更",
    Occasion.CANCEL_ITEM: "办理取消检验检测项目",
    Occasion.REDUCTION: "能力附表部分项目终止",
}
_MEASURES = {
    MeasureKind.SUSPEND: "暂停使用资质认定证书",
    MeasureKind.LIFT: "恢复使用资质认定证书",
    MeasureKind.REDUCE: "终止能力附表部分项目",
    MeasureKind.CANCEL: "注销资质认定证书",
    MeasureKind.REVOKE: "撤销资质认定证书",
}


def issued(made: Certificate, *, refused: int = 0) -> str:
    """Return what a version grants or changes."""
    parts = [_DONE[Occasion(made.occasion)], f"证书编号 {made.number}", f"能力附表共 {made.lines} 项"]
    if made.added:
        parts.append(f"新增 {made.added} 项")
    if made.ended:
        parts.append(f"终止 {made.ended} 项")
    if refused:
        parts.append(f"不予批准 {refused} 项")
    if made.valid_to is not None:
        parts.append(f"有效期至 {made.valid_to.isoformat()}")
    return "，".join(parts) + "。"


def taken(measure: Measure, number: str) -> str:
    """Return which measure was taken, on which basis."""
    parts = [f"{_MEASURES[MeasureKind(measure.kind)]}（{number}）", f"自 {measure.on.isoformat()} 起"]
    if measure.until is not None:
        parts.append(f"至 {measure.until.isoformat()} 止")
    if measure.lines:
        parts.append(f"共 {len(measure.lines)} 项")
    if measure.basis:
        parts.append(f"依据：{measure.basis}")
    return "，".join(parts) + "。"
