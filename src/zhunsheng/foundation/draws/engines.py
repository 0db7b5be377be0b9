"""What turns a frame, parameters and uniforms into a result; apps register further kinds of draw at start."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zhunsheng.foundation.draws.frames import Rows
from zhunsheng.foundation.errors import DomainError

Parameters = Mapping[str, Any]
Result = Mapping[str, Any]
Condition = Mapping[str, Any]
Draw = Callable[[Rows, Parameters, Iterator[float]], Result]
Check = Callable[[Rows, Parameters], list[dict[str, Any]]]


class BadParameters(DomainError):
    """Parameters or a frame that the kind of draw cannot read."""

    code = "bad-draw-parameters"


class UnknownKind(DomainError):
    """A kind of draw for which no engine is registered."""

    code = "unknown-draw-kind"


@dataclass(frozen=True, slots=True)
class Engine:
    """A pure engine. `check` names the conditions that make the draw impossible, before anything is committed."""

    version: str
    draw: Draw
    check: Check


_engines: dict[str, Engine] = {}
_KIND = re.compile(r"[a-z][a-z0-9_-]{0,29}")


def register(kind: str, engine: Draw, *, version: str = "1", check: Check = lambda _rows, _parameters: []) -> None:
    """Register the engine of a kind; a changed engine needs a new version.

    Raises: ValueError for a bad name or another engine under the same kind.
    """
    if not _KIND.fullmatch(kind) or (kind in _engines and _engines[kind].draw is not engine):
        raise ValueError(f"no name for a kind of draw, or a second engine for it: {kind!r}")
    _engines[kind] = Engine(version, engine, check)


def engine_of(kind: str) -> Engine:
    """Return the engine of a kind.

    Raises: UnknownKind.
    """
    if kind not in _engines:
        raise UnknownKind("No engine draws “%(kind)s”.", params={"kind": kind}, field="kind")
    return _engines[kind]


def number_in(parameters: Parameters, name: str, low: int, high: int) -> int:
    """Return a whole number of the parameters.

    Raises: BadParameters.
    """
    value = parameters.get(name)
    if type(value) is not int or not low <= value <= high:
        raise BadParameters(
            "“%(name)s” must be a whole number from %(low)s to %(high)s.",
            params={"name": name, "low": low, "high": high}, field=f"parameters.{name}",
        )  # fmt: skip
    return value


def texts_in(parameters: Parameters, name: str) -> list[str]:
    """Return a list of different words without spaces, empty when there is none.

    Raises: BadParameters.
    """
    value = parameters.get(name, [])
    good = isinstance(value, list | tuple) and all(
        isinstance(one, str) and one and not re.search(r"\s", one) for one in value
    )
    if not good or len(set(value)) != len(value):
        raise BadParameters(
            "“%(name)s” must be a list of different words.", params={"name": name}, field=f"parameters.{name}"
        )
    return list(value)
