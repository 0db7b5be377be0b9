"""The one kind of error that a person is meant to read."""

from collections.abc import Mapping
from typing import Any


class DomainError(Exception):
    """A rule of the field was broken; the web layer turns it into a sentence and an RFC 9457 problem.

    `message` is an English msgid with `%(name)s` places that `params` fills, so that it can be translated; `str()`
    gives the English sentence. `field` is a dotted path into the input, `remedy` says what to do about it.
    """

    code: str = "domain-error"
    kept: bool = False
    """Whether the attempt itself is kept on record: what nobody tries by mistake."""
    record: int | None = None
    """The record that keeps this attempt, as soon as there is one."""

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        params: Mapping[str, Any] | None = None,
        field: str | None = None,
        remedy: str = "",
        kept: bool | None = None,
    ) -> None:
        if code is not None:
            self.code = code
        if kept is not None:
            self.kept = kept
        self.message = message
        self.params: dict[str, Any] = dict(params or {})
        self.field = field
        self.remedy = remedy
        super().__init__(message)

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message

    def __reduce__(self) -> tuple[Any, ...]:
        """Let the error cross process borders whatever a subclass's constructor asks for."""
        return _rebuild, (type(self), self.__dict__, self.args)


def _rebuild(kind: type[DomainError], state: dict[str, Any], args: tuple[Any, ...]) -> DomainError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error
