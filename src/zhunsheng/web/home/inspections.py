"""What waits for an officer among the plans of inspections: those that this person may approve."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zhunsheng.oversight.inspections.permissions import Can
from zhunsheng.oversight.inspections.selectors import waiting_for_approval
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User

SHOWN = 5
MOST = 99


@dataclass(frozen=True)
class Plans:
    """The plans that wait for approval: the first to begin with their colours, how many, how many should have begun."""

    rows: list[dict[str, Any]]
    waiting: int
    late: int

    @property
    def more(self) -> bool:
        """Whether there are more than could be counted."""
        return self.waiting > MOST


def desk(user: User, today: date) -> Plans | None:
    """Return what waits for this person's approval, in one query; None where nothing does."""
    if not policy.allowed_somewhere(user, Can.APPROVE, today):
        return None
    found = list(waiting_for_approval(user, today)[: MOST + 1])
    if not found:
        return None
    return Plans(
        rows=[{"one": one, "meaning": "bad" if one.first_day < today else "waiting"} for one in found[:SHOWN]],
        waiting=len(found),
        late=sum(one.first_day < today for one in found),
    )
