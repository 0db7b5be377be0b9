"""Who sits on the panel that reviews an application: the room of reviews says so, registered at start."""

from collections.abc import Callable
from datetime import date

from zhunsheng.admission.licensing.models import Application
from zhunsheng.platform.accounts.models import User

Holds = Callable[[User, Application, date], bool]
_asked: list[Holds] = []


def register(holds: Holds) -> None:
    """Let this function tell who serves on a panel; registered twice it is asked once."""
    if holds not in _asked:
        _asked.append(holds)


def held(user: User, application: Application, on: date) -> bool:
    """Tell whether somebody serves on the panel of this application on a day; while nobody knows, nobody does."""
    return any(holds(user, application, on) for holds in _asked)
