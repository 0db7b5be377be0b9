"""Backup and restore: one archive with the database, files, tiles and keys, every member with its digest."""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

import typer
from django.conf import settings
from django.db import connection
from django.utils import timezone
from rich.console import Console

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.lake import selectors
from zhunsheng.platform.lake import services as lake

app = typer.Typer()
console = Console(stderr=True)
MANIFEST = "manifest.json"
SQLITE_MEMBER, POSTGRES_MEMBER = "database.sqlite3", "database.pgdump"
FOLDERS = ("keys", "ledger", "files", "manifests")
FORMAT = "zhunsheng-backup/1"
_ROOTS = [(folder,) for folder in FOLDERS]


class BadBackupError(DomainError):
    """The archive is not a whole backup of this product, or the place to restore into is not empty."""


def _bad(message: str, remedy: str, *, code: str, field: str | None = None) -> BadBackupError:
    return BadBackupError(message, code=code, field=field, remedy=remedy)


def _dump_database(folder: Path) -> Path:
    """Write a consistent copy of the database while it is in use."""
    options = connection.settings_dict
    if connection.vendor == "sqlite":
        target = folder / SQLITE_MEMBER
        with closing(sqlite3.connect(options["NAME"])) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        return target
    target = folder / POSTGRES_MEMBER
    words = ["pg_dump", "--format=custom", f"--file={target}", *_pg_words(options)]
    subprocess.run(words, check=True, env=_pg_environment(options))
    return target


def _pg_words(options: dict[str, Any]) -> list[str]:
    pairs = {"host": options["HOST"], "port": options["PORT"], "username": options["USER"], "dbname": options["NAME"]}
    return [f"--{name}={value}" for name, value in pairs.items() if value]


def _pg_environment(options: dict[str, Any]) -> dict[str, str]:
    return {**os.environ, "PGPASSWORD": str(options["PASSWORD"] or "")}


def write_backup(target: Path) -> dict[str, Any]:
    """Write everything that cannot be made anew into one archive, database first so that files are never older.

    Returns: the manifest: when, database kind, members with SHA-256 and size.
    """
    home = settings.ZHUNSHENG_HOME
    members: dict[str, dict[str, Any]] = {}
    part = target.with_suffix(target.suffix + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)  # before the first key is in it
    with tempfile.TemporaryDirectory(prefix="zhunsheng-backup-") as scratch, tarfile.open(part, "w:gz") as archive:
        sources = [(_dump_database(Path(scratch)), "")]
        for folder in FOLDERS:
            root = settings.ZHUNSHENG_FILES if folder == "files" else home / folder
            if root.is_dir():
                sources += [
                    (path, f"{folder}/{path.relative_to(root)}") for path in sorted(root.rglob("*")) if path.is_file()
                ]
        for path, name in sources:
            member = name or path.name
            content = path.read_bytes() if name else None
            digest = hashlib.sha256(content).hexdigest() if content is not None else _digest(path)
            members[member] = {"sha256": digest, "bytes": path.stat().st_size if content is None else len(content)}
            if content is None:
                archive.add(path, arcname=member)
            else:
                _add(archive, member, content)
        manifest = {
            "format": FORMAT,
            "at": datetime.now(UTC).isoformat(),
            "database": connection.vendor,
            "members": members,
        }
        _add(archive, MANIFEST, json.dumps(manifest, indent=1).encode())
    part.replace(target)
    target.chmod(0o600)
    return manifest


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), 0o600
    archive.addfile(info, io.BytesIO(content))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_backup(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack an archive into an empty folder and check every member against the manifest.

    Raises: BadBackupError naming the first member that is absent, foreign or altered.
    """
    try:
        _unpack(source, folder)
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        raise _bad(f"The archive can't be read: {error}.", "Take another backup file.", code="bad-backup") from error
    manifest = _manifest(folder / MANIFEST)
    found = {str(PurePosixPath(p.relative_to(folder))) for p in folder.rglob("*") if p.is_file()} - {MANIFEST}
    odd = found.symmetric_difference(manifest["members"])
    altered = sorted(odd) or [
        name for name, facts in manifest["members"].items() if _digest(folder / name) != facts["sha256"]
    ]
    if altered:
        raise _bad(
            f"Member {altered[0]} is absent, foreign or altered.",
            "Take another backup file.",
            code="bad-backup",
            field=altered[0],
        )
    return manifest


def _unpack(source: Path, folder: Path) -> None:
    """Unpack plain files with names a backup has, readable by this account alone; refuse everything else.

    Raises: BadBackupError, and what tarfile raises for a damaged archive.
    """
    with tarfile.open(source, "r:gz") as archive:
        for member in archive:
            path = PurePosixPath(member.name)
            known = member.name in (MANIFEST, SQLITE_MEMBER, POSTGRES_MEMBER) or path.parts[:1] in _ROOTS
            if not member.isreg() or not known or ".." in path.parts or (folder / path).exists():
                raise _bad(
                    f"Member {member.name} is nothing that a backup holds.",
                    "Choose a file that `zhunsheng backup` wrote.",
                    code="bad-backup",
                    field=member.name,
                )
            content = archive.extractfile(member)
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                if content is not None:
                    shutil.copyfileobj(content, file)


def _manifest(path: Path) -> dict[str, Any]:
    """Return a manifest that names a database and members with digests. Raises: BadBackupError."""
    refusal = _bad("The archive holds no manifest.", "Choose a file that `zhunsheng backup` wrote.", code="bad-backup")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        members = manifest["members"]
        whole = {SQLITE_MEMBER, POSTGRES_MEMBER} & members.keys() and all("sha256" in one for one in members.values())
        if not (whole and manifest["format"] == FORMAT and {"database", "at"} <= manifest.keys()):
            raise refusal
        return dict(manifest)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise refusal from error


def restore_backup(source: Path) -> dict[str, Any]:
    """Put a backup into an empty home and database.

    The lake is in no backup, as it follows from the database: the worker, or `zhunsheng lake write`, writes it again.

    Raises: BadBackupError when the archive is not whole, of another database kind, or the home is in use.
    """
    home = settings.ZHUNSHENG_HOME
    busy = [folder for folder in FOLDERS if (home / folder).is_dir() and any((home / folder).rglob("*"))]
    if [folder for folder in busy if folder != "keys"]:
        raise _bad(
            f"The home folder {home} already holds {busy[0]}.",
            "Set ZHUNSHENG_HOME to an empty folder.",
            code="home-in-use",
        )
    with tempfile.TemporaryDirectory(prefix="zhunsheng-restore-", dir=home) as scratch:
        manifest = read_backup(source, Path(scratch))
        if manifest["database"] != connection.vendor:
            raise _bad(
                f"The backup is of {manifest['database']}, this installation uses {connection.vendor}.",
                "Set DATABASE_URL to the same kind of database.",
                code="other-database",
            )
        _load_database(Path(scratch))
        for folder in FOLDERS:
            if (Path(scratch) / folder).is_dir():
                root = settings.ZHUNSHENG_FILES if folder == "files" else home / folder
                shutil.copytree(Path(scratch) / folder, root, dirs_exist_ok=True, symlinks=True)
    if selectors.missing():
        lake.begin_anew(at=timezone.now())
    os.sync()
    return manifest


def _load_database(folder: Path) -> None:
    options = connection.settings_dict
    connection.close()
    if connection.vendor == "sqlite":
        name = Path(options["NAME"])
        if name.exists() and name.stat().st_size:
            raise _bad(
                f"The database {name} already exists.", "Set ZHUNSHENG_HOME to an empty folder.", code="home-in-use"
            )
        shutil.copy2(folder / SQLITE_MEMBER, name)
        return
    words = ["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", *_pg_words(options)]
    subprocess.run([*words, str(folder / POSTGRES_MEMBER)], check=True, env=_pg_environment(options))


@app.command()
def backup(target: Annotated[Path, typer.Argument(help="The archive to write (.tar.gz).")]) -> None:
    """Write database, files, ledger tiles and keys into one archive. Keep it secret: it holds the keys."""
    with console.status("…"):
        manifest = write_backup(target)
    console.print(f"{target}: {len(manifest['members'])} members, {target.stat().st_size} bytes")


@app.command()
def restore(source: Annotated[Path, typer.Argument(exists=True, help="An archive that `backup` wrote.")]) -> None:
    """Put a backup into an empty home; afterwards run `zhunsheng ledger audit`."""
    try:
        with console.status("…"):
            manifest = restore_backup(source)
    except BadBackupError as error:
        console.print(f"{error} {error.remedy}")
        raise typer.Exit(1) from error
    console.print(f"{len(manifest['members'])} members of {manifest['at']} restored. Next: zhunsheng ledger audit")
    console.print("The worker writes the result lines' lake again; to do it now: zhunsheng lake write")
