"""Every write of matching."""

from zhunsheng.registry.matching.services.deciding import decide, undo
from zhunsheng.registry.matching.services.hearing import Heard, hear, mentions_of
from zhunsheng.registry.matching.services.suggesting import suggest_for, suggest_waiting

__all__ = ["Heard", "decide", "hear", "mentions_of", "suggest_for", "suggest_waiting", "undo"]
