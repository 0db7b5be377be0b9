"""A served demo province and a Chromium that walks through it."""

import fcntl
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "zhunsheng-demo"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
READY = "loaded"


def pytest_collection_modifyitems(items):
    """Mark the browser's tests and let them come before all others: they are the longest part.

    Each module is worked through by one process, with a province of its own. The test of power cuts comes second: it
    keeps another process at work while the first one loads the province that all of them begin with.
    """
    ours = [item for item in items if _here(item)]
    for item in ours:
        item.add_marker(pytest.mark.browser)
    if ours:
        first = ours[0].fspath
        items.sort(key=lambda item: _turn(item, first))


def _turn(item, first):
    if _here(item):
        return 0 if item.fspath == first else 2
    return {"test_crash.py": 1, "test_real_server.py": 2}.get(Path(item.fspath).name, 3)


def _here(item):
    return Path(item.fspath).parent == Path(__file__).parent


@dataclass(frozen=True)
class Site:
    """A running installation: its address and its home folder."""

    base: str
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of a process that works on the same home."""
        return {
            **os.environ,
            "ZHUNSHENG_HOME": str(self.home),
            "DATABASE_URL": "",
            "ZHUNSHENG_DEMO": "1",
            "ZHUNSHENG_MFA_REQUIRED": "0",
        }

    def row(self, sql: str, *values: object) -> tuple:
        """Return the first row of a reading query."""
        with sqlite3.connect(f"file:{self.home / 'zhunsheng.sqlite3'}?mode=ro", uri=True) as database:
            found = database.execute(sql, values).fetchone()
        assert found is not None, sql
        return found

    def until(self, sql: str, *values: object) -> None:
        """Wait until a counting query is above nought, at most the minute within which everybody may see an act."""
        for _attempt in range(600):
            if self.row(sql, *values)[0]:
                return
            time.sleep(0.1)
        pytest.fail(f"never came true: {sql}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def chromium_path() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing under CI: .ci/run installs it")
        pytest.skip("Chromium is not on this machine (Debian: apt install chromium)")
    return found


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load a small province once in a run, whichever process asks first, and return its home: to be copied."""
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "province"
    with home.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / READY).exists():
            home.mkdir()
            words = [sys.executable, "-m", "tests.browser.prepare"]
            subprocess.run(words, cwd=ROOT, env=Site("", home).environment, check=True)
            (home / READY).touch()
    return home


@pytest.fixture(scope="module")
def site(
    chromium_path: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """Serve a copy of the province, or use a running one: ZHUNSHENG_BROWSER_SITE=http://127.0.0.1:8000,/its/home."""
    running = os.environ.get("ZHUNSHENG_BROWSER_SITE")
    if running:
        base, _comma, folder = running.partition(",")
        yield Site(base, Path(folder))
        return
    home, port = tmp_path_factory.mktemp("browser") / "home", free_port()
    shutil.copytree(request.getfixturevalue("province"), home)
    served = Site(f"http://127.0.0.1:{port}", home)
    words = [sys.executable, "-m", "zhunsheng.web", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(words, cwd=ROOT, env=served.environment) as process:
        try:
            wait_until_ready(served.base, process)
            yield served
        finally:
            process.terminate()


def wait_until_ready(base: str, process: subprocess.Popen) -> None:
    for _attempt in range(300):
        if process.poll() is not None:
            pytest.fail(f"the server ended with {process.returncode}")
        try:
            with urllib.request.urlopen(f"{base}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server did not become ready in a minute")


@pytest.fixture(scope="package")
def browser(chromium_path: str):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield launched
        launched.close()


@dataclass
class Visits:
    """Opens pages as a visitor or as one of the demo's accounts; each account signs in once."""

    browser: Any
    base: str
    states: dict[str, Any] = field(default_factory=dict)

    def context(self, username: str = "", **options: Any) -> Any:
        """Return a new browser context, signed in where a name is given."""
        wanted: dict[str, Any] = {"locale": "zh-CN", "viewport": DESK, "reduced_motion": "reduce", **options}
        if username:
            wanted["storage_state"] = self.state_of(username)
        context = self.browser.new_context(base_url=self.base, **wanted)
        context.set_default_timeout(15_000)
        return context

    def state_of(self, username: str) -> Any:
        """Sign in through the page and keep the session."""
        if username not in self.states:
            context = self.browser.new_context(base_url=self.base, locale="zh-CN")
            page = context.new_page()
            page.goto("/accounts/login/")
            page.fill("input[name=login]", username)
            page.fill("input[name=password]", PASSWORD)
            page.press("input[name=password]", "Enter")
            page.wait_for_url(lambda address: "/login" not in address)
            self.states[username] = context.storage_state()
            context.close()
        return self.states[username]


@pytest.fixture(scope="module")
def visits(browser, site) -> Visits:
    return Visits(browser, site.base)


@pytest.fixture
def visit(visits) -> Iterator[Callable[..., Any]]:
    """Open a page: `visit()` as a visitor, `visit("sheng")` as the officer; script errors fail the test."""
    contexts, errors = [], []

    def open_one(username: str = "", **options: Any) -> Any:
        contexts.append(visits.context(username, **options))
        opened = contexts[-1].new_page()
        opened.on("pageerror", lambda error: errors.append(str(error)))
        return opened

    yield open_one
    for context in contexts:
        context.close()
    assert not errors, errors


@pytest.fixture
def page(visit):
    """A page of a visitor whose browser asks for Chinese."""
    return visit()
