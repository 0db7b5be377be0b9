"""One step of a case as a page offers it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from zhunsheng.oversight.enforcement.forms.cases import StepForm
from zhunsheng.oversight.enforcement.models import Case
from zhunsheng.platform.accounts.models import User

Given = dict[str, Any]
Act = Callable[[Case, User, Given], object]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: heading, words of its button, form, the action that the policy must grant, and the act.

    `move` is the action of the workflow that must be possible; empty: the service itself says.
    """

    title: Any
    button: Any
    form: type[StepForm]
    action: str
    act: Act
    move: str = ""
    primary: bool = False


def call(service: Callable[..., object], *names: str, **renamed: str) -> Act:
    """Return an act that hands these fields of the form to a service of the case."""

    def act(case: Case, user: User, given: Given) -> object:
        values = {name: given[name] for name in names} | {name: given[field] for name, field in renamed.items()}
        return service(case_id=case.pk, by=user, at=timezone.now(), **values)

    return act
