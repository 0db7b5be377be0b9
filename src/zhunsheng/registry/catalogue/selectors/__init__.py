"""Reads of the catalogue: the vocabulary kept in memory, the lists that pages show, how editions stand."""

from zhunsheng.registry.catalogue.selectors.changes import Change, changes_of
from zhunsheng.registry.catalogue.selectors.currency import MOST_ASKED, Currency, TooMany, currency_of, numbers_in
from zhunsheng.registry.catalogue.selectors.lists import (
    determinations,
    editions,
    limits,
    methods,
    objects_to_test,
    over_on,
    parameters,
    standards,
    with_standing,
)
from zhunsheng.registry.catalogue.selectors.tree import Branch, object_tree
from zhunsheng.registry.catalogue.selectors.vocabulary import (
    EditionFacts,
    LimitFacts,
    MethodName,
    Vocabulary,
    forget_vocabulary,
    revision_mark,
)

__all__ = [
    "MOST_ASKED",
    "Branch",
    "Change",
    "Currency",
    "EditionFacts",
    "LimitFacts",
    "MethodName",
    "TooMany",
    "Vocabulary",
    "changes_of",
    "currency_of",
    "determinations",
    "editions",
    "forget_vocabulary",
    "limits",
    "methods",
    "numbers_in",
    "object_tree",
    "objects_to_test",
    "over_on",
    "parameters",
    "revision_mark",
    "standards",
    "with_standing",
]
