"""Screens the demo province by the real detectors, as the worker does each night, and has officers judge a little."""

from datetime import datetime, timedelta

from django.utils import timezone

from zhunsheng.oversight.screening.models import Alert
from zhunsheng.oversight.screening.services import judging
from zhunsheng.oversight.screening.services.runs import run_screening
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.lake import services as lake
from zhunsheng.platform.ledger.services import seal_pending

OFFICER = "sheng"


def load_screening(now: datetime) -> None:
    """Take the province's reports into the lake, run every detector, explain the least odd clock alert, watch another.

    What is watched is a hump at limits, which one more quarter tells from chance.
    """
    lake.write_pending(at=timezone.now())
    run_screening(by=None, at=now, wait_seconds=None)
    last = Alert.objects.filter(family="clock", stage="new").order_by("-rank").first()
    if last is not None and Alert.objects.count() > 1:
        judging.dismiss(
            alert_id=last.pk, explanation="registered_first", by=User.objects.get(username=OFFICER), at=now,
            words="已核对登记与补报时间：报告当日登记编号和摘要，全量数据经委托方同意后补报（演示）。",
        )  # fmt: skip
    hump = Alert.objects.filter(family="values", stage="new").order_by("-rank").first()
    if hump is not None and Alert.objects.filter(stage="new").count() > 2:
        judging.watch(
            alert_id=hump.pk, until=timezone.localdate(now) + timedelta(days=90), by=User.objects.get(username=OFFICER),
            at=now, words="限值内侧结果偏多，待下一季度报告归集后再看（演示）。",
        )  # fmt: skip
    seal_pending(timezone.now())
