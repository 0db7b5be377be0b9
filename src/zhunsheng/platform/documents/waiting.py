"""Wait for what a library does asynchronously, without paying for a description of its outcome."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def finished(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end and return its outcome, or raise what it raised.

    `asyncio.run` in the main thread compares signal handlers afterwards, and up to Python 3.11 that compares by a
    description of the task, its outcome included. Describing a signature means encoding its nested structures anew at
    every level, which can take many seconds: so no task holds the outcome.
    """
    outcome: list[T] = []

    async def keep() -> None:
        outcome.append(await work)

    asyncio.run(keep())
    return outcome[0]
