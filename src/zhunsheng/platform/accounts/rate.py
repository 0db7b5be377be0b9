"""How often something may happen per minute, counted in Django's cache."""

from datetime import datetime

from django.core.cache import cache

from zhunsheng.foundation.errors import DomainError

MINUTE = 60


class TooOften(DomainError):
    """More attempts in this minute than the installation allows."""

    code = "too-often"
    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(
            "Too many attempts; wait %(seconds)s seconds.",
            params={"seconds": seconds},
            remedy="Ask again then; a program keeps its token until it expires.",
        )
        self.seconds = seconds


def count(name: str, *keys: str, limit: int, at: datetime) -> None:
    """Count one attempt under these keys. Raises TooOften beyond `limit` in one minute of the clock."""
    minute, second = divmod(int(at.timestamp()), MINUTE)
    key = ":".join(("rate", name, str(minute), *keys))
    cache.add(key, 0, timeout=2 * MINUTE)
    if cache.incr(key) > limit:
        raise TooOften(MINUTE - second)
