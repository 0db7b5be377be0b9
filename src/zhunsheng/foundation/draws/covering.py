"""Whether a panel's remaining seats can still cover every field: an exact search over sets of fields."""

from collections.abc import Iterable


def covers(needed: int, seats: int, offers: Iterable[int]) -> bool:
    """Tell whether at most `seats` of the offered sets together hold every needed field; sets are bits of a number.

    The field with the fewest offers is tried first; sets within another are left out, as they never help more.
    """
    if not needed:
        return True
    if seats <= 0:
        return False
    useful = _outermost({offer & needed for offer in offers} - {0})
    scarce = min(_bits(needed), key=lambda bit: sum(1 for one in useful if one & bit))
    return any(covers(needed & ~one, seats - 1, useful) for one in useful if one & scarce)


def _bits(number: int) -> list[int]:
    return [1 << place for place in range(number.bit_length()) if number >> place & 1]


def _outermost(sets: set[int]) -> list[int]:
    return sorted(one for one in sets if not any(one != other and one & other == one for other in sets))
