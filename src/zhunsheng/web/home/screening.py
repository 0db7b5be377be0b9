"""The officer's early warning: what is new since yesterday, which bodies, fields and places deserve a look, and why."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from zhunsheng.oversight.screening import selectors, wording
from zhunsheng.oversight.screening.models import Alert
from zhunsheng.oversight.screening.permissions import Can
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User

SHOWN = 5
MOST = 200


@dataclass(frozen=True)
class Desk:
    """The untreated alerts in sight: the first ones with their reasons, how many are new, and where they gather."""

    rows: list[dict[str, Any]]
    waiting: int
    new: int
    gathered: list[dict[str, Any]]

    @property
    def more(self) -> bool:
        """Whether there are more than could be counted."""
        return self.waiting > MOST


def desk(user: User, today: date) -> Desk | None:
    """Return what screening tells an officer, in one query; None for those who see no alerts."""
    if not policy.allowed_somewhere(user, Can.SEE, today):
        return None
    seen = selectors.untreated_alerts(selectors.officers_alerts(user, today), today)
    found = list(seen[: MOST + 1])
    since = today - timedelta(days=1)
    return Desk(
        rows=[_row(one) for one in found[:SHOWN]],
        waiting=len(found),
        new=sum(one.raised_on >= since for one in found),
        gathered=_gathered(found),
    )


def _row(one: Alert) -> dict[str, Any]:
    return {
        "one": one,
        "signs": [wording.sign_title(detector) for detector in one.detectors[:2]],
        "rate": wording.error_rate(one.q),
        "field": wording.field_name(one.field) if one.field else "",
    }


def _gathered(found: list[Alert]) -> list[dict[str, Any]]:
    """Return the fields and the places in which several alerts are open, the most first."""
    fields = Counter(one.field for one in found if one.field)
    places = Counter((one.division_id, str(one.division.local_name)) for one in found)
    held = [(number, f"field={code}", wording.field_name(code)) for code, number in fields.items() if number > 1]
    held += [(number, f"division={code}", name) for (code, name), number in places.items() if number > 1]
    return [
        {"number": number, "query": query, "name": name}
        for number, query, name in sorted(held, key=lambda one: (-one[0], one[1]))[:4]
    ]
