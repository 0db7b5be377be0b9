"""Standards with editions, test objects, parameters with synonyms, methods, limits."""

from zhunsheng.registry.catalogue.models.limits import Limit, LimitRule
from zhunsheng.registry.catalogue.models.methods import Method, MethodParameter
from zhunsheng.registry.catalogue.models.revisions import CatalogueRevision
from zhunsheng.registry.catalogue.models.standards import (
    EditionStatus,
    PartialReplacement,
    Standard,
    StandardEdition,
)
from zhunsheng.registry.catalogue.models.vocabulary import (
    Language,
    ObjectSynonym,
    Parameter,
    ParameterSynonym,
    TestObject,
)

__all__ = [
    "CatalogueRevision",
    "EditionStatus",
    "Language",
    "Limit",
    "LimitRule",
    "Method",
    "MethodParameter",
    "ObjectSynonym",
    "Parameter",
    "ParameterSynonym",
    "PartialReplacement",
    "Standard",
    "StandardEdition",
    "TestObject",
]
