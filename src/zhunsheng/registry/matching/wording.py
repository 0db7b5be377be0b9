"""The words in which a score is explained: one phrase for each feature and level."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

TITLES: dict[str, Any] = {
    "whole": _("Whole name"),
    "core": _("Trade name"),
    "rest": _("Line of business in the name"),
    "form": _("Organisational form"),
    "place": _("Place in the name"),
    "ordinal": _("Number in the name"),
    "branch": _("Branch"),
    "uscc": _("Unified social credit code"),
    "cma": _("CMA number"),
    "address": _("Address"),
    "division": _("Division"),
}
_PHRASES: dict[tuple[str, str], Any] = {
    ("whole", "identical"): _("the names are the same sign for sign"),
    ("whole", "look_alike"): _("the names differ in look-alike signs only"),
    ("whole", "short_form"): _("one name is a short form of the other"),
    ("whole", "near"): _("the names differ in few signs"),
    ("whole", "differs"): _("the whole names differ much"),
    ("core", "same_rare"): _("the same rare trade name"),
    ("core", "same_known"): _("the same trade name"),
    ("core", "same_common"): _("the same trade name, which many bear"),
    ("core", "look"): _("the trade names look alike"),
    ("core", "sound"): _("the trade names sound the same"),
    ("core", "fuzzy_sound"): _("the trade names sound nearly the same"),
    ("core", "near"): _("the trade names differ in one sign"),
    ("core", "part"): _("one trade name contains the other"),
    ("core", "absent"): _("neither has a trade name"),
    ("core", "missing"): _("only one has a trade name"),
    ("core", "other"): _("the trade names differ"),
    ("rest", "same"): _("the same line of business"),
    ("rest", "near"): _("nearly the same line of business"),
    ("rest", "part"): _("one line of business contains the other"),
    ("rest", "some"): _("the lines of business are partly alike"),
    ("rest", "missing"): _("only one names its line of business"),
    ("rest", "absent"): _("neither names its line of business"),
    ("rest", "other"): _("the lines of business differ"),
    ("form", "same"): _("the same organisational form"),
    ("form", "alike"): _("forms that are often taken for one another"),
    ("form", "missing"): _("one leaves out its form"),
    ("form", "other"): _("the forms differ"),
    ("place", "same"): _("the same place in the name"),
    ("place", "within"): _("one place lies in the other"),
    ("place", "missing"): _("only one names its place"),
    ("place", "conflict"): _("the places in the names differ"),
    ("ordinal", "none"): _("neither has a number"),
    ("ordinal", "same"): _("the same number in the name"),
    ("ordinal", "missing"): _("only one has a number in its name"),
    ("ordinal", "conflict"): _("the numbers in the names differ"),
    ("branch", "none"): _("neither is a branch"),
    ("branch", "same"): _("the same branch"),
    ("branch", "conflict"): _("a branch is not its parent, nor another branch"),
    ("uscc", "same"): _("the same credit code"),
    ("uscc", "near"): _("the credit codes differ in one sign"),
    ("uscc", "unknown"): _("no credit code to compare"),
    ("uscc", "conflict"): _("the credit codes differ"),
    ("cma", "same"): _("the same CMA number"),
    ("cma", "near"): _("the CMA numbers differ in one digit"),
    ("cma", "unknown"): _("no CMA number to compare"),
    ("cma", "conflict"): _("the CMA numbers differ"),
    ("address", "same"): _("the same address"),
    ("address", "alike"): _("the addresses are alike"),
    ("address", "unknown"): _("no address to compare"),
    ("address", "other"): _("the addresses differ"),
    ("division", "same"): _("the same division"),
    ("division", "within"): _("one division lies in the other"),
    ("division", "unknown"): _("no division to compare"),
    ("division", "conflict"): _("the divisions differ"),
}
_SILENT = {"unknown", "none"}
KINDS: dict[str, Any] = {
    "name": _("Registered name"),
    "official": _("Registered name"),
    "former": _("Former name"),
    "short": _("Short name"),
    "english": _("English name"),
    "trade": _("Trade name"),
    "mention": _("Name linked before"),
}


def phrase(feature: str, level: str) -> Any:
    """Return what a level of a feature says, in words."""
    return _PHRASES[feature, level]


def reasons(parts: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Return what spoke for and against, in words with its weight in bits, the strongest first."""
    return [
        {"feature": TITLES[feature], "words": _PHRASES[feature, level], "bits": bits, "for": bits > 0}
        for feature, level, bits in parts
        if level not in _SILENT
    ]
