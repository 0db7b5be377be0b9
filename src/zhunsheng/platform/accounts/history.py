"""Who changed a record, when and why: django-simple-history, with the reason made a duty where the law wants one."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from zhunsheng.foundation.errors import DomainError

AnyModel = TypeVar("AnyModel", bound=Model)


@dataclass(frozen=True)
class Recording:
    """Who is writing, and why."""

    user: AbstractBaseUser | None
    why: str


_current: ContextVar[Recording | None] = ContextVar("zhunsheng_recording", default=None)


class MissingReason(DomainError):
    """A regulated record was about to change without a reason."""

    code = "reason-missing"

    def __init__(self, record: str) -> None:
        super().__init__(
            "A change of %(record)s needs a reason.",
            params={"record": record},
            field="why",
            remedy="Say in one sentence why the record changes.",
        )


@contextmanager
def recorded(user: AbstractBaseUser | None, why: str) -> Iterator[Recording]:
    """Let every history row written inside name this person and this reason; user None means the system itself."""
    recording = Recording(user, why.strip())
    token = _current.set(recording)
    try:
        yield recording
    finally:
        _current.reset(token)


def current() -> Recording | None:
    """Return who is writing and why, or None outside `recorded`."""
    return _current.get()


class Recorded(HistoricalRecords):
    """A history that takes who and why from `recorded`, and can demand the reason.

    A save that touches only excluded fields (for example the last sign-in) leaves no row.
    """

    if TYPE_CHECKING:

        def __get__(self, instance: Model | None, owner: type[Model]) -> Any:
            """Stand for the manager of history rows that simple-history puts in this place."""

    def __init__(self, *args: Any, reason_required: bool = False, **kwargs: Any) -> None:
        self.reason_required = reason_required
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]  # no types there

    def post_save(self, instance: Model, created: bool, using: str | None = None, **kwargs: Any) -> None:
        """Write a history row, unless nothing that history keeps was saved."""
        fields = kwargs.get("update_fields")
        if fields and set(fields) <= set(self.excluded_fields):
            return
        super().post_save(instance, created, using=using, **kwargs)  # type: ignore[no-untyped-call]  # no types there

    def get_history_user(self, instance: Model) -> Any:
        """Return who `recorded` names, else who is signed in."""
        recording = current()
        if recording is not None and not hasattr(instance, "_history_user"):
            return recording.user
        return super().get_history_user(instance)  # type: ignore[no-untyped-call]  # no types there

    def get_change_reason_for_object(self, instance: Model, history_type: str, using: str) -> str | None:
        """Return the reason. Raises MissingReason where the record demands one and none was given."""
        own = super().get_change_reason_for_object(instance, history_type, using)  # type: ignore[no-untyped-call]  # no types there
        recording = current()
        why = own or (recording.why if recording else "")
        if self.reason_required and not why:
            raise MissingReason(str(instance._meta.verbose_name))
        return why or None


def create_recorded(model: type[AnyModel], rows: Iterable[AnyModel], *, batch_size: int = 500) -> list[AnyModel]:
    """Create many rows, each with its history row, who and why from `recorded`. Raises MissingReason outside it."""
    recording = _demand(model)
    created: list[AnyModel] = bulk_create_with_history(
        list(rows), model, batch_size=batch_size, default_user=recording.user, default_change_reason=recording.why
    )
    return created


def update_recorded(
    model: type[AnyModel], rows: Iterable[AnyModel], fields: Sequence[str], *, batch_size: int = 500
) -> int:
    """Update these fields of many rows, each with its history row. Raises MissingReason outside `recorded`."""
    recording = _demand(model)
    return int(
        bulk_update_with_history(
            list(rows),
            model,
            list(fields),
            batch_size=batch_size,
            default_user=recording.user,
            default_change_reason=recording.why,
        )
    )


def _demand(model: type[Model]) -> Recording:
    recording = current()
    if recording is None or not recording.why:
        raise MissingReason(str(model._meta.verbose_name))
    return recording
