"""What can be wrong with a row of a schedule, as codes and facts; `wording` says it to people."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One cell that can't be read: the row and column as the spreadsheet shows them, what stands there, why not."""

    row: int
    column: str
    value: str
    code: str
    sheet: str = ""
    facts: dict[str, str] = field(default_factory=dict)


def problem(number: int, column: str, value: str, code: str, *, sheet: str = "", **facts: str) -> RowProblem:
    """Return a problem with one cell."""
    return RowProblem(number, column, value[:200], code, sheet, facts)
