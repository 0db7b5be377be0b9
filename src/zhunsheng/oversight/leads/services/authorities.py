"""Which authority is competent for a place, and which stands above an authority."""

from zhunsheng.oversight.leads.services.opening import LeadRefused
from zhunsheng.platform.accounts.models import Division, Kind, Level, Organisation


def authority_of(division: str | None) -> Organisation:
    """Return the authority of a place, or the nearest one above it. Raises: LeadRefused before one is set up."""
    code = division
    while code:
        found = Organisation.objects.filter(kind=Kind.AUTHORITY, division=code).order_by("pk").first()
        if found is not None:
            return found
        code = Division.objects.filter(pk=code).values_list("parent", flat=True).first()
    return authority_above(None)


def authority_above(house: Organisation | None) -> Organisation:
    """Return who stands above an authority: its parent, else the province's; the province's stands above itself.

    Raises: LeadRefused before a province is set up.
    """
    if house is not None and house.parent is not None:
        return house.parent
    rows = Organisation.objects.filter(kind=Kind.AUTHORITY, division__level=Level.PROVINCE)
    found = rows.order_by("pk").first() or house
    if found is None:
        raise LeadRefused(
            "There is no authority that could handle this.", field="division", remedy="Set the province up first."
        )
    return found
