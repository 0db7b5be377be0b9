"""Bars of routes in the demo province: after a revocation for fraud, after a false application, and a lifted one."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from zhunsheng.admission.licensing.services import bars
from zhunsheng.demo.applications import moment
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies.models import Body, PeriodState


class _Bar(NamedTuple):
    """A bar of the story: its kind of law/facts.yaml, its decision, how long ago, why it was lifted ("": it stands)."""

    condition: str
    reference: str
    days: int
    words: str
    lifted: str = ""


REVOKED = _Bar(
    "fraud_revocation", "粤市监撤〔2026〕演示2号", 40,
    "以欺骗手段取得资质认定，资质认定被撤销，三年内不得再次申请。",
)  # fmt: skip
OTHERS = (
    _Bar(
        "false_application", "粤市监不〔2026〕演示5号", 75,
        "申请扩项时提交的设备校准证书系伪造，不予许可，一年内不得再次申请资质认定。",
    ),
    _Bar(
        "commitment_withdrawn", "ZR2026-演示31", 120, "撤回告知承诺申请，再次申请时适用一般程序。",
        "撤回系受理系统故障所致，经核实予以解除。",
    ),
)  # fmt: skip


def load_bars(hero: Body, at: datetime) -> None:
    """Bar a body whose certificate was revoked, and two others, by decisions of the province; never the story's own."""
    officer, today = User.objects.get(username="sheng"), timezone.localdate(at)
    bodies = Body.objects.exclude(pk=hero.pk).filter(organisation__isnull=False).order_by("pk")
    revoked = bodies.filter(accreditations__periods__state=PeriodState.REVOKED).first()
    others = list(bodies.exclude(pk=revoked.pk if revoked else 0)[10:12])
    chosen = [(revoked, REVOKED)] if revoked else []
    for body, one in [*chosen, *zip(others, OTHERS, strict=False)]:
        _set(body, one, officer, today, at)


def _set(body: Body, one: _Bar, officer: User, today: date, at: datetime) -> None:
    if body.organisation_id is None:
        return
    begun = moment(today, one.days, at)
    made = bars.set_bar(
        organisation_id=body.organisation_id, condition=one.condition, since=timezone.localdate(begun),
        reference=one.reference, words=one.words, by=officer, at=begun,
    )  # fmt: skip
    if one.lifted:
        bars.lift_bar(bar_id=made.pk, why=one.lifted, by=officer, at=begun + timedelta(days=10))
