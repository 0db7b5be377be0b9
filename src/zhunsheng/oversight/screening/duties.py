"""What the worker does in this room, and how often; statistics are imported when it is done, not at every start."""

from typing import Final

from zhunsheng.platform.jobs import duties

EVERY_SECONDS: Final = 600.0
_NIGHTLY: Final = "zhunsheng.oversight.screening.nightly"


def register() -> None:
    """Register the duties."""
    duties.register("screen-the-lake", EVERY_SECONDS, duties.Named(_NIGHTLY, "screen_once_a_night"))
    duties.register("keep-up-with-alerts", EVERY_SECONDS, duties.Named(_NIGHTLY, "keep_up"))
