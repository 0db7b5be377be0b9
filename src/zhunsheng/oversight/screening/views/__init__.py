"""Pages of screening."""

from zhunsheng.oversight.screening.views.alert import act, alert, compare, export
from zhunsheng.oversight.screening.views.hearing import feed, subscription
from zhunsheng.oversight.screening.views.lists import AlertList, Calibration, RunList

__all__ = ["AlertList", "Calibration", "RunList", "act", "alert", "compare", "export", "feed", "subscription"]
