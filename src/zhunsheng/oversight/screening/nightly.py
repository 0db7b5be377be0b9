"""What the worker does: screen once a night, bring back what was watched until today, mail what is new."""

from datetime import datetime
from typing import Final

from django.utils import timezone

from zhunsheng.oversight.screening import selectors
from zhunsheng.oversight.screening.services import judging, runs, subscribing
from zhunsheng.platform.lake import selectors as lake

FROM_HOUR: Final = 2
"""The hour, in China's time, from which a night's run may begin."""


def screen_once_a_night() -> int:
    """Run over the lake if this day has no run yet; return how many alerts are new. Raises: LockBusy."""
    now = timezone.now()
    if not is_due(now):
        return 0
    return runs.run_screening(by=None, at=now).run.raised


def is_due(now: datetime) -> bool:
    """Tell whether a run is due: the night's hour has come, today has none, and there is something to read."""
    local = timezone.localtime(now)
    if local.hour < FROM_HOUR:
        return False
    newest = selectors.last_run()
    if newest is not None and timezone.localtime(newest.at).date() >= local.date():
        return False
    return lake.state().rows > 0


def keep_up() -> int:
    """Bring back watched alerts whose day has come, and mail what is new; return how many things were done."""
    now = timezone.now()
    return judging.bring_back_watched(at=now) + subscribing.mail_new_alerts(at=now)
