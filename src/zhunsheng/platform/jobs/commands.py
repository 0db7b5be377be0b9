"""`zhunsheng worker`."""

import logging
import signal
import sys
from threading import Event
from types import FrameType
from typing import Annotated

import structlog
import typer

from zhunsheng.platform.jobs import duties, runner

app = typer.Typer()


@app.command()
def worker(
    *,
    once: Annotated[bool, typer.Option(help="Do every duty once, then end. Exit 1 when one failed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Log one JSON object a line.")] = False,
    quiet: Annotated[bool, typer.Option(help="Log warnings and errors only.")] = False,
) -> None:
    """Do the recurring duties, the sealing of the log above all, until told to stop (Ctrl-C or SIGTERM)."""
    _log_to_stderr(as_json=as_json or not sys.stderr.isatty(), level=logging.WARNING if quiet else logging.INFO)
    if once:
        went_well = [runner.do_once(duty) for duty in duties.registered()]
        raise typer.Exit(0 if all(went_well) else 1)
    stop = Event()

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    runner.run(stop)


def _log_to_stderr(*, as_json: bool, level: int) -> None:
    final = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            final,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
