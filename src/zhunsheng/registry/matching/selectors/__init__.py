"""Reads of matching: the live index of registered names, the queue, producers."""

from zhunsheng.registry.matching.selectors.lists import (
    may_be_undone,
    mentions_visible_to,
    producers_visible_to,
    waiting_for,
)
from zhunsheng.registry.matching.selectors.live import LiveIndex, forget, live

__all__ = [
    "LiveIndex",
    "forget",
    "live",
    "may_be_undone",
    "mentions_visible_to",
    "producers_visible_to",
    "waiting_for",
]
