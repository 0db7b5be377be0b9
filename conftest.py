"""What every test may ask for."""

import os
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as searching

searching.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
searching.load_profile("steady")  # a slow machine fails no property


def pytest_configure() -> None:
    """Let tests sign officers in by password alone, hashed quickly, and give each process a home of its own.

    Credentials may name this machine, as in a demonstration.

    The accounts' own tests switch the second factor on.
    """
    settings.ZHUNSHENG_MFA_REQUIRED = False
    settings.ZHUNSHENG_LOCAL_CREDENTIALS = True
    for name, value in {"time_cost": 1, "memory_cost": 8, "parallelism": 1}.items():  # the least that Argon2 takes
        setattr(Argon2PasswordHasher, name, value)
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:  # processes that test at once would wait for each other's locks in one home
        settings.ZHUNSHENG_HOME = settings.ZHUNSHENG_HOME / worker
        settings.ZHUNSHENG_HOME.mkdir(exist_ok=True, mode=0o700)
        settings.ZHUNSHENG_LAKE = settings.ZHUNSHENG_HOME / "lake"


def _digest_of_migrations() -> str:
    """Return the SHA-256 of all that decides what the migrations leave: their text, our helpers, the versions."""
    digest = sha256(f"Django {django.__version__}, SQLite {sqlite3.sqlite_version}".encode())
    folders = [Path(app.path) / "migrations" for app in apps.get_app_configs()]
    helpers = Path(__file__).resolve().parent / "src/zhunsheng/platform/database"
    for path in [file for folder in [*folders, helpers] for file in sorted(folder.glob("*.py"))]:
        digest.update(f"\n{path.parent.parent.name} {path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(autouse=True)
def _documents_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the documents of credentials within the issue: what a test rolls back is never committed."""
    from zhunsheng.platform.credentials.services import issuing

    monkeypatch.setattr(issuing, "after_commit", lambda work: work())


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None
) -> Iterator[None]:
    """Begin on SQLite with a copy of what the same migrations left in an earlier run; `migrate` still runs over it.

    Migrating costs every process some 25 s of a core; the first run after a migration has changed does it in whole.
    """
    cache = getattr(request.config, "cache", None)
    if connection.vendor != "sqlite" or cache is None or request.config.getoption("nomigrations", default=False):
        yield
        return
    kept = cache.mkdir("migrated") / f"{_digest_of_migrations()}.sqlite3"
    creation = connection.creation
    create_empty, create_whole = creation._create_test_db, creation.create_test_db

    def create_copied(*args: object, **words: object) -> str:
        name = create_empty(*args, **words)
        if kept.exists():
            connection.close()
            connection.settings_dict["NAME"] = name
            connection.ensure_connection()
            with sqlite3.connect(kept) as source:
                source.backup(connection.connection)
        return str(name)

    def create_and_keep(*args: object, **words: object) -> str:
        name = create_whole(*args, **words)
        if not kept.exists():
            unfinished = kept.with_suffix(f".{os.getpid()}")
            with sqlite3.connect(unfinished) as target:
                connection.connection.backup(target)
            unfinished.replace(kept)
            for outdated in set(kept.parent.glob("*.sqlite3")) - {kept}:
                outdated.unlink(missing_ok=True)
        return str(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(creation, "_create_test_db", create_copied)
        patch.setattr(creation, "create_test_db", create_and_keep)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real data and published answers, or skip."""
    path = Path(os.environ.get("ZHUNSHENG_SHARED", Path(__file__).resolve().parent.parent / "shared"))
    if not (path / "data").is_dir():
        pytest.skip("the shared data folder is not beside the checkout")
    return path


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Let no test meet what another's reports made the process remember: a test's changes are undone unseen."""
    from zhunsheng.oversight.reports.checks.register import forget_kept

    forget_kept()
