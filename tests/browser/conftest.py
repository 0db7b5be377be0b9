"""A served demo province and a Chromium that walks through it."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
]


def pytest_collection_modifyitems(items):
    """Keep all browser tests in one process, so that the province is loaded once."""
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@dataclass(frozen=True)
class Site:
    """A running installation: its address and its home folder."""

    base: str
    home: Path

    def row(self, sql: str, *values: object) -> tuple:
        with sqlite3.connect(f"file:{self.home / 'zhunsheng.sqlite3'}?mode=ro", uri=True) as database:
            return database.execute(sql, values).fetchone()


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
def site(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home, port = tmp_path_factory.mktemp("browser-home"), free_port()
    environment = {
        **os.environ,
        "ZHUNSHENG_HOME": str(home),
        "DATABASE_URL": "",
        "ZHUNSHENG_DEMO": "1",
        "ZHUNSHENG_MFA_REQUIRED": "0",
    }
    subprocess.run([sys.executable, "-m", "tests.browser.prepare"], cwd=ROOT, env=environment, check=True)
    words = [sys.executable, "-m", "zhunsheng.web", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(words, cwd=ROOT, env=environment) as process:
        base = f"http://127.0.0.1:{port}"
        wait_until_ready(base)
        yield Site(base, home)
        process.terminate()


def wait_until_ready(base: str) -> None:
    for _attempt in range(150):
        try:
            with urllib.request.urlopen(f"{base}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server did not become ready in 30 s")


@pytest.fixture(scope="session")
def browser(chromium_path: str):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser, site):
    """A page of a visitor whose browser asks for Chinese; script errors fail the test."""
    context = browser.new_context(base_url=site.base, locale="zh-CN", viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert not errors, errors


@pytest.fixture
def sign_in(page):
    """Sign in as one of the demo's accounts."""

    def enter(username: str) -> None:
        page.goto("/accounts/login/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda address: "/login" not in address)

    return enter
