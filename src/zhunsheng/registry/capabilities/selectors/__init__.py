"""Reads of the capability index."""

from zhunsheng.registry.capabilities.selectors.facets import Facets, facets_of
from zhunsheng.registry.capabilities.selectors.gaps import Gap, Gaps, Source, gaps
from zhunsheng.registry.capabilities.selectors.search import Answer, Found, Line, Ranking, search
from zhunsheng.registry.capabilities.selectors.suggesting import Suggestion, suggest
from zhunsheng.registry.capabilities.selectors.together import Together, together

__all__ = [
    "Answer",
    "Facets",
    "Found",
    "Gap",
    "Gaps",
    "Line",
    "Ranking",
    "Source",
    "Suggestion",
    "Together",
    "facets_of",
    "gaps",
    "search",
    "suggest",
    "together",
]
