"""What the day list and the codes say of certificates: public words, without names of people or officers' reasons."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from zhunsheng.admission.certificates.models import Certificate, Measure, MeasureKind, Occasion


class Said(NamedTuple):
    """One sentence in both languages of the day list."""

    zh: str
    en: str


DONE = {
    Occasion.FIRST: Said("准予首次资质认定", "First accreditation granted"),
    Occasion.RENEWAL: Said("准予证书延续", "Certificate renewed"),
    Occasion.EXTENSION: Said("准予扩项", "Extension of scope granted"),
    Occasion.METHOD_YEAR: Said("办理标准（方法）变更", "Change of method entered"),
    Occasion.SITE: Said("办理检验检测场所变更", "Change of site entered"),
    Occasion.ADDRESS: Said("办理地址名称变更", "Change of address only in name entered"),
    Occasion.NAME: Said("办理机构名称、法人性质变更", "Change of name or legal nature entered"),
    Occasion.PERSONS: Said(
        "办理法定代表人、最高管理者、技术负责人变更", "Change of legal representative or managers filed"
    ),
    Occasion.SIGNATORY: Said("办理授权签字人变更", "Change of signatories entered"),
    Occasion.CANCEL_ITEM: Said("办理取消检验检测项目", "Items given up"),
    Occasion.REDUCTION: Said("能力附表部分项目终止", "Items of the schedule ended"),
}
_MEASURES = {
    MeasureKind.SUSPEND: Said("暂停使用资质认定证书", "Certificate suspended"),
    MeasureKind.LIFT: Said("恢复使用资质认定证书", "Suspension of the certificate lifted"),
    MeasureKind.REDUCE: Said("终止能力附表部分项目", "Items of the schedule ended"),
    MeasureKind.CANCEL: Said("注销资质认定证书", "Certificate cancelled"),
    MeasureKind.REVOKE: Said("撤销资质认定证书", "Certificate revoked"),
}


def issued(made: Certificate, *, refused: int = 0) -> Said:
    """Return what a version grants or changes."""
    parts = [DONE[Occasion(made.occasion)], Said(f"证书编号 {made.number}", f"certificate {made.number}")]
    parts.append(Said(f"能力附表共 {made.lines} 项", f"{made.lines} lines in the schedule"))
    if made.added:
        parts.append(Said(f"新增 {made.added} 项", f"{made.added} added"))
    if made.ended:
        parts.append(Said(f"终止 {made.ended} 项", f"{made.ended} ended"))
    if refused:
        parts.append(Said(f"不予批准 {refused} 项", f"{refused} refused"))
    if made.valid_to is not None:
        day = made.valid_to.isoformat()
        parts.append(Said(f"有效期至 {day}", f"valid until {day}"))
    return _sentence(parts)


def taken(measure: Measure, number: str) -> Said:
    """Return which measure was taken, on which basis."""
    what, day = _MEASURES[MeasureKind(measure.kind)], measure.on.isoformat()
    parts = [Said(f"{what.zh}（{number}）", f"{what.en} ({number})"), Said(f"自 {day} 起", f"from {day}")]
    if measure.until is not None:
        last = measure.until.isoformat()
        parts.append(Said(f"至 {last} 止", f"until {last}"))
    if measure.lines:
        parts.append(Said(f"共 {len(measure.lines)} 项", f"{len(measure.lines)} lines"))
    if measure.basis:
        parts.append(Said(f"依据：{measure.basis}", f"basis: {measure.basis}"))
    return _sentence(parts)


def version_issued(version: int) -> Said:
    """Return why a former document is replaced by that of a new version."""
    return Said(f"签发第 {version} 版", f"Version {version} was issued")


def replaced_by(number: str, version: int) -> Said:
    """Return why a document ended with which the next version doesn't go on."""
    return Said(f"由证书 {number} 第 {version} 版取代", f"Replaced by version {version} of certificate {number}")


def suspension_over(decision_no: str) -> Said:
    """Return why the codes hold again after the last day of a suspension."""
    return Said(f"暂停期满（{decision_no}）", f"The suspension is over ({decision_no})")


STANDS_SUSPENDED: Final = Said("证书处于暂停状态", "The certificate is suspended")
_READ_BACK: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Said]], ...]] = (
    (re.compile(r"签发第 (\d+) 版"), lambda one: version_issued(int(one[1]))),
    (re.compile(r"由证书 (\S+) 第 (\d+) 版取代"), lambda one: replaced_by(one[1], int(one[2]))),
    (re.compile(r"暂停期满（(.+)）"), lambda one: suspension_over(one[1])),
    (re.compile(STANDS_SUSPENDED.zh), lambda _one: STANDS_SUSPENDED),
)


def in_english(words: str) -> str | None:
    """Return in English what a code says in Chinese, which is sealed; None for the words of a measure or of people."""
    for pattern, said in _READ_BACK:
        if found := pattern.fullmatch(words):
            return said(found).en
    return None


def _sentence(parts: list[Said]) -> Said:
    return Said("，".join(one.zh for one in parts) + "。", ", ".join(one.en for one in parts) + ".")
