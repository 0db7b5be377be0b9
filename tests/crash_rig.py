"""A real server and worker that are killed in the middle of a batch, and what they acknowledged before."""

import contextlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from zhunsheng.oversight.reports.format import read_report
from zhunsheng.oversight.reports.tests.intake_factories import as_bytes, plain_report

ROOT = Path(__file__).resolve().parents[1]
REPORTS = 1000
ENTER = """
import django, json
django.setup()
from django.utils import timezone
from zhunsheng.oversight.reports.tests.intake_factories import Laboratory
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.services.clients import create_api_client
from zhunsheng.platform.accounts.tests.factories import make_member
laboratory = Laboratory()
organisation = laboratory.body.organisation
manager = make_member(Role.BODY_MANAGER, organisation)
made = create_api_client(organisation=organisation, name="LIMS", by=manager, at=timezone.now(), why="test")
print(json.dumps({"id": made.client.client_id, "secret": made.secret}))
"""
COUNT = """
import django, json
django.setup()
from django.db.models import Count
from zhunsheng.oversight.reports.models import Report, ReportContent
from zhunsheng.platform.ledger.models import Entry
print(json.dumps({
    "reports": list(Report.objects.values_list("digest", flat=True)),
    "contents": ReportContent.objects.count(),
    "entries": Entry.objects.filter(kind="report").count(),
}))
"""


class Installation:
    """One installation on a free port, with a home and a database of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {
            **os.environ,
            "ZHUNSHENG_HOME": str(home),
            "ZHUNSHENG_TOKEN_PER_MINUTE": "1000",
            "DJANGO_SETTINGS_MODULE": "zhunsheng.web.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        self.environment.pop("ZHUNSHENG_FILES", None)
        self._admin = os.environ.get("DATABASE_URL", "") if "postgres" in os.environ.get("DATABASE_URL", "") else ""
        if self._admin:
            self.name = f"crash_{os.getpid()}_{self.port}"
            self._on_server(f"CREATE DATABASE {self.name}")
            self.environment["DATABASE_URL"] = f"{self._admin.rsplit('/', 1)[0]}/{self.name}"
        self.processes: list[subprocess.Popen[bytes]] = []
        self._run("-m", "zhunsheng.web", "migrate")
        self.client = json.loads(self._run("-c", ENTER).splitlines()[-1])

    def _on_server(self, statement: str) -> None:
        with psycopg.connect(f"{self._admin.rsplit('/', 1)[0]}/postgres", autocommit=True) as connection:
            connection.execute(statement)

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def start(self) -> None:
        """Start server and worker, and wait until the server answers."""
        command = [sys.executable, "-m", "zhunsheng.web", "serve", "--port", str(self.port)]
        with (self.home / "serve.log").open("ab") as log:
            process = subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        self.processes.append(process)
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            time.sleep(0.1)
        raise AssertionError(f"no server: {(self.home / 'serve.log').read_text()[-2000:]}")

    def kill(self) -> None:
        """Kill server and worker at once, as a power cut would."""
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.processes.clear()

    def close(self) -> None:
        """Kill what runs and drop the database."""
        self.kill()
        if self._admin:
            self._on_server(f"DROP DATABASE {self.name} WITH (FORCE)")

    def token(self) -> str:
        """Return a fresh token."""
        form = urlencode({
            "grant_type": "client_credentials", "client_id": self.client["id"], "client_secret": self.client["secret"],
        })  # fmt: skip
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        connection.request("POST", "/api/v1/token", form, {"Content-Type": "application/x-www-form-urlencoded"})
        response = connection.getresponse()
        answer = json.loads(response.read())
        assert response.status == 200, answer
        return str(answer["access_token"])

    def stored(self) -> dict[str, object]:
        """Return the digests of stored reports, and how many contents and log entries there are."""
        return dict(json.loads(self._run("-c", COUNT).splitlines()[-1]))

    def audit(self) -> str:
        """Seal what waits, compute everything again and return what the audit says. Fails on a difference."""
        self._run("-m", "zhunsheng.web", "ledger", "seal")
        return self._run("-m", "zhunsheng.web", "ledger", "audit")


class Sender(threading.Thread):
    """Streams a batch and notes every digest that was acknowledged, until the stream breaks or ends."""

    def __init__(self, installation: Installation, lines: list[bytes]) -> None:
        super().__init__(daemon=True)
        self.acknowledged: list[str] = []
        self.outcomes: list[str] = []
        self.complete = False
        self._port, self._token, self._lines = installation.port, installation.token(), lines

    def run(self) -> None:
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=180)
            headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/x-ndjson"}
            connection.request("POST", "/api/v1/reports/batch", b"".join(line + b"\n" for line in self._lines), headers)
            for line in connection.getresponse():
                answer = json.loads(line)
                assert answer["outcome"] in {"accepted", "known"}, answer
                self.acknowledged.append(answer["digest"])
                self.outcomes.append(answer["outcome"])
            self.complete = len(self.acknowledged) == len(self._lines)


def batch_of(round_number: int, count: int = REPORTS) -> list[bytes]:
    """Return the reports of one round."""
    return [as_bytes(plain_report(number=f"C-{round_number}-{serial}")) for serial in range(count)]


def survive(home: Path, rounds: int, *, seed: int, say: object = print) -> None:
    """Kill server and worker once a round while a batch runs; prove that nothing acknowledged is lost or doubled."""
    moments = random.Random(seed)
    installation = Installation(home)
    acknowledged: set[str] = set()
    expected: set[str] = set()
    cut = 0
    try:
        for number in range(rounds):
            installation.start()
            lines = batch_of(number)
            expected |= {read_report(line).digest for line in lines}
            sender = Sender(installation, lines)
            sender.start()
            time.sleep(moments.uniform(0.05, 2.0))
            installation.kill()
            sender.join(timeout=200)
            cut += not sender.complete
            acknowledged |= set(sender.acknowledged)
            stored = installation.stored()
            check_stored(stored, acknowledged)
        installation.start()
        for number in range(rounds):
            again = Sender(installation, batch_of(number))
            again.start()
            again.join(timeout=300)
            assert again.complete, "the batch sent again was not answered whole"
        stored = installation.stored()
        check_stored(stored, expected)
        assert len(stored["reports"]) == len(expected)
        installation.kill()
        said = installation.audit()
        assert "everything agrees" in said
        assert callable(say)
        say(f"{rounds} kills, {cut} in the middle of a batch, {len(acknowledged)} acknowledged before one, none lost")
        assert cut, "no kill met a running batch"
    finally:
        installation.close()


def check_stored(stored: dict[str, object], wanted: set[str]) -> None:
    """Assert that every wanted report is there, each stored once and whole."""
    reports = stored["reports"]
    assert isinstance(reports, list)
    assert len(reports) == len(set(reports)), "a report is stored twice"
    assert wanted <= set(reports), f"{len(wanted - set(reports))} acknowledged reports are lost"
    assert stored["contents"] == stored["entries"] == len(reports), "something is half-stored"
