"""`python -m benchmarks.screening worlds|real|speed`: make the tables of docs/screening.md and docs/performance.md."""

import argparse
import os
import tempfile
from pathlib import Path


def main() -> None:
    """Run what was asked for and print it."""
    parser = argparse.ArgumentParser(prog="benchmarks.screening", description=__doc__)
    parser.add_argument("what", choices=("worlds", "real", "speed"))
    parser.add_argument("--out", type=Path, default=Path("var/screening"), help="where results of each part are kept")
    parser.add_argument("--bodies", type=int, default=400)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--seeds", type=int, nargs="*", default=None, help="of the worlds; five and two honest if none")
    parser.add_argument("--keep", action="store_true", help="keep worlds and lakes below --out for the next run")
    parser.add_argument("--lake", type=Path, nargs="*", default=[], help="lakes to screen for speed that are there")
    parser.add_argument("--whole", action="store_true", help="for speed: the whole run alone, without its parts")
    parser.add_argument("--millions", type=float, nargs="*", default=[1.0, 10.0], help="lines to screen for speed")
    parser.add_argument("--memory", default="6GB", help="the most that DuckDB may use")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the folder with real data")
    wanted = parser.parse_args()
    os.environ.setdefault("ZHUNSHENG_HOME", tempfile.mkdtemp(prefix="zhunsheng-bench-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.web.settings")
    import django

    django.setup()
    from benchmarks.screening import real, speed, worlds

    {"worlds": worlds.run, "real": real.run, "speed": speed.run}[wanted.what](wanted)


main()
