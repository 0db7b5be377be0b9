"""Reads of the capability index."""

from zhunsheng.registry.capabilities.selectors.facets import Facets, facets_of
from zhunsheng.registry.capabilities.selectors.search import Answer, Found, Line, Ranking, search
from zhunsheng.registry.capabilities.selectors.suggesting import Suggestion, suggest

__all__ = ["Answer", "Facets", "Found", "Line", "Ranking", "Suggestion", "facets_of", "search", "suggest"]
