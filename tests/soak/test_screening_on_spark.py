"""One machine and a cluster find the same, to the last alert, also when a worker dies in the middle.

A real standalone cluster: a master and two workers on the loopback, started and ended here. Needs Java and
requirements/spark.txt.
"""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import pytest

from zhunsheng.demo.simulator.specs import FraudSpec, WorldSpec
from zhunsheng.demo.simulator.writing import write_world
from zhunsheng.oversight.screening.running import screen
from zhunsheng.platform.lake import engines, tables

SPARK = importlib.util.find_spec("pyspark")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SPARK is None or not shutil.which("java"), reason="needs Java and requirements/spark.txt"),
    pytest.mark.timeout(1200),
    pytest.mark.filterwarnings("ignore"),
]
DAY = date(2026, 1, 1)
KILLED_AT = "too_typical"
SETTINGS = """spark.sql.shuffle.partitions 4
spark.executor.memory 1g
spark.driver.memory 1g
spark.driver.host 127.0.0.1
spark.driver.bindAddress 127.0.0.1
spark.eventLog.enabled false
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def started(folder, *words):
    program = Path(SPARK.submodule_search_locations[0]) / "bin" / "spark-class"
    with (folder / f"{words[0].rsplit('.', 1)[-1]}-{time.monotonic_ns()}.log").open("wb") as log:
        return subprocess.Popen([program, *words], stdout=log, stderr=log, start_new_session=True)


def ended(process):
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def cluster(folder):
    """Yield the master's address and two workers, each of which can be killed with all its executors."""
    port = free_port()
    url = f"spark://127.0.0.1:{port}"
    there = ["--host", "127.0.0.1", "--webui-port", "0"]
    processes = [started(folder, "org.apache.spark.deploy.master.Master", *there, "--port", str(port))]
    try:
        _await(port)
        for number in range(2):
            work = ["--cores", "1", "--memory", "1200m", "--work-dir", str(folder / f"work{number}")]
            processes.append(started(folder, "org.apache.spark.deploy.worker.Worker", *there, *work, url))
        yield url, processes[1:]
    finally:
        for process in reversed(processes):
            ended(process)


def _await(port, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise AssertionError("the master did not come up")


def as_alerts(found):
    """Return every body with every signal, numbers to the twelfth digit: engines add in another order."""
    return [
        (lead.rank, lead.body, f"{lead.p:.9g}", f"{lead.q:.9g}",
         [(one.detector, f"{one.p:.9g}", f"{one.statistic:.9g}", f"{one.expected:.9g}", one.n, one.reports, one.facts)
          for one in lead.signals])
        for lead in found.leads
    ]  # fmt: skip


@pytest.fixture
def spark_settings(tmp_path, monkeypatch):
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "spark-defaults.conf").write_text(SETTINGS)
    (tmp_path / "conf" / "log4j2.properties").write_text("rootLogger.level = error\n")
    for name, value in (("SPARK_CONF_DIR", tmp_path / "conf"), ("SPARK_LOCAL_IP", "127.0.0.1"),
                        ("PYSPARK_PYTHON", sys.executable)):  # fmt: skip
        monkeypatch.setenv(name, str(value))
    return tmp_path


def test_a_cluster_gives_the_same_alerts_also_when_a_worker_dies_in_the_middle(spark_settings):
    from pyspark.sql import SparkSession

    folder = spark_settings
    frauds = tuple(FraudSpec(kind, 0.2, 1 / 30) for kind in ("exact_copy", "copy_jitter", "typed", "backdated"))
    write_world(WorldSpec(30, 5, 25.0, 4, frauds=frauds), folder / "w", lake_only=True)
    here = screen(tables.open_folder(engines.connect(), folder / "w" / "lake"), DAY)

    with cluster(folder) as (url, workers):
        backend = engines.connect(url)
        try:
            killed = []

            def watch(name, _done, _total):
                if name == KILLED_AT:
                    ended(workers[0])
                    killed.append(name)

            there = screen(tables.open_folder(backend, folder / "w" / "lake"), DAY, progress=watch)
        finally:
            SparkSession.active().stop()

    assert killed == [KILLED_AT]
    assert here.leads
    assert as_alerts(there) == as_alerts(here)
