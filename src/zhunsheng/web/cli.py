"""The command `zhunsheng`: every subcommand is a room's own, assembled here."""

import gc
import importlib
import os
import sys
from pathlib import Path
from typing import Final

import typer

ROOMS: Final = {
    "accounts": ("zhunsheng.platform.accounts.commands", "People, organisations, divisions and keys."),
    "reports": ("zhunsheng.oversight.reports.commands", "Reports: check, sign, submit, import, verify."),
    "ledger": ("zhunsheng.platform.ledger.commands", "The public log: audit, seal, checkpoints, receipts."),
    "draws": ("zhunsheng.platform.draws.commands", "Draws: recompute one from its transcript."),
    "lake": ("zhunsheng.platform.lake.commands", "Result lines as columns: write, audit, rebuild, compact."),
    "screen": ("zhunsheng.oversight.screening.commands", "Screening of results: run, evaluate."),
    "credentials": (
        "zhunsheng.platform.credentials.commands",
        "Verifiable documents: verify, and what others verify with.",
    ),
    "catalogue": ("zhunsheng.registry.catalogue.commands", "Standards, test objects, parameters and limits."),
    "bodies": (
        "zhunsheng.registry.bodies.commands",
        "Institutions, people, instruments, certificates and scope.",
    ),
    "national": ("zhunsheng.registry.national.commands", "The national list and library."),
    "capabilities": ("zhunsheng.registry.capabilities.commands", "Who can test what, and the index behind it."),
    "matching": ("zhunsheng.registry.matching.commands", "Names as they arrive, and whom they may mean."),
    "open-data": ("zhunsheng.registry.opendata.commands", "The public registers as files."),
    "schedules": ("zhunsheng.registry.schedules.commands", "Capability schedules as they are printed."),
    "licensing": ("zhunsheng.admission.licensing.commands", "Applications for accreditation."),
    "credit": ("zhunsheng.registry.credit.commands", "Credit files and grades."),
}
"""Rooms that bring several commands: the module with their `app`, and their line in the list of commands."""
FLAT: Final = {
    "migrate": ("zhunsheng.web.operations", "Bring the database to this version."),
    "serve": (
        "zhunsheng.web.operations",
        "Serve the pages and the API, with the worker that seals and keeps house.",
    ),
    "doctor": (
        "zhunsheng.web.operations",
        "Look at what this installation needs and say how to mend what is missing.",
    ),
    "openapi": ("zhunsheng.web.operations", "Print the description of the API (OpenAPI 3.1)."),
    "backup": (
        "zhunsheng.web.backups",
        "Write database, files, ledger tiles and keys into one archive. Keep it secret: it holds the keys.",
    ),
    "restore": (
        "zhunsheng.web.backups",
        "Put a backup into an empty home; afterwards run `zhunsheng ledger audit`.",
    ),
    "worker": (
        "zhunsheng.platform.jobs.commands",
        "Do the recurring duties, the sealing of the log above all, until told to stop (Ctrl-C or SIGTERM).",
    ),
    "demo": ("zhunsheng.demo.commands", "Load the demo province (once) and serve it on the loopback."),
    "simulate": (
        "zhunsheng.demo.simulator.commands",
        "Write a world of honest and dishonest laboratories, with the truth beside it.",
    ),
}
"""Commands of one word: the module with the `app` that holds it, and its line in the list of commands."""


def root() -> typer.Typer:
    """Return the command without any subcommand."""
    return typer.Typer(
        name="zhunsheng",
        help="准绳 Zhunsheng",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )


def build(wanted: str = "") -> typer.Typer:
    """Return the command with all that it can do; Django must be set up, because the rooms' commands read models.

    Args:
        wanted: a name out of ROOMS or FLAT: only what it needs is imported. Empty: everything.
    """
    made = root()
    for name, (module, _words) in ROOMS.items():
        if wanted in ("", name):
            made.add_typer(importlib.import_module(module).app, name=name)
    wanted_modules = [module for name, (module, _words) in FLAT.items() if wanted in ("", name)]
    for module in dict.fromkeys(wanted_modules):
        made.add_typer(importlib.import_module(module).app)
    return made


def contents() -> typer.Typer:
    """Return the command with the names and lines of its subcommands alone: enough for `--help` and for a wrong name.

    It needs neither Django nor any room, which would take seconds to import.
    """
    made = root()
    for name, (_module, words) in {**ROOMS, **FLAT}.items():
        made.command(name, help=words)(_nothing)
    return made


def _nothing() -> None:
    """Stand for a subcommand in the table of contents."""


def main() -> None:
    """Run the command line. Exit 0 done, 1 found problems, 2 bad use."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.web.settings")
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    if wanted == "manage":
        from django.core.management import execute_from_command_line

        execute_from_command_line([Path(sys.argv[0]).name, *sys.argv[2:]])
        return
    if wanted not in ROOMS and wanted not in FLAT:
        contents()()
        return
    _set_up()
    build(wanted)()


def _set_up() -> None:
    """Set Django up without looking for garbage meanwhile: what is imported stays, and looking costs a fifth of it."""
    import django

    gc.disable()
    django.setup()
    gc.freeze()
    gc.enable()
