"""The violations of the yardstick, as the sheet offers them."""

from collections.abc import Mapping
from datetime import date

from zhunsheng.oversight.enforcement import law_book


def violation_titles(on: date) -> dict[str, Mapping[str, str]]:
    """Return the violations of a day by id, with their titles in zh and en."""
    return {one.id: one.title for one in law_book.violations(on)}
