"""The command's table of contents, and what a start may import."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from zhunsheng.web import cli

HEAVY = {"aiohttp", "duckdb", "ibis", "opencc", "openpyxl", "pint", "pyhanko", "pypinyin", "scipy", "signxml"}
"""What takes a tenth of a second or more to import, and few commands need."""


def test_the_table_of_contents_says_what_the_commands_say(monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    short, whole = (CliRunner().invoke(made, ["--help"]) for made in (cli.contents(), cli.build()))

    assert short.exit_code == whole.exit_code == 0
    assert "Credit files and grades." in short.output
    assert short.output == whole.output


def test_a_wrong_name_is_bad_use():
    assert CliRunner().invoke(cli.contents(), ["acounts"]).exit_code == 2


@pytest.mark.parametrize("name", [*cli.ROOMS, *cli.FLAT])
def test_every_name_leads_to_its_command(name):
    found = CliRunner().invoke(cli.build(name), [name, "--help"])

    assert found.exit_code == 0, found.output
    assert f" {name} " in found.output


def imported(code: str) -> set[str]:
    """Return the modules that a new process has imported after running the code."""
    code += "\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_help_needs_no_django():
    assert not {"django", "numpy"} & imported("from zhunsheng.web import cli; cli.contents()")


def test_setting_django_up_imports_nothing_heavy():
    found = imported("from zhunsheng.web import cli; import os; cli._set_up()")

    assert "zhunsheng.registry.bodies.models" in found
    assert not HEAVY & found
