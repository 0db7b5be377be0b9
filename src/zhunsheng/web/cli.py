"""The command `zhunsheng`: every subcommand is a room's own, assembled here."""

import importlib
import os
import sys
from pathlib import Path

import django
import typer

ROOMS = {
    "accounts": "zhunsheng.platform.accounts.commands",
    "reports": "zhunsheng.oversight.reports.commands",
    "ledger": "zhunsheng.platform.ledger.commands",
    "draws": "zhunsheng.platform.draws.commands",
    "lake": "zhunsheng.platform.lake.commands",
    "screen": "zhunsheng.oversight.screening.commands",
    "credentials": "zhunsheng.platform.credentials.commands",
    "catalogue": "zhunsheng.registry.catalogue.commands",
    "bodies": "zhunsheng.registry.bodies.commands",
    "national": "zhunsheng.registry.national.commands",
    "capabilities": "zhunsheng.registry.capabilities.commands",
    "matching": "zhunsheng.registry.matching.commands",
    "open-data": "zhunsheng.registry.opendata.commands",
    "schedules": "zhunsheng.registry.schedules.commands",
    "licensing": "zhunsheng.admission.licensing.commands",
    "credit": "zhunsheng.registry.credit.commands",
}
FLAT = [
    "zhunsheng.web.operations",
    "zhunsheng.web.backups",
    "zhunsheng.platform.jobs.commands",
    "zhunsheng.demo.commands",
    "zhunsheng.demo.simulator.commands",
]


def build(wanted: str = "") -> typer.Typer:
    """Return the whole command; Django is set up because the rooms' commands read models.

    Args:
        wanted: the first word of the command line: where it names a room, the others are left out, and where it is
            another word, all rooms are; a start then imports only what it needs. Empty or an option: everything.
    """
    root = typer.Typer(
        name="zhunsheng",
        help="准绳 Zhunsheng",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    everything = not wanted or wanted.startswith("-")
    for name, module in ROOMS.items():
        if everything or name == wanted:
            root.add_typer(importlib.import_module(module).app, name=name)
    for module in FLAT if everything or wanted not in ROOMS else ():
        root.add_typer(importlib.import_module(module).app)
    return root


def main() -> None:
    """Run the command line. Exit 0 done, 1 found problems, 2 bad use."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.web.settings")
    if len(sys.argv) > 1 and sys.argv[1] == "manage":
        from django.core.management import execute_from_command_line

        execute_from_command_line([Path(sys.argv[0]).name, *sys.argv[2:]])
        return
    django.setup()
    build(sys.argv[1] if len(sys.argv) > 1 else "")()
