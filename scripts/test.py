"""Run every test twice: on SQLite with this Python, on PostgreSQL with the newest Python that the machine has.

The second leg leaves out the browser's tests and the long ones that no database changes (marked `once`);
`--only newest` asks for SQLite on the newest Python.
With CI=true nothing may be missing: an absent PostgreSQL or Chromium is then a failure, not a skip.
"""

import argparse
import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CI = os.environ.get("CI", "").lower() == "true"


def say(text: str) -> None:
    """Print a headline at once, so that logs keep their order."""
    sys.stdout.write(f"\n== {text}\n")
    sys.stdout.flush()


def postgres_programs() -> Path | None:
    """Return the folder with initdb and postgres, or None."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True)
    found = shutil.which("initdb")
    for folder in [*folders, *([Path(found).resolve().parent] if found else [])]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def postgres(programs: Path) -> Iterator[str]:
    """Start a throwaway PostgreSQL on the loopback and yield its address; PostgreSQL refuses root, so step down."""
    home = Path(tempfile.mkdtemp(prefix="zhunsheng-pg-"))
    owner: str | None = None
    if os.geteuid() == 0:
        owner = next(name for name in ("postgres", "nobody") if _exists(name))
        shutil.chown(home, owner)
    data, port = home / "data", free_port()
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def run(*words: str) -> None:
        subprocess.run(words, check=True, user=owner, env=environment, cwd=home, stdout=subprocess.DEVNULL)

    try:
        run(str(programs / "initdb"), "-D", str(data), "-U", "zhunsheng", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-p {port} -h 127.0.0.1 -k {home} -c fsync=off -c shared_buffers=256MB -c max_connections=60"
        run(str(programs / "pg_ctl"), "-D", str(data), "-l", str(home / "log"), "-w", "-o", options, "start")
        try:
            yield f"postgres://zhunsheng@127.0.0.1:{port}/postgres"
        finally:
            run(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def pytest(python: Path, arguments: list[str], **environment: str) -> int:
    """Run pytest on all cores in a home of its own and return its exit code; nothing collected counts as failed."""
    with tempfile.TemporaryDirectory(prefix="zhunsheng-home-") as home:
        spread = ["-n", "logical", "--dist", "loadfile", "--no-loadscope-reorder", "--durations=10"]
        left_out = [] if "tests/soak" in arguments else ["--ignore=tests/soak"]
        words = [str(python), "-m", "pytest", "-q", *spread, *left_out, *arguments]
        return subprocess.run(
            words, cwd=ROOT, env={**os.environ, "ZHUNSHENG_HOME": home, **environment}, check=False
        ).returncode


def newest_python() -> Path | None:
    """Return a supported Python newer than this one, or None."""
    for minor in (13, 12):
        if sys.version_info[:2] >= (3, minor):
            return None
        candidates = [shutil.which(f"python3.{minor}"), *Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python3")]
        for candidate in filter(None, candidates):
            probe = subprocess.run([candidate, "-c", "import venv, ensurepip"], check=False, capture_output=True)
            if probe.returncode == 0:
                return Path(candidate)
    return None


def newest_environment() -> Path:
    """Set up an environment with the newest Python beside the usual one; return its Python, or this one if none is."""
    python = newest_python()
    if python is None:
        say("no newer Python than this one")
        return Path(sys.executable)
    venv = ROOT / ".venv" / "newest"
    if not (venv / "bin" / "python").exists():
        subprocess.run([str(python), "-m", "venv", str(venv)], check=True)
    for lock in ("requirements/base.txt", "requirements/dev.txt"):
        subprocess.run([str(ROOT / "scripts/install.sh"), str(venv), lock], cwd=ROOT, check=True)
    return venv / "bin" / "python"


def on_postgres(python: Path, arguments: list[str]) -> int:
    """Run the suite on a PostgreSQL of its own, without the browser's tests."""
    programs = postgres_programs()
    if programs is None:
        return missing("PostgreSQL", "Debian: apt install postgresql")
    with postgres(programs) as address:
        say(f"PostgreSQL ({programs}), {python}")
        return pytest(python, ["-m", "not browser and not once", *arguments], DATABASE_URL=address)


def missing(what: str, remedy: str) -> int:
    """Say what is absent; under CI that is a failure."""
    say(f"{what} is not on this machine ({remedy}): its tests are left out")
    return 1 if CI else 0


def main() -> int:
    """Run the legs one after another; the first failing one decides the exit code after all have run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--soak",
        action="store_true",
        help="run the long tests instead: crashes, fuzzing, every benchmark at its smallest",
    )
    parser.add_argument("--only", choices=["sqlite", "postgres", "newest"], help="run one leg")
    parser.add_argument("rest", nargs="*", help="arguments for pytest")
    known, more = parser.parse_known_args()
    rest = [*known.rest, *more]
    if known.soak:
        say("soak, SQLite")
        return pytest(Path(sys.executable), ["-n", "0", "tests/soak", *rest], DATABASE_URL="")
    codes: list[int] = []
    if known.only in (None, "sqlite"):
        say(f"SQLite, Python {sys.version.split()[0]}")
        codes.append(pytest(Path(sys.executable), rest, DATABASE_URL=""))
    if known.only in (None, "postgres"):
        codes.append(on_postgres(newest_environment(), rest))
    if known.only == "newest" or (known.only is None and postgres_programs() is None):
        python = newest_environment()
        say(f"SQLite, {python}")
        codes.append(pytest(python, ["-m", "not browser", *rest], DATABASE_URL=""))
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main())
