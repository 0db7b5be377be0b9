"""Every write of a draw."""

from zhunsheng.platform.draws.services.committing import DrawImpossible, NotCommittable, commit, redraw
from zhunsheng.platform.draws.services.drawing import EntriesDiffer, FrameChanged, TooEarly, draw, enter_source

__all__ = [
    "DrawImpossible",
    "EntriesDiffer",
    "FrameChanged",
    "NotCommittable",
    "TooEarly",
    "commit",
    "draw",
    "enter_source",
    "redraw",
]
