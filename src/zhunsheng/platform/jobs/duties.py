"""What must be done again and again; apps register their duties when they start."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

Work = Callable[[], int | None]
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_duties: dict[str, "Duty"] = {}


@dataclass(frozen=True, slots=True)
class Duty:
    """One recurring piece of work.

    `work` does what is due and returns how many things it did (None is 0). It must be safe to repeat, to be cut off
    at any point, and to run in several workers at once: who needs to be alone takes a lock and passes over LockBusy.
    """

    name: str
    every_seconds: float
    work: Work


@dataclass(frozen=True, slots=True)
class Named:
    """Work named by module and function: imported when it is first done, where it needs what takes long to import."""

    module: str
    function: str

    def __call__(self) -> int | None:
        """Do the work. Raises: ImportError, AttributeError for a name that leads nowhere."""
        done: int | None = getattr(import_module(self.module), self.function)()
        return done


def register(name: str, every_seconds: float, function: Work) -> None:
    """Let the worker call the function at this pace; the same name again replaces it.

    Raises: ValueError for a name other than lower-case words with dashes, or a pace that is not positive.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a duty's name: {name!r}")
    if not every_seconds > 0:
        raise ValueError("every_seconds must be positive")
    _duties[name] = Duty(name, every_seconds, function)


def registered() -> Iterator[Duty]:
    """Return all duties in the order of their registration."""
    return iter(list(_duties.values()))
