"""What a use case refuses stays on record, whoever called it: a page, an interface, a command, another room."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from django.utils import timezone
from simple_history.models import HistoricalRecords

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.access import note_refused

Given = ParamSpec("Given")
Answered = TypeVar("Answered")
_inside: ContextVar[bool] = ContextVar("zhunsheng_use_case", default=False)


def keeps_refused(act: Callable[Given, Answered]) -> Callable[Given, Answered]:
    """Let a use case keep who tried what nobody tries by mistake (`DomainError.kept`), after the step is undone.

    It stands above `transaction.atomic`. Of use cases that call one another the outermost keeps the refusal, since
    what the inner ones write is undone with it. The use case names who acts by `by`, and when by `at`.
    """

    @wraps(act)
    def kept(*args: Given.args, **kwargs: Given.kwargs) -> Answered:
        if _inside.get():
            return act(*args, **kwargs)
        token = _inside.set(True)
        try:
            return act(*args, **kwargs)
        except DomainError as error:
            _keep(error, act, kwargs)
            raise
        finally:
            _inside.reset(token)

    return kept


def _keep(error: DomainError, act: Callable[..., object], kwargs: dict[str, object]) -> None:
    by, at = kwargs.get("by"), kwargs.get("at")
    if error.kept and isinstance(by, User):
        note_refused(by, where(act, kwargs), error, at=at if isinstance(at, datetime) else timezone.now())


def where(act: Callable[..., object], kwargs: dict[str, object] | None = None) -> str:
    """Return where something was tried: the page's address, or the use case with the keys it was called with."""
    request = getattr(HistoricalRecords.context, "request", None)
    if request is not None:
        return str(request.path)
    keys = [f"{name}={value}" for name, value in (kwargs or {}).items() if name.endswith("_id")]
    return " ".join([f"{act.__module__.removeprefix('zhunsheng.')}.{act.__name__}", *keys])
