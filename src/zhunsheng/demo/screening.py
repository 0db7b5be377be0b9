"""Screens the demo province by the real detectors, as the worker does each night, and has officers judge a little."""

from datetime import datetime

from django.utils import timezone

from zhunsheng.oversight.screening.models import Alert
from zhunsheng.oversight.screening.services import judging
from zhunsheng.oversight.screening.services.runs import run_screening
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.lake import services as lake

OFFICER = "sheng"


def load_screening(now: datetime) -> None:
    """Take the province's reports into the lake, run every detector, and explain the least odd clock alert."""
    lake.write_pending(at=timezone.now())
    run_screening(by=None, at=now, wait_seconds=None)
    last = Alert.objects.filter(family="clock", stage="new").order_by("-rank").first()
    if last is not None and Alert.objects.count() > 1:
        judging.dismiss(
            alert_id=last.pk, explanation="typed_later", by=User.objects.get(username=OFFICER), at=now,
            words="已查原始记录：结果次日集中录入，检测时间以原始记录为准（演示）。",
        )  # fmt: skip
