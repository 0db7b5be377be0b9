"""`python -m benchmarks [ROOM …]`: run the stages, print the table, write JSON."""

import argparse
import importlib
from pathlib import Path

from benchmarks import harness


def main() -> None:
    """Run what was asked for; a missed target is printed, never an error."""
    here = Path(__file__).parent
    rooms = sorted(path.stem.removeprefix("bench_") for path in here.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=f"of {', '.join(rooms)}; all without it")
    parser.add_argument("--rounds", type=int, default=harness.ROUNDS)
    parser.add_argument("--scale", type=int, default=1, help="multiplies the rows: 1, 10, 100 for the growth curve")
    parser.add_argument("--smallest", action="store_true", help="see that everything runs: the figures mean nothing")
    parser.add_argument("--out", type=Path, default=Path("var/bench.json"))
    wanted = parser.parse_args()
    unknown = set(wanted.rooms) - set(rooms)
    if unknown:
        parser.error(f"no such room: {', '.join(sorted(unknown))}")
    results: list[harness.Result] = []
    harness.say(harness.head())
    with harness.installation():
        for room in wanted.rooms or rooms:
            module = importlib.import_module(f"benchmarks.bench_{room}")
            if wanted.smallest:
                vars(module).update(module.SMALLEST)
            for stage in module.stages(wanted.scale):
                results.append(harness.measure(stage, wanted.rounds))
                harness.say(harness.line(results[-1]))
    harness.write_json(wanted.out, results)
    harness.say(f"written to {wanted.out}")


main()
