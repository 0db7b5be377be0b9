"""Compares a mention with a registered name, feature by feature; each answer is a level out of a short list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from zhunsheng.registry.matching.rules.names import Name, tidy

LEVELS: Mapping[str, tuple[str, ...]] = {
    "whole": ("identical", "look_alike", "short_form", "near", "differs"),
    "core": (
        "same_rare", "same_known", "same_common", "look", "sound", "fuzzy_sound", "near", "part", "absent", "missing",
        "other",
    ),
    "rest": ("same", "near", "part", "some", "missing", "absent", "other"),
    "form": ("same", "alike", "missing", "other"),
    "place": ("same", "within", "missing", "conflict"),
    "ordinal": ("none", "same", "missing", "conflict"),
    "branch": ("none", "same", "conflict"),
    "uscc": ("same", "near", "unknown", "conflict"),
    "cma": ("same", "near", "unknown", "conflict"),
    "address": ("same", "alike", "unknown", "other"),
    "division": ("same", "within", "unknown", "conflict"),
}  # fmt: skip
VETOES: Mapping[str, str] = {"uscc": "conflict", "cma": "conflict", "branch": "conflict", "ordinal": "conflict"}
"""A conflict in one of these is no match, whatever else agrees: codes, a branch and its parent, 第一 and 第二."""
RARE, KNOWN = 2, 20
"""A trade name that at most so many registered names bear is rare, or known; one of more bearers is common."""
_ALIKE_FORMS = (
    frozenset({"ltd", "jsc", "company"}),
    frozenset({"institute", "research", "academy", "office", "centre", "station", "laboratory"}),
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about an organisation besides one of its names. Codes are upper case, "" where not known."""

    uscc: str = ""
    cmas: tuple[str, ...] = ()
    division: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A name with what is known about who bears it."""

    name: Name
    known: Known = field(default_factory=Known)


def compare(mention: Party, held: Party, bearers: int) -> dict[str, str]:
    """Return the level of each feature.

    Args:
        bearers: how many registered names have the trade name of `held`.
    """
    one, two = mention.name, held.name
    levels = {
        "whole": _whole(one, two),
        "core": _core(one, two, bearers),
        "rest": _rest(one, two),
        "form": _form(one.kind, two.kind),
        "place": _places(one.places, two.places),
        "ordinal": _ordinals(one.ordinals, two.ordinals),
        "branch": _branch(one.branch, two.branch),
        "uscc": _code(mention.known.uscc, (held.known.uscc,) if held.known.uscc else ()),
        "cma": _code(mention.known.cmas[0] if mention.known.cmas else "", held.known.cmas),
        "address": _address(mention.known.address, held.known.address),
        "division": _division(mention.known.division, held.known.division),
    }
    if levels["uscc"] == "same":
        levels["cma"] = "unknown" if levels["cma"] == "conflict" else levels["cma"]
        levels["branch"] = "none" if levels["branch"] == "conflict" else levels["branch"]
        levels["ordinal"] = "missing" if levels["ordinal"] == "conflict" else levels["ordinal"]
    return levels


def _whole(one: Name, two: Name) -> str:
    if one.plain == two.plain:
        return "identical"
    if one.look == two.look and one.kind == two.kind and _places(one.places, two.places) != "conflict":
        return "look_alike"
    if is_short_form(one, two) or is_short_form(two, one):
        return "short_form"
    return "near" if OSA.normalized_similarity(one.plain, two.plain) >= 0.8 else "differs"


def is_short_form(short: Name, full: Name) -> bool:
    """Tell whether one name is made of signs of the other in their order: 广东质检院 of 广东…质量…检…研究院.

    At least three signs, shorter by a fifth, and it begins alike (place or stem).
    """
    few, many = short.plain, full.plain
    if len(few) < 3 or len(few) > 0.8 * len(many):
        return False
    if few[0] != many[0] and (not full.stem or short.stem[:1] != full.stem[:1]):
        return False
    signs = iter(many)
    return all(sign in signs for sign in few)


def _core(one: Name, two: Name, bearers: int) -> str:
    if not one.core and not two.core:
        return "absent"
    if not one.core or not two.core:
        return "missing"
    if one.core == two.core:
        return "same_rare" if bearers <= RARE else "same_known" if bearers <= KNOWN else "same_common"
    if one.look == two.look:
        return "look"
    if one.sound == two.sound:
        return "sound"
    if one.fuzzy == two.fuzzy:
        return "fuzzy_sound"
    if min(len(one.core), len(two.core)) >= 3 and OSA.distance(one.core, two.core, score_cutoff=1) <= 1:
        return "near"
    if one.core in two.core or two.core in one.core:
        return "part"
    return "near" if len(one.core) == len(two.core) == 2 and one.core == two.core[::-1] else "other"


def _rest(one: Name, two: Name) -> str:
    first, second = one.stem.removeprefix(one.core), two.stem.removeprefix(two.core)
    if not first and not second:
        return "absent"
    if first == second:
        return "same"
    if not first or not second:
        return "missing"
    if first in second or second in first:
        return "part"
    alike = fuzz.ratio(first, second)
    return "near" if alike >= 70 else "some" if alike >= 40 else "other"


def _form(one: str, two: str) -> str:
    if one == two:
        return "same"
    if not one or not two:
        return "missing"
    return "alike" if any(one in group and two in group for group in _ALIKE_FORMS) else "other"


def _places(one: tuple[str, ...], two: tuple[str, ...]) -> str:
    """Compare the narrowest places that the names give; a name may give several, of which one may fit."""
    first, second = [_stem(code) for code in one], [_stem(code) for code in two]
    if not first or not second:
        return "same" if not first and not second else "missing"
    if max(first, key=len) == max(second, key=len):
        return "same"
    if all(any(a.startswith(b) or b.startswith(a) for b in second) for a in first):
        return "within"
    return "conflict"


def _division(one: str, two: str) -> str:
    if not one or not two:
        return "unknown"
    if one == two:
        return "same"
    first, second = _stem(one), _stem(two)
    return "within" if first.startswith(second) or second.startswith(first) else "conflict"


@lru_cache(maxsize=5_000)
def _stem(code: str) -> str:
    if code == "000000":
        return ""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _ordinals(one: frozenset[int], two: frozenset[int]) -> str:
    if not one and not two:
        return "none"
    if not one or not two:
        return "missing"
    return "same" if one == two else "conflict"


def _branch(one: str, two: str) -> str:
    if not one and not two:
        return "none"
    return "same" if one == two or (one and two and (one in two or two in one)) else "conflict"


def _code(given: str, held: tuple[str, ...]) -> str:
    if not given or not held:
        return "unknown"
    if given in held:
        return "same"
    near = any(len(given) == len(one) and OSA.distance(given, one, score_cutoff=1) <= 1 for one in held)
    return "near" if near else "conflict"


def _address(one: str, two: str) -> str:
    if not one or not two:
        return "unknown"
    first, second = tidy(one), tidy(two)
    if first == second or first.endswith(second) or second.endswith(first):
        return "same"
    return "alike" if fuzz.partial_ratio(first, second) >= 85 else "other"
