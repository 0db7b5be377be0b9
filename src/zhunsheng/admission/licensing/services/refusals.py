"""The log of an application: what happened, who did it, and what was refused."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction
from django.utils import translation

from zhunsheng.admission.licensing.models import Application, Step, Verification
from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.refusals import sentence

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
    return _logged(action, lambda given: [given["application_id"]])


def task_refusals_logged(action: str) -> Callable[[Callable[..., Done]], Callable[..., Done]]:
    """Do as `refusals_logged` for a service about a verification, in the log of its application.

    The service takes `verification_id`, `by` and `at`.
    """

    def application_of(given: Mapping[str, Any]) -> Iterable[int]:
        return Verification.objects.filter(pk=given["verification_id"]).values_list("application_id", flat=True)

    return _logged(f"verification.{action}", application_of)


def _logged(
    action: str, applications: Callable[[Mapping[str, Any]], Iterable[int]]
) -> Callable[[Callable[..., Done]], Callable[..., Done]]:
    def around(service: Callable[..., Done]) -> Callable[..., Done]:
        @wraps(service)
        def run(**given: Any) -> Done:
            try:
                with transaction.atomic():
                    return service(**given)
            except (NotAllowed, SamePerson, IllegalMove, Abuse) as error:
                for key in applications(given):
                    keep_refusal(key, action, by=given["by"], at=given["at"], error=error)
                raise

        return run

    return around


def keep_refusal(application_id: int, action: str, *, by: User, at: datetime, error: DomainError) -> None:
    """Keep in an application's log who was refused what, in Chinese as the letters are, with its rule."""
    application = Application.objects.filter(pk=application_id).first()
    if application is not None:
        with translation.override("zh-hans"):
            words = f"{sentence(error)}（{error.code}）"
        log(application, f"refused.{action}", by=by, at=at, words=words, inside=True)
