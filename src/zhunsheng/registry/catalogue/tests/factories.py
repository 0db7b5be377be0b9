"""The plainest valid rows of the catalogue."""

from zhunsheng.foundation.identifiers import parse_standard
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.registry.catalogue.models import Standard, StandardEdition


def edition(code, **fields):
    """Return a stored edition; its standard is made with it."""
    number = parse_standard(code)
    with recorded(None, "test"):
        standard, _made = Standard.objects.get_or_create(base_code=number.base_code)
        return StandardEdition.objects.create(standard=standard, code=number.code, year=number.year, **fields)
