"""Take the pictures of docs/images that a page shows: python scripts/screenshots.py [--base http://127.0.0.1:8000].

Without --base a demo province is loaded into a throwaway home and served for as long as it takes. A site given by
--base must be a demo province that asks for no second factor, as `zhunsheng demo` serves it. Needs Chromium and
Playwright; with Pillow the pictures are brought down to 256 colours.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from zhunsheng.demo.faults import issued_before_finished, unknown_instrument, verdict_turned

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "images"
PASSWORD = "zhunsheng-demo"  # noqa: S105 - the demo province's, public on purpose
LARGEST = 300_000
"""Bytes that a picture may have."""
REPORT, NUMBER = "/reports/?rule=VERDICT-SHOULD-FAIL&assurance=signed", "td[data-col=number] a"
"""A report with something to look at, and the links of a list."""
SIZES = {1440: (900, 1700, 1), 390: (844, 1600, 2)}
"""Width of the window: its height, the most that is shown of a long page, and pixels to a point."""
FONTS = {"zh": "zh_CN.UTF-8", "en": "C.UTF-8"}
"""The system's language by which Chromium chooses fonts."""
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def main() -> int:
    """Take every picture; exit 1 when one is too large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", help="a running demo province instead of one of our own")
    base = parser.parse_args().base
    TARGET.mkdir(parents=True, exist_ok=True)
    with contextlib.nullcontext(base) if base else demo_site() as address, sync_playwright() as playwright:
        taken = []
        for language, fonts in FONTS.items():
            chromium = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(
                executable_path=chromium, args=CHROMIUM, env={**os.environ, "LANG": fonts}
            )
            make = in_chinese if language == "zh" else in_english
            taken += [path for width in SIZES for path in make(browser, address.rstrip("/"), width) if path]
            browser.close()
    large = [path for path in taken if path.stat().st_size > LARGEST]
    for path in taken:
        sys.stdout.write(f"{path.relative_to(ROOT)} {path.stat().st_size // 1000} kB\n")
    sys.stdout.writelines(f"too large: {path.name}\n" for path in large)
    return 1 if large else 0


@contextlib.contextmanager
def demo_site() -> Iterator[str]:
    """Load a demo province, serve it, and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="zhunsheng-pictures-") as home:
        environment = {**os.environ, "ZHUNSHENG_HOME": home, "DATABASE_URL": "", "ZHUNSHENG_MFA_REQUIRED": "0"}
        words = [sys.executable, "-m", "zhunsheng.web"]
        subprocess.run([*words, "demo", "--no-serve"], cwd=ROOT, env=environment, check=True)
        environment["ZHUNSHENG_DEMO"] = "1"
        with subprocess.Popen([*words, "serve", "--port", str(port)], cwd=ROOT, env=environment) as server:
            try:
                wait_for(f"http://127.0.0.1:{port}/readyz")
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()


def wait_for(address: str) -> None:
    """Wait until an address answers. Raises: SystemExit after half a minute."""
    for _attempt in range(150):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=10).close()  # noqa: S310 - our own server on the loopback
            return
        time.sleep(0.2)
    raise SystemExit(f"{address} does not answer")


def in_chinese(browser: Browser, base: str, width: int) -> Iterator[Path | None]:
    """Take the pictures of one width: an officer's, a laboratory's, a visitor's."""
    officer = window(browser, base, width, "sheng")
    yield take(officer, "/home/", f"officer-home-zh-{width}", without_map)
    yield take(officer, "/reports/?worst=2", f"reports-zh-{width}")
    yield take(officer, first_link(officer, REPORT, NUMBER), f"report-zh-{width}")
    laboratory = window(browser, base, width, "shiyanshi")
    yield take(laboratory, "/home/", f"laboratory-home-zh-{width}")
    faulty = with_three_faults(laboratory)
    yield take(laboratory, "/reports/try/", f"try-a-file-zh-{width}", lambda page: hand_in(page, faulty))
    body = first_link(laboratory, "/home/", "main a[href*='/bodies/']")
    yield from of_admission(browser, base, width)
    visitor = window(browser, base, width)
    yield take(visitor, "/", f"home-zh-{width}")
    yield take(visitor, verification(laboratory), f"answer-zh-{width}")
    for name, address in (("verify", "/v/"), ("body", body), ("log", "/ledger/"), ("bodies", "/bodies/")):
        yield take(visitor, address, f"{name}-zh-{width}")
    yield take(visitor, "/", f"home-dark-zh-{width}", lambda page: page.click("[data-theme-switch]"))


def of_admission(browser: Browser, base: str, width: int) -> Iterator[Path | None]:
    """Take what a legal officer examines, what waits for an assessor, and what everybody sees of a certificate."""
    lawyer = window(browser, base, width, "fazhi")
    proposed = first_link(lawyer, "/home/", "section[aria-labelledby=licensing] a[href*='/licensing/files/']")
    yield take(lawyer, proposed, f"legal-officer-file-zh-{width}")
    assessor = window(browser, base, width, "zhuanjia")
    yield take(assessor, "/home/", f"assessor-home-zh-{width}")
    visitor = window(browser, base, width)
    yield take(visitor, "/certificates/", f"day-list-zh-{width}")
    certificate = first_link(visitor, "/certificates/", "td[data-col=number] a")
    yield take(visitor, first_link(visitor, certificate, "main a[href^='/v/']"), f"certificate-answer-zh-{width}")


def in_english(browser: Browser, base: str, width: int) -> Iterator[Path | None]:
    """Take the pictures of one width that show the pages in English."""
    officer = window(browser, base, width, "sheng")
    laboratory = window(browser, base, width, "shiyanshi")
    visitor = window(browser, base, width)
    yield take(visitor, "/en/", f"home-en-{width}")
    yield take(visitor, f"/en{verification(laboratory)}", f"answer-en-{width}")
    yield take(officer, f"/en{first_link(officer, REPORT, NUMBER)}", f"report-en-{width}")
    yield take(officer, "/en/home/", f"officer-home-en-{width}", without_map)


def without_map(page: Page) -> None:
    """Show the map's table in its place: boundaries without an approval number are not for the public."""
    figure = page.locator("figure", has=page.locator("[data-geo]"))
    figure.locator("details").evaluate("table => { table.open = true; }")
    figure.locator(".zs-scroll").evaluate("table => { table.style.maxHeight = '24rem'; }")
    figure.locator(".zs-note").evaluate_all("notes => notes.forEach((note) => note.remove())")
    page.locator("[data-geo]").evaluate("area => area.remove()")


def verification(laboratory: Page) -> str:
    """Return the public address of one of the laboratory's sound reports."""
    report = first_link(laboratory, "/reports/?verdict=pass", NUMBER)
    return first_link(laboratory, report, "main a[href*='/v/']")


def window(browser: Browser, base: str, width: int, username: str = "") -> Page:
    """Open a window of this width, signed in where a name is given."""
    height, _most, scale = SIZES[width]
    page = browser.new_page(
        base_url=base,
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        locale="zh-CN",
        color_scheme="light",
        reduced_motion="reduce",
    )
    if username:
        page.goto("/accounts/login/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda address: "/login" not in address)
    return page


def first_link(page: Page, address: str, selector: str) -> str:
    """Return the path behind the first link of a page that fits."""
    page.goto(address)
    found = page.locator(selector).first.get_attribute("href") or ""
    return "/" + found.split("/", 3)[3] if found.startswith("http") else found


def with_three_faults(page: Page) -> dict[str, Any]:
    """Return a sound report of the laboratory with three mistakes planted."""
    page.goto("/reports/?verdict=pass")
    for link in page.locator("td[data-col=number] a").all():
        document: dict[str, Any] = page.request.get(f"{link.get_attribute('href')}report.json").json()
        document.pop("proof", None)
        document["number"] = "SJ-2026-0001"
        if document["version"] == 1 and verdict_turned(document, None, None):
            unknown_instrument(document, None, None)
            issued_before_finished(document, None, None)
            return document
    raise SystemExit("the laboratory has no report with a limit")


def hand_in(page: Page, document: dict[str, Any]) -> None:
    """Give the file to the form and wait for what the checks say."""
    content = json.dumps(document, ensure_ascii=False).encode()
    page.set_input_files("input[type=file]", {"name": "报告.json", "mimeType": "application/json", "buffer": content})
    page.click("form.zs-form button.btn-primary")
    page.wait_for_selector("#outcome-title")


@cache
def shown() -> frozenset[str]:
    """Return the names of the pictures that a page of the documentation shows."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return frozenset(
        name for page in pages for name in re.findall(r"images/([\w-]+)\.png", page.read_text(encoding="utf-8"))
    )


def take(page: Page, address: str, name: str, first: Callable[[Page], None] | None = None) -> Path | None:
    """Open an address, do what comes first, and keep the picture; None for one that no page shows.

    Raises: SystemExit if the page does not answer.
    """
    if name not in shown():
        return None
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise SystemExit(f"{address} does not answer")
    if first is not None:
        first(page)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)
    width = page.evaluate("innerWidth")
    height = min(page.evaluate("document.documentElement.scrollHeight"), SIZES[width][1])
    target = TARGET / f"{name}.png"
    page.screenshot(path=target, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    made_small(target)
    return target


def made_small(path: Path) -> None:
    """Bring a picture down to 256 colours where Pillow is at hand."""
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
