"""A backup taken by the command is restored elsewhere: the audit agrees, and receipts from before still verify."""

import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

ROOT = Path(__file__).resolve().parents[1]
SERVER = os.environ.get("DATABASE_URL", "")
PUBLISHED = ROOT.parent / "shared" / "data" / "ee_water" / "source_format_basseinid_2026.xml"
KEEP = """
import json, sys
from pathlib import Path
import django
django.setup()
from django.utils import timezone
from zhunsheng.oversight.reports import selectors
from zhunsheng.oversight.reports.models import Report
from zhunsheng.platform.ledger import services
services.seal_pending(timezone.now())
report = Report.objects.order_by("id")[5]
Path(sys.argv[1]).write_bytes(selectors.canonical_bytes_of(report))
Path(sys.argv[2]).write_text(json.dumps(selectors.receipt_of(report)))
"""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not PUBLISHED.is_file(), reason="the published files are not beside the checkout"),
]


@pytest.fixture(params=["sqlite", "postgres"])
def places(request, tmp_path):
    """Two homes with a database each: the first to back up, the second to restore into."""
    homes = [tmp_path / "first", tmp_path / "second"]
    addresses = ["", ""]
    made = []
    if request.param == "postgres":
        if not SERVER.startswith("postgres") or shutil.which("pg_dump") is None:
            pytest.skip("no PostgreSQL with its programs")
        made = [f"backup_{uuid.uuid4().hex[:12]}" for _ in homes]
        addresses = [urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}")) for name in made]
        for name in made:
            on_server(f"create database {name}")
    for home in homes:
        home.mkdir()
    yield [
        {**os.environ, "ZHUNSHENG_HOME": str(home), "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": SETTINGS}
        for home, address in zip(homes, addresses, strict=True)
    ]
    for name in made:
        on_server(f"drop database {name} with (force)")


SETTINGS = "zhunsheng.web.settings"


def on_server(sql):
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(sql)


def run(environment, *words):
    """Run the product's command, or Python with -c, and return its exit code and what it printed."""
    module = [] if words[0] == "-c" else ["-m", "zhunsheng.web"]
    done = subprocess.run(
        [sys.executable, *module, *map(str, words)], env=environment, cwd=ROOT, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


def test_what_was_backed_up_is_restored_and_proves_the_same(places, tmp_path):
    first, second = places
    report, receipt, archive = tmp_path / "report.json", tmp_path / "receipt.json", tmp_path / "backup.tar.gz"
    assert run(first, "migrate")[0] == 0
    assert run(first, "reports", "import", "auto", PUBLISHED)[0] == 0
    assert run(first, "-c", KEEP, report, receipt)[0] == 0

    assert run(first, "lake", "write")[0] == 0
    assert run(first, "backup", archive)[0] == 0
    restored = run(second, "restore", archive)

    assert restored[0] == 0, restored
    audited = run(second, "ledger", "audit")
    assert audited[0] == 0, audited
    assert run(second, "lake", "write")[0] == 0
    lake = run(second, "lake", "audit")
    assert lake[0] == 0, lake
    verified = run(second, "reports", "verify", report, "--receipt", receipt)
    assert verified[0] == 0, verified
    again = run(second, "reports", "import", "auto", PUBLISHED)
    assert again[0] == 0
    assert "kept: 0" in again[1]
    assert run(second, "restore", archive)[0] == 1
