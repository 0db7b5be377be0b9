"""The worker process seals in time and leaves nothing half-done when it is killed."""

import json
import os
import random
import signal
import statistics
import subprocess
import sys
import time

import pytest
from django.db import connection

from zhunsheng.platform.jobs import duties, sealing
from zhunsheng.platform.ledger import services

SEALED_WITHIN_SECONDS = 2.0
START = "import django; django.setup(); from zhunsheng.platform.jobs.commands import app; app(args=['--quiet'])"
# The other side of the database: appends, asks and audits in a process of its own, one line in, one line out.
DRIVER = """
import json, sys
import django
django.setup()
from datetime import UTC, datetime
from django.core.management import call_command
from django.db import transaction
from zhunsheng.platform.ledger import receipts, keys, selectors, services
from zhunsheng.platform.ledger.models import Checkpoint, Entry

def migrate():
    call_command("migrate", "ledger", verbosity=0)

def append(count):
    with transaction.atomic():
        new = [services.NewEntry("thing.happened", f"{at:064x}", "b", datetime.now(UTC)) for at in range(count)]
        return len(services.append_many(new))

def published():
    state = selectors.published()
    return state.signed.size if state else 0

def audit():
    found = services.audit()
    return [found.ok, str(found.first_difference), found.entries, found.pending]

def proven():
    every = selectors.receipts_for(Entry.objects.values_list("id", flat=True)).values()
    return sum(receipts.verify(one, one["subject"], keys.log_key()).ok for one in every)

def checkpoints():
    return list(Checkpoint.objects.values_list("size", flat=True))

for line in sys.stdin:
    name, *arguments = json.loads(line)
    print(json.dumps(globals()[name](*arguments)), flush=True)
"""


class Installation:
    """A log of its own with its database, the worker processes on it, and a process that uses it."""

    def __init__(self, environment):
        self.environment = environment
        self.running = []
        self.driver = self._python(DRIVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ask("migrate")

    def _python(self, program, **how):
        process = subprocess.Popen([sys.executable, "-c", program], env=self.environment, **how)
        self.running.append(process)
        return process

    def worker(self):
        return self._python(START)

    def ask(self, *request):
        self.driver.stdin.write(json.dumps(request) + "\n")
        self.driver.stdin.flush()
        return json.loads(self.driver.stdout.readline())

    def seconds_until_sealed(self, size, at_most=60):
        started = time.monotonic()
        while time.monotonic() - started < at_most:
            if self.ask("published") >= size:
                return time.monotonic() - started
            time.sleep(0.02)
        return pytest.fail(f"not sealed in {at_most} s")

    def close(self):
        self.driver.stdin.close()
        for process in self.running:
            process.kill()
            process.wait()
        self.driver.stdout.close()


@pytest.fixture
def installation(tmp_path, transactional_db):
    """Return an installation: on SQLite in a file of its own, on PostgreSQL in the test database."""
    parts = connection.settings_dict
    url = f"sqlite:///{tmp_path}/log.sqlite3"
    if connection.vendor == "postgresql":
        url = f"postgres://{parts['USER']}:{parts['PASSWORD']}@{parts['HOST']}:{parts['PORT']}/{parts['NAME']}"
    made = Installation(
        {
            "DJANGO_SETTINGS_MODULE": "zhunsheng.web.settings",
            **os.environ,
            "DATABASE_URL": url,
            "ZHUNSHENG_HOME": str(tmp_path),
            "ZHUNSHENG_LOG_ORIGIN": "log.example/worker",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
    )
    yield made
    made.close()


@pytest.fixture
def home(settings, tmp_path):
    settings.ZHUNSHENG_HOME = tmp_path
    return tmp_path


@pytest.fixture
def append(db, home):
    """Append entries about one digest."""
    from datetime import UTC, datetime

    def append(count):
        return [services.append(kind="a.b", subject="0" * 64, body="b", at=datetime.now(UTC)) for _ in range(count)]

    return append


def test_the_sealing_duty_is_registered_and_seals(append):
    assert {"seal-the-log", "publish-the-log"} <= {duty.name for duty in duties.registered()}
    assert sealing.seal_when_waiting() == 0
    append(3)

    assert sealing.seal_when_waiting() == 3
    assert sealing.seal_when_waiting() == 0


def test_a_log_left_unpublished_is_published_without_new_entries(append, home):
    append(3)
    sealing.seal_when_waiting()
    assert sealing.publish_what_a_crash_left() == 0
    (home / "ledger" / "checkpoint").unlink()

    assert sealing.publish_what_a_crash_left() == 3
    assert services.audit().ok


def test_an_acknowledged_entry_is_sealed_within_two_seconds_at_rest(installation):
    installation.worker()
    installation.ask("append", 1)
    installation.seconds_until_sealed(1)

    waits = []
    for size in (2, 3, 4):
        installation.ask("append", 1)
        waits.append(installation.seconds_until_sealed(size))
    assert statistics.median(waits) <= SEALED_WITHIN_SECONDS


def test_a_worker_stops_in_order_when_told(installation):
    process = installation.worker()
    installation.ask("append", 1)
    installation.seconds_until_sealed(1)
    process.send_signal(signal.SIGTERM)

    assert process.wait(10) == 0


@pytest.mark.slow
def test_workers_killed_at_random_moments_lose_and_double_nothing(installation):
    chance = random.Random(20261123)
    begun = time.monotonic()
    installation.worker()
    total = installation.ask("append", 1)
    installation.seconds_until_sealed(total)
    to_start = time.monotonic() - begun  # a process that is killed before it has started tells nothing
    for _ in range(6):
        total += installation.ask("append", chance.randrange(1, 700))
        process = installation.worker()
        time.sleep(chance.uniform(0.3, to_start + 1.3))
        process.kill()
        process.wait()
    installation.worker()
    installation.seconds_until_sealed(total)

    assert installation.ask("audit") == [True, "None", total, 0]
    sizes = installation.ask("checkpoints")
    assert len(sizes) == len(set(sizes)) >= 2
    assert installation.ask("proven") == total


def test_the_worker_clears_what_a_broken_upload_left_and_spares_what_still_arrives(tmp_path, settings):
    settings.ZHUNSHENG_FILES = tmp_path
    (tmp_path / "incoming").mkdir()
    old, young = tmp_path / "incoming" / "old", tmp_path / "incoming" / "young"
    for path in (old, young):
        path.write_bytes(b"half")
    two_days_ago = time.time() - 2 * 86_400
    os.utime(old, (two_days_ago, two_days_ago))

    (duty,) = [one for one in duties.registered() if one.name == "clear-broken-uploads"]

    assert duty.work() == 1
    assert (old.exists(), young.exists()) == (False, True)
