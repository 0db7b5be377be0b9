"""`python -m benchmarks.judged`: load the judged province, ask every query, print figures and what went wrong."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING

from benchmarks.harness import installation, say

if TYPE_CHECKING:
    from benchmarks.judged.scoring import Score

NEARLY = 0.999


def main() -> None:
    """Print the figures; DATABASE_URL chooses PostgreSQL."""
    with installation():
        from benchmarks.judged import scoring, world
        from zhunsheng.registry.capabilities.index import keeping

        world.load()
        keeping.rebuild()
        found = scoring.score_all()
    for one in found:
        if one.ndcg < NEARLY:
            place = f"first right at {1 / one.reciprocal:.0f}" if one.reciprocal else "nothing right"
            say(f"nDCG {one.ndcg:.2f}  {place}  {one.query}  ({one.why})")
    say(f"{len(found)} queries: {figures(found)}")


def figures(found: list[Score]) -> str:
    """Return the means in words."""
    ndcg, reciprocal, first = (fmean(getattr(one, name) for one in found) for name in ("ndcg", "reciprocal", "first"))
    return f"nDCG@5 {ndcg:.3f}, MRR {reciprocal:.3f}, success@1 {first:.3f}"


if __name__ == "__main__":
    main()
