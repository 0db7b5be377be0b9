"""The log of an application: what happened, who did it, and what was refused."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction

from zhunsheng.admission.licensing.models import Application, Step
from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson

Done = TypeVar("Done")


class ApplicationRefused(DomainError):
    """Something that can't be done with an application."""

    code = "application-refused"


class Abuse(ApplicationRefused):
    """A refusal that the application's log keeps for the officers: nobody does this by a slip of the pen."""

    code = "application-abuse"


def log(
    application: Application,
    action: str,
    *,
    by: User | None,
    at: datetime,
    words: str = "",
    law: str = "",
    inside: bool = False,
) -> Step:
    """Add a step in the caller's transaction, at the stage that the application has now."""
    return Step.objects.create(
        application=application, action=action, by=by, at=at, stage=application.stage, words=words[:1000],
        law=law[:120], inside=inside,
    )  # fmt: skip


def refusals_logged(action: str) -> Callable[[Callable[..., Done]], Callable[..., Done]]:
    """Run a service in one transaction; keep in the log who was refused what no slip explains, and raise on.

    The service takes `application_id`, `by` and `at`. What is merely filled in wrongly leaves no trace.
    """

    def around(service: Callable[..., Done]) -> Callable[..., Done]:
        @wraps(service)
        def run(**given: Any) -> Done:
            try:
                with transaction.atomic():
                    return service(**given)
            except (NotAllowed, SamePerson, IllegalMove, Abuse) as error:
                _keep(given, action, error)
                raise

        return run

    return around


def _keep(given: dict[str, Any], action: str, error: DomainError) -> None:
    application = Application.objects.filter(pk=given["application_id"]).first()
    if application is not None:
        log(
            application, f"refused.{action}", by=given["by"], at=given["at"], words=f"{error.code}: {error}",
            inside=True,
        )  # fmt: skip
