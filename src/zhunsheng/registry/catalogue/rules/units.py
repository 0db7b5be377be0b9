"""Whether a unit fits what a parameter measures."""

from zhunsheng.foundation.quantities import quantity_kinds, same_kind


def misfit(unit: str, *, kind: str, own_unit: str) -> str | None:
    """Return what a unit should have been like where it can't belong to a parameter, else None.

    The parameter's kind of quantity decides; without one, whether values convert to its own unit; without either,
    every unit will do, and so does no unit.
    """
    if not unit:
        return None
    known = quantity_kinds().get(kind)
    if known is not None:
        return None if known.fits(unit) else f"{known.zh} {known.en} ({known.example or '1'})"
    return None if not own_unit or same_kind(unit, own_unit) else own_unit
