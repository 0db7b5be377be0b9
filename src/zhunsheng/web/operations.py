"""Commands that start, inspect and move the whole system: serve, migrate, doctor, openapi."""

import json
import os
import signal
import subprocess
import sys
import threading
from types import FrameType
from typing import Annotated

import typer
from django.core.management import call_command
from rich.console import Console

from zhunsheng.web import health

app = typer.Typer()
console = Console()


@app.command()
def migrate() -> None:
    """Bring the database to this version."""
    call_command("migrate", interactive=False, verbosity=1)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(help="Server processes.")] = 2,
    *,
    with_worker: Annotated[bool, typer.Option("--worker/--no-worker", help="Run the sealing worker too.")] = True,
) -> None:
    """Serve the pages and the API, with the worker that seals and keeps house."""
    commands = [server_command(host, port, workers)]
    if with_worker:
        commands.append([sys.executable, "-m", "zhunsheng.web", "worker"])
    sys.exit(run_together(commands))


def server_command(host: str, port: int, workers: int) -> list[str]:
    """Return the command of the server alone: each of its threads may hold one connection to the database."""
    threads = max(16, 2 * (os.cpu_count() or 1))  # a few idle senders must not make everybody wait
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(threads), "--respawn-failed-workers",
        "--log-level", "warning", "--backpressure", "256", "zhunsheng.web.wsgi:application",
    ]  # fmt: skip


def run_together(commands: list[list[str]]) -> int:
    """Run processes until one is told to stop; a process that dies by itself is started again.

    Returns: 0 after an orderly stop, 1 when a process keeps dying at once.
    """
    stop = threading.Event()

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    running = [subprocess.Popen(command) for command in commands]
    deaths = 0
    while not stop.wait(0.5) and deaths < 5:
        for place, process in enumerate(running):
            if process.poll() is not None:
                deaths += 1
                running[place] = subprocess.Popen(commands[place])
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
    return 0 if stop.is_set() else 1


@app.command()
def doctor(*, as_json: Annotated[bool, typer.Option("--json", help="Answer for machines.")] = False) -> None:
    """Look at what this installation needs and say how to mend what is missing."""
    findings = health.examine()
    if as_json:
        sys.stdout.write(json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False) + "\n")
    else:
        for finding in findings:
            mark = "[green]✓[/]" if finding.good else "[red]✗[/]"
            console.print(f"{mark} {finding.what}: {finding.state}")
            if not finding.good:
                console.print(f"  → {finding.remedy}")
    raise typer.Exit(0 if all(finding.good for finding in findings) else 1)


@app.command()
def openapi() -> None:
    """Print the description of the API (OpenAPI 3.1)."""
    from zhunsheng.web.api import api

    sys.stdout.write(json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=2, default=str) + "\n")
